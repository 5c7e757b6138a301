from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.tcv import (
    Decrease,
    Increase,
    NotMeasured,
    PercentOnly,
    Refused,
    Same,
    Side,
    comparable,
    rounded,
    signed_percent,
)
from showcase.tcv.change import difference
from showcase.tcv.labels import Basis, CostPart, Measure
from showcase.tcv.quantities import Quantity, Unit, parse_duration, parse_money, parse_visits

bases: st.SearchStrategy[Basis | None] = st.sampled_from((None, "spent", "elapsed", "promised"))
units: st.SearchStrategy[Unit] = st.sampled_from(("minutes", "hours", "days", "working-days"))
positive = st.integers(min_value=1, max_value=10**6).map(Decimal)
durations = st.builds(Quantity, positive, units)
time_sides = st.builds(Side, durations, bases)
parts: st.SearchStrategy[CostPart] = st.sampled_from(("fee", "travel", "wage-loss", "copies"))
cost_sides = st.builds(
    Side,
    st.builds(Quantity, positive, st.just("taka")),
    bases,
    st.none() | st.lists(parts, min_size=1, unique=True).map(tuple),
)


def time(written: str, basis: Basis | None = "elapsed") -> Side:
    return Side(parse_duration(written), basis)


def cost(written: str, *counted: CostPart, basis: Basis | None = None) -> Side:
    return Side(parse_money(written), basis, counted or None)


def reason(a: Side, b: Side, measure: Measure) -> tuple[str, str]:
    change = difference(a, b, measure, None)
    assert isinstance(change, Refused)
    return change.refusal.code, str(change.refusal.reason)


def test_less_is_a_decrease() -> None:
    assert difference(time("4 hours"), time("1 hour"), "time", None) == Decrease(Decimal(75))


def test_more_is_an_increase() -> None:
    assert difference(time("1 hour"), time("4 hours"), "time", None) == Increase(Decimal(300))


def test_equal_is_the_same() -> None:
    assert difference(time("60 minutes"), time("1 hour"), "time", None) == Same()


def test_zero_that_stays_zero_is_the_same() -> None:
    assert difference(cost("0 BDT"), cost("0 BDT"), "cost", None) == Same()


def test_zero_before_has_no_percentage() -> None:
    assert reason(cost("0 BDT"), cost("5 BDT"), "cost") == (
        "zero-before",
        "It was zero before, and zero has no percentage.",
    )


def test_zero_after_is_a_whole_decrease() -> None:
    assert difference(cost("50 BDT"), cost("0 BDT"), "cost", None) == Decrease(Decimal(100))


def test_lower_bound_has_no_percentage() -> None:
    assert reason(cost("2500+ BDT"), cost("50 BDT"), "cost") == (
        "lower-bound",
        "A value with “+” means “at least”, and a percentage needs exact values.",
    )


@pytest.mark.parametrize(
    ("before", "after", "missing"),
    [
        (Side(None), time("1 day"), ("before",)),
        (time("1 day"), Side(None), ("after",)),
        (Side(None), Side(None), ("before", "after")),
    ],
)
def test_missing_side_is_not_measured(before: Side, after: Side, missing: tuple[str, ...]) -> None:
    assert difference(before, after, "time", None) == NotMeasured(missing)  # type: ignore[arg-type]


def test_published_percentage_stays_percent_only() -> None:
    before = cost("2500+ BDT", "travel")

    assert difference(before, Side(None), "cost", Decimal(-97)) == PercentOnly(Decimal(-97))


def test_published_percentage_of_unlike_costs_is_refused() -> None:
    before, after = Side(None, None, ("fee", "travel")), Side(None, None, ("fee",))

    change = difference(before, after, "cost", Decimal(-97))

    assert isinstance(change, Refused)
    assert change.refusal.code == "unlike-cost-parts"


def test_calendar_days_compare_with_hours() -> None:
    change = difference(time("2 days"), time("12 hours"), "time", None)

    assert change == Decrease(Decimal(75))


@pytest.mark.parametrize("basis", ["spent", "promised", None])
def test_days_that_are_no_calendar_time_do_not_compare_with_hours(basis: Basis | None) -> None:
    assert reason(time("2 days", basis), time("12 hours", basis), "time") == (
        "days-and-hours",
        "Days compare with hours or minutes only where both count calendar time.",
    )


def test_days_spent_compare_with_days_spent() -> None:
    change = difference(time("2 days", "spent"), time("1 day", "spent"), "time", None)

    assert change == Decrease(Decimal(50))


def test_minutes_spent_compare_with_hours_spent() -> None:
    change = difference(time("2 hours", "spent"), time("30 minutes", "spent"), "time", None)

    assert change == Decrease(Decimal(75))


@pytest.mark.parametrize("other", ["2 days", "3 hours", "30 minutes"])
def test_working_days_compare_with_nothing_else(other: str) -> None:
    assert reason(time("28 working days"), time(other), "time") == (
        "working-days",
        "Working days do not compare with hours or calendar days.",
    )


def test_working_days_compare_with_working_days() -> None:
    change = difference(time("20 working days"), time("5 working days"), "time", None)

    assert change == Decrease(Decimal(75))


def test_time_spent_does_not_compare_with_calendar_time() -> None:
    assert reason(time("2 days", "spent"), time("1 day", "elapsed"), "time") == (
        "unlike-bases",
        "The two sides count different times (before: the citizen’s own time, spent on the "
        "service; after: calendar time, from the first step to the last).",
    )


def test_time_of_one_unstated_basis_is_refused() -> None:
    assert reason(time("2 days", None), time("1 day", "elapsed"), "time")[0] == "unlike-bases"


@pytest.mark.parametrize("measure", ["time", "cost", "visits"])
def test_promise_does_not_compare_with_a_measurement(measure: Measure) -> None:
    sides: dict[Measure, Quantity] = {
        "time": parse_duration("2 days"),
        "cost": parse_money("5 BDT"),
        "visits": parse_visits("2"),
    }

    refused = reason(Side(sides[measure], "promised"), Side(sides[measure], "elapsed"), measure)

    assert refused == (
        "promise-and-measurement",
        "One side is a promise and the other is not, and a promise is no measurement.",
    )


def test_spent_and_elapsed_say_nothing_about_cost() -> None:
    change = difference(
        cost("50 BDT", basis="spent"), cost("25 BDT", basis="elapsed"), "cost", None
    )

    assert change == Decrease(Decimal(50))


def test_unlike_cost_parts_are_refused() -> None:
    assert reason(cost("300 BDT", "fee", "travel"), cost("100 BDT", "fee"), "cost") == (
        "unlike-cost-parts",
        "The two sides count different costs (before: fees, travel; after: fees).",
    )


def test_cost_parts_of_one_side_only_are_refused() -> None:
    assert reason(cost("300 BDT", "fee"), cost("100 BDT"), "cost") == (
        "unlike-cost-parts",
        "The two sides count different costs (before: fees; after: not stated).",
    )


def test_order_of_cost_parts_does_not_matter() -> None:
    change = difference(
        cost("300 BDT", "fee", "travel"), cost("150 BDT", "travel", "fee"), "cost", None
    )

    assert change == Decrease(Decimal(50))


@pytest.mark.parametrize(
    ("percent", "shown"),
    [("76.5", "77"), ("76.49", "76"), ("9.94", "9.9"), ("9.96", "10"), ("3.45", "3.5"),
     ("0.04", "0"), ("99", "99"), ("99.41", "99.4"), ("99.97", "99.9"), ("100", "100"),
     ("250.5", "251")],
)  # fmt: skip
def test_percentage_is_rounded_half_up(percent: str, shown: str) -> None:
    assert rounded(Decimal(percent)) == Decimal(shown)


@given(st.decimals(0, 1000, places=4), st.decimals(0, 1000, places=4))
def test_rounding_keeps_the_order(a: Decimal, b: Decimal) -> None:
    low, high = sorted((a, b))

    assert rounded(low) <= rounded(high)


@given(st.decimals("0.0001", "99.9999", places=4))
def test_nothing_short_of_everything_is_printed_as_100_percent(percent: Decimal) -> None:
    assert rounded(percent) < 100


@given(time_sides, time_sides)
def test_change_of_time_points_where_the_amounts_point(before: Side, after: Side) -> None:
    change = difference(before, after, "time", None)

    assert isinstance(change, Refused) == (comparable(before, after, "time") is not None)
    if before.quantity and after.quantity and before.quantity.unit == after.quantity.unit:
        expected = (before.quantity.amount > after.quantity.amount) - (
            before.quantity.amount < after.quantity.amount
        )
        percent = signed_percent(change)
        assert percent is None or (percent < 0) - (percent > 0) == expected


@given(positive, positive)
def test_change_swapped_changes_its_sign(before: Decimal, after: Decimal) -> None:
    one = Side(Quantity(before, "minutes"))
    other = Side(Quantity(after, "minutes"))

    forth = signed_percent(difference(one, other, "time", None))
    back = signed_percent(difference(other, one, "time", None))

    assert forth is not None
    assert back is not None
    assert (forth < 0) == (back > 0)
    assert forth >= -100


@given(positive, positive, st.integers(1, 1000))
def test_change_does_not_depend_on_the_unit(before: Decimal, after: Decimal, factor: int) -> None:
    plain = difference(
        Side(Quantity(before, "visits")), Side(Quantity(after, "visits")), "visits", None
    )
    scaled = difference(
        Side(Quantity(before * factor, "visits")),
        Side(Quantity(after * factor, "visits")),
        "visits",
        None,
    )

    once, again = signed_percent(plain), signed_percent(scaled)
    assert once is not None
    assert again is not None
    assert abs(once - again) < Decimal("1e-15")


@given(time_sides, time_sides)
def test_comparison_of_times_is_the_same_both_ways(a: Side, b: Side) -> None:
    forth, back = comparable(a, b, "time"), comparable(b, a, "time")

    assert (forth and forth.code) == (back and back.code)


@given(cost_sides, cost_sides)
def test_comparison_of_costs_is_the_same_both_ways(a: Side, b: Side) -> None:
    forth, back = comparable(a, b, "cost"), comparable(b, a, "cost")

    assert (forth and forth.code) == (back and back.code)


@given(time_sides)
def test_side_compares_with_itself(side: Side) -> None:
    assert comparable(side, side, "time") is None


@given(time_sides, time_sides)
def test_sides_of_unlike_bases_never_compare(a: Side, b: Side) -> None:
    assert a.basis == b.basis or comparable(a, b, "time") is not None


@given(time_sides, time_sides)
def test_working_days_never_compare_with_another_unit(a: Side, b: Side) -> None:
    assert a.quantity
    assert b.quantity
    mixed = a.quantity.unit != b.quantity.unit and "working-days" in (
        a.quantity.unit,
        b.quantity.unit,
    )

    assert not mixed or comparable(a, b, "time") is not None
