"""What became of time, cost or visits: a percentage where like was counted with like, else why not.

A percentage is (before − after) ÷ before × 100, as the programme defines its TCV.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, Literal, NamedTuple

from showcase.i18n import _l
from showcase.tcv.labels import Basis, CostPart, Measure, basis_name, cost_part_names
from showcase.tcv.quantities import Quantity, Unit

RefusalCode = Literal[
    "promise-and-measurement",
    "unlike-bases",
    "working-days",
    "days-and-hours",
    "unlike-cost-parts",
    "lower-bound",
    "zero-before",
]

# A day is 24 hours only on the calendar: see `_units`.
_MINUTES: Final[Mapping[Unit, int]] = {"minutes": 1, "hours": 60, "days": 24 * 60}


class Side(NamedTuple):
    """One side of a measure: how much, and what was counted."""

    quantity: Quantity | None
    basis: Basis | None = None
    cost_parts: tuple[CostPart, ...] | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why two sides do not compare: a stable code, and a sentence translated when printed."""

    code: RefusalCode
    reason: Any


@dataclass(frozen=True, slots=True)
class Decrease:
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Increase:
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Same:
    pass


@dataclass(frozen=True, slots=True)
class PercentOnly:
    """Published as a percentage without its values; negative where it became less."""

    percent: Decimal


@dataclass(frozen=True, slots=True)
class NotMeasured:
    missing: tuple[Literal["before", "after"], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    refusal: Refusal


Change = Decrease | Increase | Same | PercentOnly | NotMeasured | Refused


def difference(before: Side, after: Side, measure: Measure, stated: Decimal | None) -> Change:
    """The change between two sides, or ``stated``, the percentage that its source gives instead."""
    if stated is not None:
        refusal = comparable(*_speaking_for_each_other(before, after), measure)
        return Refused(refusal) if refusal else PercentOnly(stated)
    if before.quantity is None or after.quantity is None:
        return NotMeasured(_missing(before, after))
    refusal = comparable(before, after, measure) or _inexact(before.quantity, after.quantity)
    if refusal:
        return Refused(refusal)
    return _between(*_in_one_unit(before.quantity, after.quantity))


def comparable(a: Side, b: Side, measure: Measure) -> Refusal | None:
    """None where both sides counted the same thing; the same answer whichever comes first."""
    refusals = (check(a, b) for check in _CHECKS[measure])
    return next((refusal for refusal in refusals if refusal), None)


def signed_percent(change: Change) -> Decimal | None:
    """Below zero for less, above for more; None where there is no percentage."""
    match change:
        case Decrease(percent):
            return -percent
        case Increase(percent) | PercentOnly(percent):
            return percent
        case Same():
            return Decimal(0)
        case _:
            return None


def rounded(percent: Decimal) -> Decimal:
    """Half up to whole percent; to one decimal under 10 and between 99 and 100.

    So a small change does not vanish, and 100 % less is said only of what became nothing.
    """
    fine = percent < 10 or 99 < percent < 100
    nearest = percent.quantize(Decimal("0.1") if fine else Decimal(1), ROUND_HALF_UP)
    return min(nearest, Decimal("99.9")) if percent < 100 else nearest


def _between(before: Decimal, after: Decimal) -> Change:
    if before == after:
        return Same()
    if not before:
        return Refused(
            Refusal("zero-before", _l("It was zero before, and zero has no percentage."))
        )
    percent = (before - after) * 100 / before
    return Decrease(percent) if percent > 0 else Increase(-percent)


def _in_one_unit(a: Quantity, b: Quantity) -> tuple[Decimal, Decimal]:
    if a.unit == b.unit:
        return a.amount, b.amount
    return a.amount * _MINUTES[a.unit], b.amount * _MINUTES[b.unit]


def _inexact(*quantities: Quantity) -> Refusal | None:
    if not any(quantity.at_least for quantity in quantities):
        return None
    return Refusal(
        "lower-bound",
        _l("A value with “+” means “at least”, and a percentage needs exact values."),
    )


def _promises(a: Side, b: Side) -> Refusal | None:
    if (a.basis == "promised") == (b.basis == "promised"):
        return None
    return Refusal(
        "promise-and-measurement",
        _l("One side is a promise and the other is not, and a promise is no measurement."),
    )


def _bases(a: Side, b: Side) -> Refusal | None:
    if a.basis == b.basis:
        return None
    return Refusal(
        "unlike-bases",
        _l(
            "The two sides count different times (before: %(before)s; after: %(after)s).",
            before=basis_name(a.basis),
            after=basis_name(b.basis),
        ),
    )


def _units(a: Side, b: Side) -> Refusal | None:
    if a.quantity is None or b.quantity is None or a.quantity.unit == b.quantity.unit:
        return None
    units = {a.quantity.unit, b.quantity.unit}
    if "working-days" in units:
        return Refusal(
            "working-days",
            _l("Working days do not compare with hours or calendar days."),
        )
    if "days" in units and (a.basis, b.basis) != ("elapsed", "elapsed"):
        return Refusal(
            "days-and-hours",
            _l("Days compare with hours or minutes only where both count calendar time."),
        )
    return None


def _cost_parts(a: Side, b: Side) -> Refusal | None:
    if _as_set(a.cost_parts) == _as_set(b.cost_parts):
        return None
    return Refusal(
        "unlike-cost-parts",
        _l(
            "The two sides count different costs (before: %(before)s; after: %(after)s).",
            before=cost_part_names(a.cost_parts),
            after=cost_part_names(b.cost_parts),
        ),
    )


def _as_set(parts: tuple[CostPart, ...] | None) -> frozenset[CostPart] | None:
    return None if parts is None else frozenset(parts)


def _speaking_for_each_other(before: Side, after: Side) -> tuple[Side, Side]:
    """A published percentage is of like things unless its source says otherwise of both sides."""
    return (
        Side(None, before.basis or after.basis, before.cost_parts or after.cost_parts),
        Side(None, after.basis or before.basis, after.cost_parts or before.cost_parts),
    )


def _missing(before: Side, after: Side) -> tuple[Literal["before", "after"], ...]:
    if after.quantity is not None:
        return ("before",)
    return ("after",) if before.quantity is not None else ("before", "after")


_CHECKS: Final[Mapping[Measure, tuple[Callable[[Side, Side], Refusal | None], ...]]] = {
    "time": (_promises, _bases, _units),
    "cost": (_promises, _cost_parts),
    "visits": (_promises,),
}
