"""Medians stand over like records only, and only where there are enough of them."""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.tcv import TcvRecord
from showcase.tcv.medians import FEWEST, Group, grouped
from tests.tcv.builders import record
from tests.tcv.strategies import records


def days(before: int, after: int, **fields: Any) -> TcvRecord:
    values = {"before": {"time": f"{before} days"}, "after": {"time": f"{after} days"}}
    return record(**{**values, "basis": "elapsed", "note": "Why", **fields})


def counts(found: tuple[Group, ...]) -> list[int]:
    return [group.count for group in found]


def test_three_like_records_have_a_median() -> None:
    (group,) = grouped([days(10, 5), days(20, 4), days(100, 90)])

    assert group.like.measure == "time"
    assert group.like.unit == "days"
    assert group.like.basis == "elapsed"
    assert group.count == 3
    assert (group.before, group.after, group.percent) == (Decimal(20), Decimal(5), Decimal(-50))


def test_two_like_records_are_too_few_to_say() -> None:
    (group,) = grouped([days(10, 5), days(20, 4)])

    assert (group.count, group.before, group.after, group.percent) == (2, None, None, None)


def test_an_even_number_of_records_has_the_middle_of_two() -> None:
    (group,) = grouped([days(10, 1), days(20, 2), days(30, 3), days(40, 5)])

    assert group.before == 25


@pytest.mark.parametrize(
    "other",
    [
        days(10, 5, basis="spent"),
        days(10, 5, basis="promised"),
        days(10, 5, method="independent", sample="9"),
        record(before={"time": "10 hours"}, after={"time": "5 hours"}, basis="elapsed"),
        record(before={"time": "10 working days"}, after={"time": "5 working days"}),
    ],
)
def test_unlike_record_stands_apart(other: TcvRecord) -> None:
    assert counts(grouped([days(10, 5), days(20, 4), days(30, 9), other])) == [3, 1]


def test_costs_stand_together_by_their_parts_and_year() -> None:
    def cost(**fields: Any) -> TcvRecord:
        return record(before={"cost": "90 BDT"}, after={"cost": "30 BDT"}, **fields)

    found = grouped(
        [
            cost(cost_parts=["fee", "travel"]),
            cost(cost_parts=["travel", "fee"]),
            cost(cost_parts=["fee"]),
            cost(cost_parts=["fee", "travel"], cost_year="2014"),
            cost(),
        ]
    )

    assert counts(found) == [2, 1, 1, 1]


@pytest.mark.parametrize(
    "left_out",
    [
        record(before={"time": "2 days"}),
        record(change={"time": "-77%"}),
        record(before={"time": "7 days"}, after={"time": "1 hour"}, basis="elapsed", note="Why"),
        record(before={"cost": "2500+ BDT"}, after={"cost": "30 BDT"}),
        record(
            before={"cost": "90 BDT"},
            after={"cost": "30 BDT"},
            cost_parts={"before": ["fee", "travel"], "after": ["fee"]},
        ),
        record(before={"visits": "0"}, after={"visits": "2"}),
    ],
)
def test_what_has_no_like_is_in_no_group(left_out: TcvRecord) -> None:
    assert grouped([left_out]) == ()


def test_median_does_not_depend_on_the_order() -> None:
    three = [days(10, 5), days(20, 4), days(100, 90)]

    assert len({grouped(order) for order in permutations(three)}) == 1


@given(st.lists(records, max_size=8))
def test_no_median_stands_over_fewer_than_enough(some: list[TcvRecord]) -> None:
    for group in grouped(some):
        assert (group.before is None) == (group.count < FEWEST)


@given(st.lists(records, max_size=8))
def test_median_lies_between_its_values(some: list[TcvRecord]) -> None:
    amounts = [q.amount for r in some for q in (r.before.time, r.before.cost, r.before.visits) if q]

    for group in grouped(some):
        if group.before is not None:
            assert min(amounts) <= group.before <= max(amounts)
            assert group.percent is None or group.percent >= Decimal(-100)
