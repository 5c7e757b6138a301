"""Counters ready to print."""

from dataclasses import dataclass, replace

from showcase.documents.queries import table
from showcase.figures.fields import FigureRow, disagreeing
from showcase.i18n import _, format_known, format_number, format_percent, speaking


@dataclass(frozen=True)
class Figure:
    """One counter in one language.

    Attributes:
        as_of: Empty where the source gives no date.
        disagreeing: Where others contradict it: all of them and itself, to be shown together.
    """

    key: str
    phase: str
    value: str
    label: str
    source: str
    as_of: str
    note: str
    disagreeing: tuple["Figure", ...] = ()


def all_figures(language: str) -> list[Figure]:
    rows = [FigureRow.model_validate(row) for row in table("figure")]
    figures = {row.key: _figure(row, language) for row in rows}
    together = {
        row.key: tuple(figures[other.key] for other in group)
        for group in disagreeing(rows)
        for row in group
    }
    return [replace(figure, disagreeing=together.get(key, ())) for key, figure in figures.items()]


def _figure(row: FigureRow, language: str) -> Figure:
    return Figure(
        key=row.key,
        phase=row.phase,
        value=_value(row, language),
        label=row.label.text(language),
        source=row.source.text(language),
        as_of=format_known(row.as_of.year, row.as_of.month, row.as_of.day, language),
        note=row.note.text(language) if row.note else "",
    )


def _value(row: FigureRow, language: str) -> str:
    if row.text is not None:
        return row.text.text(language)
    with speaking(language):
        told = _number(row, row.value or 0, language)
        if row.sign == "over":
            return str(_("over %(number)s", number=told))
    return f"{told}+" if row.sign == "plus" else told


def _number(row: FigureRow, number: int, language: str) -> str:
    if row.scale == "million":
        return _millions(number, language)
    if row.unit == "percent":
        return format_percent(number, language)
    return format_number(number, language)


def _millions(number: int, language: str) -> str:
    """Bangla counts in lakh (a tenth of a million) and crore (ten million)."""
    if language != "bn":
        return str(_("%(number)s million", number=format_number(number, language)))
    crore, lakh = divmod(number * 10, 100)
    parts = [(crore, "কোটি"), (lakh, "লাখ")]
    told = [f"{format_number(count, language)} {name}" for count, name in parts if count]
    return " ".join(told) or format_number(0, language)
