"""The TCV record: what one service asked of a citizen before and after, as a source tells it.

Read from front matter, where every scalar is a string. An error's ``loc`` is the path into the
source, and its message says what to write instead.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails

from showcase.i18n import format_percent
from showcase.tcv.change import Change, Side, difference, rounded, signed_percent
from showcase.tcv.labels import MEASURES, Basis, CostPart, Measure, Method, Statistic
from showcase.tcv.periods import MonthOrYear, Year
from showcase.tcv.quantities import Duration, Money, Percent, Quantity, Visits
from showcase.text import clean_line, latin_digits
from showcase.words import Line, Words

# Design §5 rule 5: what nearly vanished, or doubled, wants an explanation.
NOTE_ABOVE_PERCENT: Final = 95

_COUNT: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{2,3}){0,2}|[1-9][0-9]{0,8}")

SideName = Literal["before", "after"]
CorrectedField = Literal[
    "service", "before.time", "before.cost", "before.visits", "after.time", "after.cost",
    "after.visits", "change.time", "change.cost", "change.visits", "cost_parts", "basis",
    "cost_year", "measured", "method", "sample", "statistic", "who", "where", "source", "note",
]  # fmt: skip


def _plain_digits(value: object) -> object:
    return latin_digits(clean_line(value)) if isinstance(value, str) else value


def _count(value: object) -> int:
    text = clean_line(str(value))
    if not _COUNT.fullmatch(latin_digits(text)):
        raise ValueError(
            f"“{text}” is no sample size; write the number of cases, like 120, "
            "or leave the line out if the source gives none"
        )
    return int(text.replace(",", ""))


def _once_each(parts: tuple[CostPart, ...]) -> tuple[CostPart, ...]:
    if not parts:
        raise ValueError("no part is named; write at least one, or leave the line out")
    if len(set(parts)) < len(parts):
        raise ValueError("a part is named twice; write each part once")
    return parts


CostParts = Annotated[tuple[CostPart, ...], AfterValidator(_once_each)]
_COST_PARTS: Final[TypeAdapter[tuple[CostPart, ...]]] = TypeAdapter(CostParts)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Values(_Part):
    """One side; what is left out was not measured."""

    time: Duration | None = None
    cost: Money | None = None
    visits: Visits | None = None

    def of(self, measure: Measure) -> Quantity | None:
        quantity: Quantity | None = getattr(self, measure)
        return quantity


class Percentages(_Part):
    """Changes that the source gives without their values."""

    time: Percent | None = None
    cost: Percent | None = None
    visits: Percent | None = None


class Bases(_Part):
    before: Basis | None = None
    after: Basis | None = None


class CountedParts(_Part):
    before: CostParts | None = None
    after: CostParts | None = None


class Correction(_Part):
    """An old value stays readable, with the reason why it changed."""

    date: Annotated[date, BeforeValidator(_plain_digits)]
    field: CorrectedField
    was: Annotated[Line, Field(min_length=1, max_length=300)]
    why: Words


class TcvRecord(_Part):
    service: Words
    before: Values = Values()
    after: Values = Values()
    change: Percentages = Percentages()
    cost_parts: CountedParts = CountedParts()
    basis: Bases = Bases()
    cost_year: Year | None = None
    measured: MonthOrYear | None = None
    method: Method = "claimed"
    sample: Annotated[int, BeforeValidator(_count)] | None = None
    who: Words | None = None
    where: Words | None = None
    statistic: Statistic | None = None
    source: Words
    note: Words | None = None
    corrections: tuple[Correction, ...] = ()

    @field_validator("basis", mode="before")
    @classmethod
    def _same_basis_on_both_sides(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value not in get_args(Basis):
            raise ValueError(f"“{value}” is no basis; write spent, elapsed or promised")
        return {"before": value, "after": value}

    @field_validator("cost_parts", mode="before")
    @classmethod
    def _same_parts_on_both_sides(cls, value: Any) -> Any:
        if isinstance(value, Mapping | CountedParts):
            return value
        if not isinstance(value, list | tuple):
            raise ValueError("this is no list; write it like [fee, travel]")
        parts = _COST_PARTS.validate_python(value)
        return {"before": parts, "after": parts}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        errors = list(_errors(self))
        if errors:
            raise ValidationError.from_exception_data(type(self).__name__, errors)
        return self

    def side(self, name: SideName, measure: Measure) -> Side:
        values = self.before if name == "before" else self.after
        return Side(
            values.of(measure),
            basis=getattr(self.basis, name),
            cost_parts=getattr(self.cost_parts, name),
        )


def change_of(record: TcvRecord, measure: Measure) -> Change:
    return difference(
        record.side("before", measure),
        record.side("after", measure),
        measure,
        stated=getattr(record.change, measure),
    )


def percent_of(record: TcvRecord, measure: Measure) -> Decimal | None:
    """The change in percent, below zero for less; None where there is none."""
    return signed_percent(change_of(record, measure))


def _errors(record: TcvRecord) -> Iterator[InitErrorDetails]:
    if not any(_is_given(record, measure) for measure in MEASURES):
        yield _error("this record has no value; write one under before, after or change", ())
    for measure in MEASURES:
        yield from _errors_of(record, measure)


def _errors_of(record: TcvRecord, measure: Measure) -> Iterator[InitErrorDetails]:
    stated = getattr(record.change, measure)
    has_pair = bool(record.before.of(measure) and record.after.of(measure))
    if stated is not None and has_pair:
        yield _error(
            f"remove change.{measure}; it follows from before and after", ("change", measure)
        )
        return
    percent = percent_of(record, measure)
    if percent is not None and abs(percent) > NOTE_ABOVE_PERCENT and not record.note:
        yield _error(
            f"a change of {format_percent(rounded(abs(percent)), 'en')} is rare; "
            f"write a note: that says how so much was possible",
            ("change" if stated is not None else "after", measure),
        )


def _is_given(record: TcvRecord, measure: Measure) -> bool:
    stated = getattr(record.change, measure)
    return bool(stated is not None or record.before.of(measure) or record.after.of(measure))


def _error(message: str, loc: tuple[str, ...]) -> InitErrorDetails:
    return InitErrorDetails(
        type="value_error", loc=loc, input=None, ctx={"error": ValueError(message)}
    )
