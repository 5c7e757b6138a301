from typing import Any

import pytest
from pydantic import ValidationError

from showcase.tcv import Decrease, PercentOnly, TcvRecord, change_of

from .builders import record, refusals

FULL: dict[str, Any] = {
    "before": {"time": "২১ দিন", "cost": "2,500+ BDT", "visits": "৩"},
    "after": {"time": "5 days", "cost": "100 BDT"},
    "change": {"visits": "-50.5%"},
    "cost_parts": ["fee", "travel"],
    "basis": {"before": "elapsed", "after": "elapsed"},
    "cost_year": "২০১৪",
    "measured": "2014-06",
    "method": "before-and-after",
    "sample": "১,২০০",
    "who": {"en": "An office", "bn": "একটি দপ্তর"},
    "where": "Kurigram",
    "statistic": "median",
    "note": "Why",
    "corrections": [
        {"date": "২০২৬-০৫-০১", "field": "after.time", "was": "4 days", "why": "A slip"}
    ],
}


def test_record_survives_json() -> None:
    first = record(**FULL)

    again = TcvRecord.model_validate(first.model_dump(mode="json"))

    assert again == first


def test_record_keeps_what_the_source_wrote() -> None:
    dumped = record(**FULL).model_dump(mode="json", exclude_none=True)

    assert dumped == {
        "service": {"en": "Treating sick cattle"},
        "before": {"time": "21 days", "cost": "2500+ BDT", "visits": "3 visits"},
        "after": {"time": "5 days", "cost": "100 BDT"},
        "change": {"visits": "-50.5%"},
        "cost_parts": {"before": ["fee", "travel"], "after": ["fee", "travel"]},
        "basis": {"before": "elapsed", "after": "elapsed"},
        "cost_year": 2014,
        "measured": "2014-06",
        "method": "before-and-after",
        "sample": 1200,
        "who": {"en": "An office", "bn": "একটি দপ্তর"},
        "where": {"en": "Kurigram"},
        "statistic": "median",
        "source": {"en": "A study"},
        "note": {"en": "Why"},
        "corrections": [
            {
                "date": "2026-05-01",
                "field": "after.time",
                "was": "4 days",
                "why": {"en": "A slip"},
            }
        ],
    }


def test_record_cannot_be_changed() -> None:
    tcv = record(before={"visits": "2"})

    with pytest.raises(ValidationError, match="frozen"):
        tcv.sample = 3  # type: ignore[misc]


def test_missing_side_is_none_and_never_zero() -> None:
    tcv = record(before={"time": "2 days"})

    assert (tcv.before.cost, tcv.after.time, tcv.change.time) == (None, None, None)


def test_basis_for_both_sides_is_the_same_as_one_for_each() -> None:
    once = record(before={"visits": "2"}, basis="spent")
    twice = record(before={"visits": "2"}, basis={"before": "spent", "after": "spent"})

    assert once == twice


def test_change_is_derived_from_before_and_after() -> None:
    tcv = record(before={"visits": "4"}, after={"visits": "1"})

    assert change_of(tcv, "visits") == Decrease(75)  # type: ignore[arg-type]


def test_change_beside_one_value_is_percent_only() -> None:
    tcv = record(before={"time": "2 days"}, change={"time": "-77%"})

    assert change_of(tcv, "time") == PercentOnly(-77)  # type: ignore[arg-type]


@pytest.mark.parametrize(("after", "change"), [("1 day", "-75%"), ("4 days", "0%")])
def test_change_that_follows_from_both_values_is_refused(after: str, change: str) -> None:
    assert refusals(before={"time": "4 days"}, after={"time": after}, change={"time": change}) == [
        (("change", "time"), "remove change.time; it follows from before and after")
    ]


def test_record_without_any_value_is_refused() -> None:
    assert refusals() == [((), "this record has no value; write one under before, after or change")]


def test_large_change_without_a_note_is_refused() -> None:
    refused = refusals(
        before={"time": "7 days", "visits": "1"},
        after={"time": "1 hour", "visits": "3"},
        change={"cost": "-97%"},
        basis="elapsed",
    )

    remedy = "is rare; write a note: that says how so much was possible"
    assert refused == [
        (("after", "time"), f"a change of 99.4% {remedy}"),
        (("change", "cost"), f"a change of 97% {remedy}"),
        (("after", "visits"), f"a change of 200% {remedy}"),
    ]


def test_large_change_with_a_note_is_kept() -> None:
    tcv = record(change={"cost": "-97%"}, note="The camp comes to the village.")

    assert change_of(tcv, "cost") == PercentOnly(-97)  # type: ignore[arg-type]


def test_change_of_95_percent_needs_no_note() -> None:
    assert record(change={"cost": "-95%"}).note is None


def test_every_error_is_told_where_it_was_written() -> None:
    refused = refusals(
        before={"time": "2 moons", "cost": "25 USD"},
        after={"visits": "many"},
        change={"time": "77%"},
        basis="felt",
        cost_year="14",
        measured="soon",
        sample="0",
        corrections=[{"date": "2026-05-01", "field": "after.time", "was": "4 days", "why": ""}],
    )

    assert [loc for loc, message in refused] == [
        ("before", "time"),
        ("before", "cost"),
        ("after", "visits"),
        ("change", "time"),
        ("basis",),
        ("cost_year",),
        ("measured",),
        ("sample",),
        ("corrections", 0, "why"),
    ]


def test_unknown_basis_is_refused_with_the_known_ones() -> None:
    assert refusals(before={"visits": "2"}, basis="felt") == [
        (("basis",), "“felt” is no basis; write spent, elapsed or promised")
    ]


@pytest.mark.parametrize("sample", ["0", "-3", "many", "1.5", "1234567890"])
def test_sample_that_counts_nothing_is_refused(sample: str) -> None:
    assert refusals(before={"visits": "2"}, sample=sample) == [
        (
            ("sample",),
            f"“{sample}” is no sample size; write the number of cases, like 120, "
            "or leave the line out if the source gives none",
        )
    ]


@pytest.mark.parametrize(
    ("parts", "loc", "message"),
    [
        ("fee", ("cost_parts",), "this is no list; write it like [fee, travel]"),
        ([], ("cost_parts",), "no part is named; write at least one, or leave the line out"),
        (["fee", "fee"], ("cost_parts",), "a part is named twice; write each part once"),
        (
            {"after": ["fee", "fee"]},
            ("cost_parts", "after"),
            "a part is named twice; write each part once",
        ),
    ],
)
def test_cost_parts_that_name_nothing_or_twice_are_refused(
    parts: Any, loc: tuple[str, ...], message: str
) -> None:
    assert refusals(before={"visits": "2"}, cost_parts=parts) == [(loc, message)]


def test_unknown_cost_part_is_told_by_its_place_in_the_list() -> None:
    refused = refusals(before={"visits": "2"}, cost_parts=["fee", "bribe"])

    assert [loc for loc, message in refused] == [("cost_parts", 1)]


@pytest.mark.parametrize(
    "loc", [("befor",), ("before", "tme"), ("basis", "then"), ("cost_parts", "then")]
)
def test_unknown_key_is_refused(loc: tuple[str, ...]) -> None:
    fields: dict[str, Any] = {"before": {"visits": "2"}, "basis": {}, "cost_parts": {}}
    inner = fields
    for key in loc[:-1]:
        inner = inner[key]
    inner[loc[-1]] = "1"

    assert refusals(**fields) == [(loc, "Extra inputs are not permitted")]


def test_service_and_source_are_required() -> None:
    with pytest.raises(ValidationError) as caught:
        TcvRecord.model_validate({"before": {"visits": "2"}})

    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [
        (("service",), "missing"),
        (("source",), "missing"),
    ]
