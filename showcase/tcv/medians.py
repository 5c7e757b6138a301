"""Medians over like records only: one measure, one unit, counted alike, of one evidence level.

Nothing is converted and nothing added up: what has no like is counted and left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final, NamedTuple

from showcase.tcv.change import Decrease, Increase, Same, signed_percent
from showcase.tcv.evidence import evidence_level
from showcase.tcv.labels import MEASURES, Basis, CostPart, Measure
from showcase.tcv.quantities import Quantity, Unit
from showcase.tcv.records import TcvRecord, change_of

# Of two values, a median is a mean; of one, it is somebody's own number.
FEWEST: Final = 3


class Like(NamedTuple):
    """What records must have in common to stand in one median; ``level`` is of the evidence."""

    measure: Measure
    unit: Unit
    basis: Basis | None
    cost_parts: tuple[CostPart, ...] | None
    cost_year: int | None
    level: int


@dataclass(frozen=True, slots=True)
class Group:
    """Like records; the three medians are None where there are fewer than ``FEWEST``.

    Attributes:
        percent: The median change, below zero for less; not the change between the medians.
    """

    like: Like
    count: int
    before: Decimal | None = None
    after: Decimal | None = None
    percent: Decimal | None = None


class _Pair(NamedTuple):
    before: Decimal
    after: Decimal
    percent: Decimal | None


def grouped(records: Iterable[TcvRecord]) -> tuple[Group, ...]:
    """The largest group first; what was not measured on both sides in one unit is in none."""
    pairs: dict[Like, list[_Pair]] = {}
    for record in records:
        for measure in MEASURES:
            if found := _like(record, measure):
                like, pair = found
                pairs.setdefault(like, []).append(pair)
    groups = [_group(like, found) for like, found in pairs.items()]
    return tuple(sorted(groups, key=lambda group: (-group.count, _order(group.like))))


def _like(record: TcvRecord, measure: Measure) -> tuple[Like, _Pair] | None:
    """None unless both sides are exact, in one unit, and counted alike."""
    before, after = record.before.of(measure), record.after.of(measure)
    if before is None or after is None or before.unit != after.unit:
        return None
    change = change_of(record, measure)
    if not isinstance(change, Decrease | Increase | Same):
        return None
    return _key(record, measure, before), _Pair(before.amount, after.amount, signed_percent(change))


def _key(record: TcvRecord, measure: Measure, quantity: Quantity) -> Like:
    """The basis says how time was counted, and whether anything was only promised."""
    basis = record.basis.before
    parts = record.cost_parts.before if measure == "cost" else None
    return Like(
        measure=measure,
        unit=quantity.unit,
        basis=basis if measure == "time" or basis == "promised" else None,
        cost_parts=tuple(sorted(parts)) if parts else None,
        cost_year=record.cost_year if measure == "cost" else None,
        level=evidence_level(record).number,
    )


def _group(like: Like, pairs: Sequence[_Pair]) -> Group:
    if len(pairs) < FEWEST:
        return Group(like, len(pairs))
    return Group(
        like,
        len(pairs),
        before=median(pair.before for pair in pairs),
        after=median(pair.after for pair in pairs),
        percent=median(pair.percent for pair in pairs if pair.percent is not None),
    )


def _order(like: Like) -> tuple[int, int, str]:
    return MEASURES.index(like.measure), -like.level, str(like)
