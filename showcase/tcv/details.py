"""What stands under the numbers: what was counted, how, by whom, and what was corrected."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from showcase.i18n import _, _l, digits, format_date, format_number
from showcase.tcv.labels import (
    MEASURE_NAMES,
    METHOD_NAMES,
    NOT_STATED,
    STATISTIC_NAMES,
    Measure,
    basis_name,
    cost_part_names,
)
from showcase.tcv.quantities import PARSERS
from showcase.tcv.records import CorrectedField, Correction, TcvRecord
from showcase.words import Spoken, Words


class Detail(NamedTuple):
    """A term and what is said of it, with the language of the latter."""

    key: str
    term: str
    text: str
    language: str


_FIELD_NAMES: Final[Mapping[str, Any]] = {
    "service": _l("Service"),
    "cost_parts": _l("Cost counted"),
    "basis": _l("Time counted"),
    "cost_year": _l("Taka of"),
    "measured": _l("Measured in"),
    "method": _l("Method"),
    "sample": _l("Sample"),
    "statistic": _l("Statistic"),
    "who": _l("Measured by"),
    "where": _l("Place"),
    "source": _l("Source"),
    "note": _l("Note"),
}
_SIDED_NAMES: Final[Mapping[str, Any]] = {
    "before": _l("before"),
    "after": _l("after"),
    "change": _l("change"),
}


def details(record: TcvRecord, language: str) -> tuple[Detail, ...]:
    """To be called while ``speaking(language)``."""
    return tuple(
        Detail(key, str(_FIELD_NAMES[key]), spoken.text, spoken.language)
        for key, spoken in _texts(record, language)
    )


def corrections(record: TcvRecord, language: str) -> tuple[Detail, ...]:
    """The newest first; to be called while ``speaking(language)``."""
    newest_first = sorted(record.corrections, key=lambda correction: correction.date, reverse=True)
    return tuple(_correction(correction, language) for correction in newest_first)


def _texts(record: TcvRecord, language: str) -> Iterator[tuple[str, Spoken]]:
    for key, text in _counted(record, language):
        yield key, Spoken(str(text), language)
    for key in ("who", "where", "source"):
        words: Words | None = getattr(record, key)
        if words:
            yield key, words.spoken(language)


def _counted(record: TcvRecord, language: str) -> Iterator[tuple[str, Any]]:
    if _has(record, "time"):
        yield "basis", _both_sides(*map(basis_name, (record.basis.before, record.basis.after)))
    if _has(record, "cost"):
        parts = (record.cost_parts.before, record.cost_parts.after)
        yield "cost_parts", _both_sides(*map(cost_part_names, parts))
    if record.cost_year:
        yield "cost_year", digits(str(record.cost_year), language)
    if record.statistic:
        yield "statistic", STATISTIC_NAMES[record.statistic]
    yield "method", METHOD_NAMES[record.method]
    yield "sample", format_number(record.sample, language) if record.sample else NOT_STATED
    yield "measured", record.measured.said(language) if record.measured else NOT_STATED


def _has(record: TcvRecord, measure: Measure) -> bool:
    stated = getattr(record.change, measure)
    return bool(record.before.of(measure) or record.after.of(measure) or stated is not None)


def _both_sides(before: Any, after: Any) -> str:
    if str(before) == str(after):
        return str(before)
    return str(_("before: %(before)s; after: %(after)s", before=str(before), after=str(after)))


def _correction(correction: Correction, language: str) -> Detail:
    why = correction.why.spoken(language)
    term = _(
        "%(date)s, corrected: %(field)s, formerly %(was)s",
        date=format_date(correction.date, language),
        field=_field_name(correction.field),
        was=_old_value(correction, language),
    )
    return Detail(correction.field, str(term), why.text, why.language)


def _field_name(field: CorrectedField) -> str:
    side, _dot, measure = field.partition(".")
    if not measure:
        return str(_FIELD_NAMES[field])
    name = str(_SIDED_NAMES[side])
    return f"{MEASURE_NAMES[measure]} ({name})"


def _old_value(correction: Correction, language: str) -> str:
    """Printed like a present value where it reads as one, else in the source's own words."""
    parse = PARSERS.get(correction.field.partition(".")[2])
    try:
        return parse(correction.was).said(language) if parse else correction.was
    except ValueError:
        return digits(correction.was, language)
