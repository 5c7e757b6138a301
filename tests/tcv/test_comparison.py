"""Records side by side: like with like, and a reason for everything else."""

from typing import Any

import pytest
from hypothesis import given

from showcase.tcv import Side, TcvRecord, comparable
from showcase.tcv.comparison import Aspect, Comparison, compare
from showcase.tcv.labels import Measure
from tests.tcv.builders import record
from tests.tcv.strategies import records

ELAPSED = {"before": {"time": "2 days"}, "after": {"time": "1 day"}, "basis": "elapsed"}


def one_of(
    found: tuple[Comparison, ...], measure: Measure = "time", aspect: Aspect = "before"
) -> Comparison:
    return next(c for c in found if (c.measure, c.aspect) == (measure, aspect))


def codes(comparison: Comparison) -> list[tuple[int, int, str]]:
    return [(c.first, c.second, c.code) for c in comparison.conflicts]


def test_every_side_of_every_measure_is_told() -> None:
    found = compare([record(**ELAPSED), record(**ELAPSED)])

    assert [(c.measure, c.aspect) for c in found] == [
        (measure, aspect)
        for measure in ("time", "cost", "visits")
        for aspect in ("before", "after", "change")
    ]


def test_like_records_may_be_compared_on_every_side() -> None:
    found = compare([record(**ELAPSED), record(**ELAPSED)])

    assert [one_of(found, "time", side).verdict for side in ("before", "after", "change")] == [
        "comparable"
    ] * 3
    assert one_of(found, "cost").verdict == "too-few"


@pytest.mark.parametrize(
    ("measure", "a", "b", "code", "reason"),
    [
        (
            "time",
            {"before": {"time": "2 days"}, "basis": "spent"},
            {"before": {"time": "2 days"}, "basis": "elapsed"},
            "unlike-bases",
            "They count different times: the citizen’s own time, spent on the service; and "
            "calendar time, from the first step to the last.",
        ),
        (
            "time",
            {"before": {"time": "2 days"}, "basis": "promised"},
            {"before": {"time": "2 days"}, "basis": "elapsed"},
            "promise-and-measurement",
            "One is a promise and the other is not, and a promise is no measurement.",
        ),
        (
            "time",
            {"before": {"time": "28 working days"}, "basis": "elapsed"},
            {"before": {"time": "28 days"}, "basis": "elapsed"},
            "working-days",
            "Working days do not compare with hours or calendar days.",
        ),
        (
            "time",
            {"before": {"time": "2 days"}, "basis": "spent"},
            {"before": {"time": "12 hours"}, "basis": "spent"},
            "days-and-hours",
            "Days compare with hours or minutes only where both count calendar time.",
        ),
        (
            "cost",
            {"before": {"cost": "300 BDT"}, "cost_parts": ["fee", "travel"]},
            {"before": {"cost": "300 BDT"}, "cost_parts": ["fee"]},
            "unlike-cost-parts",
            "They count different costs: fees, travel; and fees.",
        ),
        (
            "cost",
            {"before": {"cost": "300 BDT"}, "cost_year": "2014"},
            {"before": {"cost": "300 BDT"}},
            "unlike-years",
            "They are in taka of different years, or one year is not stated.",
        ),
        (
            "cost",
            {"before": {"cost": "2500+ BDT"}},
            {"before": {"cost": "300 BDT"}},
            "lower-bound",
            "A value with “+” means “at least”: which is larger cannot be said.",
        ),
    ],
)
def test_unlike_records_are_refused_with_the_reason(
    measure: Measure, a: dict[str, Any], b: dict[str, Any], code: str, reason: str
) -> None:
    comparison = one_of(compare([record(**a), record(**b)]), measure)

    assert comparison.verdict == "refused"
    assert codes(comparison) == [(0, 1, code)]
    assert str(comparison.conflicts[0].reason) == reason


def test_calendar_days_compare_with_calendar_hours() -> None:
    hours = {"before": {"time": "12 hours"}, "basis": "elapsed"}

    assert one_of(compare([record(**ELAPSED), record(**hours)])).verdict == "comparable"


def test_each_pair_of_three_is_told_by_itself() -> None:
    spent = {"before": {"time": "3 days"}, "basis": "spent"}

    found = compare([record(**ELAPSED), record(**spent), record(**ELAPSED)])

    assert codes(one_of(found)) == [(0, 1, "unlike-bases"), (1, 2, "unlike-bases")]


def test_record_without_the_value_is_no_part_of_the_comparison() -> None:
    nothing = {"before": {"visits": "2"}}

    comparison = one_of(compare([record(**nothing), record(**ELAPSED), record(**ELAPSED)]))

    assert (comparison.known, comparison.verdict) == ((1, 2), "comparable")


def test_changes_compare_where_both_sides_do() -> None:
    unlike_after = {
        "before": {"time": "2 days"},
        "after": {"time": "1 day"},
        "basis": {"before": "elapsed", "after": "elapsed"},
    }
    hours = {"before": {"time": "9 hours"}, "after": {"time": "3 hours"}, "basis": "spent"}

    alike = compare([record(**ELAPSED), record(**unlike_after)])
    unlike = compare([record(**ELAPSED), record(**hours)])

    assert one_of(alike, "time", "change").verdict == "comparable"
    assert codes(one_of(unlike, "time", "change")) == [(0, 1, "unlike-bases")]


def test_published_percentages_compare_without_their_values() -> None:
    found = compare([record(change={"time": "-77%"}), record(change={"time": "-50%"})])

    assert one_of(found, "time", "change").verdict == "comparable"
    assert one_of(found, "time", "before").verdict == "too-few"


@given(records, records)
def test_order_of_the_records_does_not_matter(a: TcvRecord, b: TcvRecord) -> None:
    forth, back = compare([a, b]), compare([b, a])

    assert [(c.verdict, codes(c)) for c in forth] == [(c.verdict, codes(c)) for c in back]


@given(records)
def test_record_compares_with_itself_unless_it_is_a_bound(one: TcvRecord) -> None:
    found = {code for c in compare([one, one]) for _, _, code in codes(c)}

    assert found <= {"lower-bound"}


@given(records, records)
def test_every_refusal_has_a_sentence(a: TcvRecord, b: TcvRecord) -> None:
    reasons = [str(conflict.reason) for c in compare([a, b]) for conflict in c.conflicts]

    assert [reason for reason in reasons if not reason.endswith(".")] == []


@given(records, records)
def test_nothing_that_a_percentage_refuses_is_compared(a: TcvRecord, b: TcvRecord) -> None:
    for comparison in compare([a, b]):
        if comparison.verdict == "comparable" and comparison.aspect != "change":
            one: Side = a.side(comparison.aspect, comparison.measure)
            other: Side = b.side(comparison.aspect, comparison.measure)

            assert comparable(one, other, comparison.measure) is None
