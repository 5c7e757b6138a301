"""The sums of steps, what a record has from them, and what in it they contradict."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from showcase.tcv.quantities import Quantity, Unit, parse_duration
from showcase.tcv.records import SideName
from showcase.tcv.steps import Total, contradictions, faults, sums, threads, total

from .builders import record

UNITS: tuple[Unit, ...] = ("minutes", "hours", "days", "working-days", "taka", "visits")
amounts = st.decimals(min_value=0, max_value=999_999, places=2)


def quantities(*units: Unit) -> st.SearchStrategy[Quantity]:
    return st.builds(Quantity, amounts, st.sampled_from(units), st.booleans())


def time(*written: str | None) -> Total:
    return total(parse_duration(one) if one else None for one in written)


@pytest.mark.parametrize(
    ("written", "amount", "unit", "at_least"),
    [
        (["2 days", "1 day"], "3", "days", False),
        (["20 minutes"], "20", "minutes", False),
        (["30 minutes", "45 minutes"], "75", "minutes", False),
        (["30 minutes", "7 hours"], "7.5", "hours", False),
        (["20 minutes", "1 hour"], "80", "minutes", False),
        (["0 minutes", "0 hours"], "0", "hours", False),
        (["28 working days", "2 working days"], "30", "working-days", False),
        (["2+ days", "1 day"], "3", "days", True),
        (["2 days", None], "2", "days", True),
        ([None, "২ ঘণ্টা", None], "2", "hours", True),
    ],
)
def test_like_values_add_up(
    written: list[str | None], amount: str, unit: Unit, *, at_least: bool
) -> None:
    assert time(*written).quantity == Quantity(Decimal(amount), unit, at_least)


@pytest.mark.parametrize(
    "written",
    [
        ["2 days", "3 hours"],
        ["1 day", "24 hours"],
        ["2 days", "2 working days"],
        ["1 working day", "30 minutes"],
        ["1 working day", None, "1 hour", "30 minutes"],
    ],
)
def test_unlike_values_have_no_sum(written: list[str | None]) -> None:
    assert time(*written) == Total(unlike=True)


def test_steps_that_tell_nothing_have_no_sum() -> None:
    assert time() == time(None, None) == Total()


@given(st.lists(quantities("minutes", "hours"), min_size=1), st.randoms())
def test_order_does_not_matter(each: list[Quantity], random: Any) -> None:
    shuffled: list[Quantity] = list(each)
    random.shuffle(shuffled)

    assert total(shuffled) == total(each)


@given(st.sampled_from(UNITS), st.lists(amounts, min_size=1))
def test_sum_of_like_is_the_plain_sum(unit: Unit, each: list[Decimal]) -> None:
    assert total(Quantity(amount, unit) for amount in each).quantity == Quantity(
        sum(each, Decimal(0)), unit
    )


@given(st.lists(quantities("minutes", "hours"), min_size=1))
def test_mixed_sum_is_worth_its_minutes(each: list[Quantity]) -> None:
    worth = {"minutes": 1, "hours": 60}

    summed = total(each).quantity

    assert summed
    assert summed.amount * worth[summed.unit] == sum(q.amount * worth[q.unit] for q in each)
    assert summed.at_least == any(quantity.at_least for quantity in each)
    assert parse_duration(str(summed)) == summed


@given(
    st.lists(quantities("minutes", "hours", "days", "working-days"), min_size=2),
    st.lists(st.none()),
)
def test_there_is_a_sum_only_of_like(each: list[Quantity], unknown: list[None]) -> None:
    units = {quantity.unit for quantity in each}
    is_like = len(units) == 1 or units == {"minutes", "hours"}

    summed = total([*each, *unknown])

    assert (summed.quantity is not None, summed.unlike) == (is_like, not is_like)


def test_sums_are_written_as_a_source_would() -> None:
    rows = [
        {"what": "Go", "time": "2 hours", "cost": "৳২,৫০০", "visits": "1"},
        {"what": "Wait", "time": "30 minutes", "cost": "50.50 BDT"},
    ]

    assert sums(rows) == {"time": "2.5 hours", "cost": "2550.50 BDT", "visits": "1+ visits"}


def test_unlike_and_untold_sums_are_left_out() -> None:
    rows = [{"what": "Go", "time": "2 hours"}, {"what": "Wait", "time": "3 days"}]

    assert sums(rows) == {}


def test_value_that_is_none_is_told_with_its_step_and_key() -> None:
    rows = [{"what": "Go", "time": "2 hours"}, {"what": "Wait", "time": "long", "cost": "free"}]

    assert [(index, key, message.partition(";")[0]) for index, key, message in faults(rows)] == [
        (1, "time", "“long” is no duration"),
        (1, "cost", "“free” is no amount of taka"),
    ]


def objections(stated: str, *written: str | None) -> list[str]:
    rows = [{"what": "Go", "time": one} if one else {"what": "Go"} for one in written]
    return list(contradictions(record(before={"time": stated}), 2, "before", rows))


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("3 days", ["2 days", "1 day"]),
        ("90 minutes", ["1 hour", "30 minutes"]),
        ("2 hours", ["120 minutes"]),
        ("3+ days", ["2+ days", "1 day"]),
        # What not every step tells is a lower bound: the whole may be more.
        ("3 days", ["2 days", None]),
        ("2+ days", ["2 days", None]),
        ("1 hour", ["1 hour", None]),
        # Nothing to compare with.
        ("3 days", [None]),
        ("3 days", ["2 days", "3 hours"]),
    ],
)
def test_record_that_its_steps_come_to_is_right(stated: str, written: list[str | None]) -> None:
    assert objections(stated, *written) == []


@pytest.mark.parametrize(
    ("stated", "written", "summed"),
    [
        ("2 days", ["2 days", "1 day"], "3 days"),
        ("4 days", ["2 days", "1 day"], "3 days"),
        ("3+ days", ["2 days", "1 day"], "3 days"),
        ("2 days", ["3 days", None], "3+ days"),
        ("1 hour", ["1 hour", "30 minutes"], "1.5 hours"),
        ("0 days", ["1 day"], "1 days"),
    ],
)
def test_record_that_says_otherwise_is_told(
    stated: str, written: list[str | None], summed: str
) -> None:
    said = str(parse_duration(stated))

    assert objections(stated, *written) == [
        f"the steps come to {summed}, but before.time of record 2 is {said}; "
        f"write {summed} there, leave it out there to have it from the steps, or mend the steps"
    ]


@pytest.mark.parametrize(
    ("stated", "written"),
    [("3 days", "3 working days"), ("2 days", "48 hours"), ("1 working day", "8 hours")],
)
def test_record_in_another_unit_is_told(stated: str, written: str) -> None:
    said, summed = parse_duration(stated), parse_duration(written)

    assert objections(stated, written) == [
        f"the steps come to {summed}, but before.time of record 2 is {said}, "
        "and these two units do not compare; write both in one unit"
    ]


@given(st.lists(quantities("minutes", "hours"), min_size=1))
def test_record_that_has_its_values_from_the_steps_agrees(each: list[Quantity]) -> None:
    rows = [{"what": "Go", "time": str(quantity)} for quantity in each]
    tcv = record(before=sums(rows))

    assert list(contradictions(tcv, 1, "before", rows)) == []


@pytest.mark.parametrize("side", ["before", "after"])
def test_each_side_is_held_against_its_own_values(side: SideName) -> None:
    tcv = record(before={"visits": "3"}, after={"visits": "1"})
    rows = [{"what": "Go", "visits": "3" if side == "before" else "1"}]
    other: SideName = "after" if side == "before" else "before"

    assert list(contradictions(tcv, 1, side, rows)) == []
    assert len(list(contradictions(tcv, 1, other, rows))) == 1


BEFORE = [
    {"what": "Ask", "time": "30 minutes", "cost": "120 BDT", "pain": "nobody knows"},
    {"what": "Wait", "time": "2 days", "cost": "0 BDT"},
    {"what": "Collect", "time": "1 hour"},
]
AFTER = [{"what": "Ask at the centre", "time": "1 hour", "visits": "1"}]


def test_threads_tell_steps_pains_and_sums(site: Flask) -> None:
    tcv = record(before={"cost": "120 BDT"})
    with site.test_request_context():
        view = threads(tcv, {"after": AFTER, "before": BEFORE}, "en")

    before, after = view.threads
    assert (before.label, after.label) == ("Before", "After")
    assert [(step.what, step.pain) for step in before.steps] == [
        ("Ask", "nobody knows"),
        ("Wait", ""),
        ("Collect", ""),
    ]
    assert [[tuple(fact)[:2] for fact in step.facts] for step in before.steps] == [
        [("Time", "30 minutes"), ("Cost", "৳120")],
        [("Time", "2 days"), ("Cost", "৳0")],
        [("Time", "1 hour")],
    ]
    assert [tuple(fact) for fact in before.totals] == [
        ("Time", "no sum", "The steps are in units that do not add up."),
        ("Cost", "৳120+", "At least: not every step tells it."),
        ("Visits", "not measured", ""),
    ]
    assert [tuple(fact) for fact in after.totals] == [
        ("Time", "1 hour", ""),
        ("Cost", "not measured", ""),
        ("Visits", "1 visit", ""),
    ]


def test_threads_speak_the_language_of_the_page(site: Flask) -> None:
    with site.test_request_context():
        (after,) = threads(record(before={"visits": "3"}), {"after": AFTER}, "bn").threads

    assert after.label == "পরে"
    assert after.steps[0].facts[0].text == "১ ঘণ্টা"
    assert after.totals[2].text.startswith("১")
