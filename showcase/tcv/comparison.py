"""Two or three records side by side: which of their numbers may be held against each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, Literal

from showcase.i18n import _l
from showcase.tcv.change import Side, comparable
from showcase.tcv.labels import MEASURES, Measure, basis_name, cost_part_names
from showcase.tcv.records import SideName, TcvRecord, percent_of

Aspect = Literal["before", "after", "change"]
Verdict = Literal["comparable", "refused", "too-few"]

ASPECTS: Final[tuple[Aspect, ...]] = ("before", "after", "change")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why two of the records, by their places, do not compare; ``code`` is stable."""

    first: int
    second: int
    code: str
    reason: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """One side of one measure over all records; ``known`` are the places that have a value."""

    measure: Measure
    aspect: Aspect
    known: tuple[int, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def verdict(self) -> Verdict:
        if len(self.known) < 2:
            return "too-few"
        return "refused" if self.conflicts else "comparable"


def compare(records: Sequence[TcvRecord]) -> tuple[Comparison, ...]:
    """Every measure and side, in the order of a TCV table."""
    return tuple(
        _comparison(records, measure, aspect) for measure in MEASURES for aspect in ASPECTS
    )


def _comparison(records: Sequence[TcvRecord], measure: Measure, aspect: Aspect) -> Comparison:
    known = tuple(
        place for place, record in enumerate(records) if _is_known(record, measure, aspect)
    )
    pairs = combinations(known, 2)
    conflicts = (_conflict(records, pair, measure, aspect) for pair in pairs)
    return Comparison(measure, aspect, known, tuple(filter(None, conflicts)))


def _is_known(record: TcvRecord, measure: Measure, aspect: Aspect) -> bool:
    if aspect == "change":
        return percent_of(record, measure) is not None
    return record.side(aspect, measure).quantity is not None


def _conflict(
    records: Sequence[TcvRecord], pair: tuple[int, int], measure: Measure, aspect: Aspect
) -> Conflict | None:
    first, second = records[pair[0]], records[pair[1]]
    for a, b in _sides_to_match(first, second, measure, aspect):
        if refusal := comparable(a, b, measure):
            return Conflict(*pair, refusal.code, _reason(refusal.code, a, b))
        if measure == "cost" and first.cost_year != second.cost_year:
            return Conflict(*pair, "unlike-years", _UNLIKE_YEARS)
        if aspect != "change" and _only_a_bound(a, b):
            return Conflict(*pair, "lower-bound", _LOWER_BOUND)
    return None


def _sides_to_match(
    first: TcvRecord, second: TcvRecord, measure: Measure, aspect: Aspect
) -> Iterator[tuple[Side, Side]]:
    """A change speaks of both sides, so two changes compare where both sides do."""
    sides: tuple[SideName, ...] = ("before", "after") if aspect == "change" else (aspect,)
    for side in sides:
        yield first.side(side, measure), second.side(side, measure)


def _only_a_bound(a: Side, b: Side) -> bool:
    return any(side.quantity is not None and side.quantity.at_least for side in (a, b))


def _reason(code: str, a: Side, b: Side) -> Any:
    if code == "unlike-bases":
        return _l(
            "They count different times: %(one)s; and %(other)s.",
            one=basis_name(a.basis),
            other=basis_name(b.basis),
        )
    if code == "unlike-cost-parts":
        return _l(
            "They count different costs: %(one)s; and %(other)s.",
            one=cost_part_names(a.cost_parts),
            other=cost_part_names(b.cost_parts),
        )
    return _REASONS[code]


_REASONS: Final[Mapping[str, Any]] = {
    "promise-and-measurement": _l(
        "One is a promise and the other is not, and a promise is no measurement."
    ),
    "working-days": _l("Working days do not compare with hours or calendar days."),
    "days-and-hours": _l("Days compare with hours or minutes only where both count calendar time."),
}
# Taka of 2014 bought more than taka of today, and nothing is converted here.
_UNLIKE_YEARS: Final = _l("They are in taka of different years, or one year is not stated.")
_LOWER_BOUND: Final = _l("A value with “+” means “at least”: which is larger cannot be said.")
