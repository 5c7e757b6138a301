"""A service as a list of steps: what they ask of a citizen in all, and whether a record agrees.

A step that does not say what it takes was not measured there, so a sum over it is a lower bound.
Minutes and hours add up; no other two units do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias

from showcase.i18n import _, _l, speaking
from showcase.tcv.labels import MEASURE_NAMES, MEASURES, Measure
from showcase.tcv.quantities import PARSERS, Quantity, Unit
from showcase.tcv.records import SideName, TcvRecord
from showcase.words import Spoken

# One step as its text has it: what, and perhaps time, cost, visits and pain.
Row: TypeAlias = Mapping[str, str]

SIDES: Final[tuple[SideName, ...]] = ("before", "after")
_SIDE_NAMES: Final[Mapping[SideName, Any]] = {"before": _l("Before"), "after": _l("After")}
_MINUTES: Final[Mapping[Unit, int]] = {"minutes": 1, "hours": 60}


@dataclass(frozen=True, slots=True)
class Total:
    """What all steps take of one measure.

    Attributes:
        quantity: None where no step tells it, or where ``unlike``.
        unlike: Some steps are in units that do not add up.
        partial: Some steps do not tell it; ``quantity`` is then a lower bound.
    """

    quantity: Quantity | None = None
    unlike: bool = False
    partial: bool = False


def total(quantities: Iterable[Quantity | None]) -> Total:
    """The sum, in whatever order; an unknown one makes it “at least”."""
    each = list(quantities)
    told = [quantity for quantity in each if quantity is not None]
    if not told:
        return Total()
    units = {quantity.unit for quantity in told}
    if len(units) > 1 and not units <= _MINUTES.keys():
        return Total(unlike=True)
    partial = len(told) < len(each)
    at_least = partial or any(quantity.at_least for quantity in told)
    if len(units) == 1:
        amount = sum((quantity.amount for quantity in told), Decimal(0))
        return Total(Quantity(amount, units.pop(), at_least), partial=partial)
    minutes = sum((_amount(quantity, "minutes") for quantity in told), Decimal(0))
    return Total(Quantity(*_readable(minutes), at_least), partial=partial)


def _readable(minutes: Decimal) -> tuple[Decimal, Unit]:
    """In hours where two decimals, as many as a source may write, tell it exactly."""
    hours = (minutes / 60).quantize(Decimal("0.01"))
    if hours * 60 == minutes:
        return hours.normalize() + 0, "hours"
    return minutes, "minutes"


def total_of(rows: Sequence[Row], measure: Measure) -> Total:
    return total(_read(row, measure) for row in rows)


def sums(rows: Sequence[Row]) -> dict[Measure, str]:
    """What a record may leave out because the steps give it, as a source writes it."""
    found = {measure: total_of(rows, measure).quantity for measure in MEASURES}
    return {measure: str(quantity) for measure, quantity in found.items() if quantity}


def faults(rows: Sequence[Row]) -> Iterator[tuple[int, Measure, str]]:
    """Values that are none: which step, which key, and what to write instead."""
    for index, row in enumerate(rows):
        for measure in MEASURES:
            try:
                _read(row, measure)
            except ValueError as error:
                yield index, measure, str(error)


def contradictions(
    record: TcvRecord, number: int, side: SideName, rows: Sequence[Row]
) -> Iterator[str]:
    """Where the steps and record ``number`` both give a value and the two do not agree."""
    values = record.before if side == "before" else record.after
    for measure in MEASURES:
        stated, summed = values.of(measure), total_of(rows, measure).quantity
        if stated is None or summed is None:
            continue
        told = f"the steps come to {summed}, but {side}.{measure} of record {number} is {stated}"
        if not _are_like(stated, summed):
            yield f"{told}, and these two units do not compare; write both in one unit"
        elif not _agree(stated, summed):
            yield (
                f"{told}; write {summed} there, leave it out there to have it from the steps, "
                "or mend the steps"
            )


def _agree(stated: Quantity, summed: Quantity) -> bool:
    """A lower bound agrees with everything that is not below it."""
    unit: Unit = stated.unit if stated.unit == summed.unit else "minutes"
    if summed.at_least:
        return _amount(stated, unit) >= _amount(summed, unit)
    return not stated.at_least and _amount(stated, unit) == _amount(summed, unit)


def _are_like(a: Quantity, b: Quantity) -> bool:
    return a.unit == b.unit or {a.unit, b.unit} <= _MINUTES.keys()


def _amount(quantity: Quantity, unit: Unit) -> Decimal:
    if quantity.unit == unit:
        return quantity.amount
    return quantity.amount * _MINUTES[quantity.unit]


def _read(row: Row, measure: Measure) -> Quantity | None:
    return PARSERS[measure](row[measure]) if measure in row else None


class Fact(NamedTuple):
    """One value; ``remark`` says what is special about a sum."""

    label: str
    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """``what`` and ``pain`` are in the language of their text, the facts in the page's."""

    what: str
    facts: tuple[Fact, ...]
    pain: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One side of the service, step by step, and what it asks in all."""

    side: SideName
    label: str
    steps: tuple[StepView, ...]
    totals: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Threads:
    service: Spoken
    threads: tuple[Thread, ...]


def threads(record: TcvRecord, sides: Mapping[SideName, Sequence[Row]], language: str) -> Threads:
    """The steps of a service as they are drawn: before, and after, as far as they are told."""
    with speaking(language):
        return Threads(
            record.service.spoken(language),
            tuple(_thread(side, sides[side], language) for side in SIDES if side in sides),
        )


def _thread(side: SideName, rows: Sequence[Row], language: str) -> Thread:
    return Thread(
        side,
        str(_SIDE_NAMES[side]),
        tuple(_step(row, language) for row in rows),
        tuple(_sum(measure, total_of(rows, measure), language) for measure in MEASURES),
    )


def _step(row: Row, language: str) -> StepView:
    values = ((measure, _read(row, measure)) for measure in MEASURES)
    facts = (Fact(str(MEASURE_NAMES[m]), value.said(language)) for m, value in values if value)
    return StepView(row["what"], tuple(facts), row.get("pain", ""))


def _sum(measure: Measure, summed: Total, language: str) -> Fact:
    label = str(MEASURE_NAMES[measure])
    if summed.unlike:
        return Fact(label, str(_("no sum")), str(_("The steps are in units that do not add up.")))
    if summed.quantity is None:
        return Fact(label, str(_("not measured")))
    partial = _("At least: not every step tells it.") if summed.partial else ""
    return Fact(label, summed.quantity.said(language), str(partial))
