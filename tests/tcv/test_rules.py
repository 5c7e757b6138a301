"""The rules that make a number believable, one case each; more of each stands in its own file."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from showcase.tcv import (
    Change,
    Decrease,
    Increase,
    NotMeasured,
    PercentOnly,
    Refused,
    Same,
    change_of,
    evidence_level,
    signed_percent,
    to_json,
    widget,
)
from showcase.tcv.illustration import Way, travelled
from showcase.tcv.labels import Measure
from showcase.tcv.quantities import Quantity, parse_visits
from tests.tcv.builders import record, refusals
from tests.tcv.strategies import positive

TWO_SIDES = {"before": {"time": "4 days"}, "after": {"time": "1 day"}}


@pytest.mark.parametrize(
    ("rule", "fields", "measure", "change"),
    [
        ("1: derived", TWO_SIDES, "time", Decrease(Decimal(75))),
        ("1: percent only", {"change": {"cost": "-77%"}}, "cost", PercentOnly(Decimal(-77))),
        ("missing is not zero", {"before": {"visits": "2"}}, "visits", NotMeasured(("after",))),
        (
            "5: increase",
            {"before": {"cost": "50 BDT"}, "after": {"cost": "75 BDT"}},
            "cost",
            Increase(Decimal(50)),
        ),
        ("same", {"before": {"visits": "2"}, "after": {"visits": "2"}}, "visits", Same()),
    ],
)
def test_change_is_as_the_rule_says(
    rule: str, fields: dict[str, Any], measure: Measure, change: Change
) -> None:
    assert change_of(record(**fields), measure) == change


@pytest.mark.parametrize(
    ("rule", "fields", "measure", "code"),
    [
        (
            "2: working days",
            {"before": {"time": "28 working days"}, "after": {"time": "2 days"}},
            "time",
            "working-days",
        ),
        (
            "2: spent and elapsed",
            {**TWO_SIDES, "basis": {"before": "spent", "after": "elapsed"}},
            "time",
            "unlike-bases",
        ),
        (
            "3: cost parts",
            {
                "before": {"cost": "50 BDT"},
                "after": {"cost": "20 BDT"},
                "cost_parts": {"before": ["fee", "travel"], "after": ["fee"]},
            },
            "cost",
            "unlike-cost-parts",
        ),
        (
            "3: promise",
            {**TWO_SIDES, "basis": {"before": "elapsed", "after": "promised"}},
            "time",
            "promise-and-measurement",
        ),
        (
            "5: zero base",
            {"before": {"visits": "0"}, "after": {"visits": "1"}},
            "visits",
            "zero-before",
        ),
        (
            "lower bound",
            {"before": {"cost": "2500+ BDT"}, "after": {"cost": "20 BDT"}},
            "cost",
            "lower-bound",
        ),
    ],
)
def test_percentage_is_refused_as_the_rule_says(
    rule: str, fields: dict[str, Any], measure: Measure, code: str
) -> None:
    change = change_of(record(**fields), measure)

    assert isinstance(change, Refused)
    assert change.refusal.code == code


@pytest.mark.parametrize(
    ("method", "sample", "level"),
    [
        ("claimed", "9", 1),
        ("process-map", "9", 2),
        ("retrospective-survey", "9", 3),
        ("before-and-after", "9", 4),
        ("independent", "9", 5),
        ("independent", None, 1),
    ],
)
def test_level_follows_from_method_and_sample(method: str, sample: str | None, level: int) -> None:
    given_sample = {"sample": sample} if sample else {}

    assert evidence_level(record(**TWO_SIDES, method=method, **given_sample)).number == level


def test_change_above_95_percent_needs_a_note() -> None:
    rare = {"before": {"cost": "100 BDT"}, "after": {"cost": "4 BDT"}}

    assert [loc for loc, _ in refusals(**rare)] == [("after", "cost")]
    assert change_of(record(**rare, note="Free now"), "cost") == Decrease(Decimal(96))


def test_unit_of_the_source_is_kept() -> None:
    one = record(before={"time": "21 days"})

    assert widget(one, "en").rows[0].before == "21 days"
    assert to_json(one)["measures"]["time"]["before"] == {
        "amount": 21,
        "unit": "days",
        "at_least": False,
    }


@given(positive, positive, positive)
def test_more_after_is_never_a_larger_decrease(before: Decimal, a: Decimal, b: Decimal) -> None:
    less, more = sorted((a, b))

    def percent(after: Decimal) -> Decimal:
        fields = {"before": {"visits": f"{before}"}, "after": {"visits": f"{after}"}}
        found = signed_percent(change_of(record(**fields, note="Why"), "visits"))
        assert found is not None
        return found

    assert percent(less) <= percent(more)


def test_illustration_counts_every_way_there_and_back() -> None:
    found = travelled(parse_visits("2"), Way(Decimal("12.5"), Decimal(30)))

    assert (found.km, found.fare, found.at_least) == (Decimal(50), Decimal(120), False)


def test_illustration_of_at_least_two_visits_is_at_least_so_far() -> None:
    found = travelled(Quantity(Decimal(2), "visits", at_least=True), Way(Decimal(10)))

    assert (found.km, found.fare, found.at_least) == (Decimal(40), None, True)
