"""The register as a reader sees it: its rows, and the form that narrows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from showcase.districts.queries import district_name
from showcase.i18n import _, format_number
from showcase.i18n import language as current_language
from showcase.measurements.queries import Entry
from showcase.measurements.selection import (
    FILTER_NAMES,
    FILTERS,
    SORT_NAMES,
    Filter,
    Selection,
    value_name,
    values_of,
)
from showcase.stories.catalogue import catalogue
from showcase.stories.labels import SECTORS
from showcase.tcv.labels import METHOD_NAMES, NOT_STATED
from showcase.tcv.records import TcvRecord
from showcase.tcv.widget import Badge, Row, widget
from showcase.words import Spoken

_OF_STORIES: Final[tuple[Literal["district", "sector"], ...]] = ("district", "sector")


@dataclass(frozen=True)
class RecordRow:
    """One record; ``place`` is its story's district and sector."""

    id: str
    service: Spoken
    title: Spoken
    url: str
    place: str
    measures: tuple[Row, ...]
    badge: Badge
    method: str
    sample: str
    measured: str


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """One list of the form; the first option chooses nothing."""

    name: str
    label: str
    options: tuple[Option, ...]


def record_row(entry: Entry) -> RecordRow:
    code = current_language()
    view = widget(entry.record, code)
    return RecordRow(
        id=str(entry.id),
        service=view.service,
        title=Spoken(entry.title, entry.language),
        url=entry.url,
        place=", ".join(filter(None, (district_name(entry.district, code), _sector(entry)))),
        measures=view.rows,
        badge=view.badge,
        method=str(METHOD_NAMES[entry.record.method]),
        sample=sample_text(entry.record),
        measured=measured_text(entry.record),
    )


def sample_text(record: TcvRecord) -> str:
    return format_number(record.sample) if record.sample else str(NOT_STATED)


def measured_text(record: TcvRecord) -> str:
    return record.measured.said(current_language()) if record.measured else str(NOT_STATED)


def choices(selection: Selection) -> tuple[Choice, ...]:
    """The lists of the form, those of the filters and the order."""
    stories = catalogue()
    # Of 64 districts most have no story yet, and choosing one of those would show nothing.
    worth_a_line: dict[Filter, set[str]] = {name: set(stories.having[name]) for name in _OF_STORIES}
    filters = (
        Choice(
            name, str(FILTER_NAMES[name]), tuple(_options(name, selection, worth_a_line.get(name)))
        )
        for name in FILTERS
    )
    order = (Option(sort, str(label), sort == selection.sort) for sort, label in SORT_NAMES.items())
    return (*filters, Choice("sort", _("Order"), tuple(order)))


def _options(name: Filter, selection: Selection, worth_a_line: set[str] | None) -> Iterable[Option]:
    chosen = selection.choice.get(name)
    yield Option("", _("All"), chosen is None)
    for value in values_of(name):
        if value == chosen or worth_a_line is None or value in worth_a_line:
            yield Option(value, value_name(name, value), value == chosen)


def _sector(entry: Entry) -> str:
    return str(SECTORS.get(entry.sector, ""))
