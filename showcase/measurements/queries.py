"""TCV records as entries of the register: the stories' own records, with where they come from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from flask import url_for

from showcase.db import db
from showcase.documents.models import Document
from showcase.documents.queries import Reading, is_visible, readings
from showcase.i18n import language
from showcase.measurements.selection import Selection
from showcase.paging import page_count
from showcase.stories.models import StoryEntry, TcvEntry
from showcase.stories.stretch import texts_of
from showcase.tcv.records import TcvRecord
from showcase.text import latin_digits, nfc, slugify

PER_PAGE: Final = 25
_AT_ONCE: Final = 200
_NUMBER: Final = re.compile("[1-9][0-9]{0,3}")


class RecordId(NamedTuple):
    """The story and the number of the record in it: ``animal-health-camp.1``."""

    slug: str
    number: int

    def __str__(self) -> str:
        return f"{self.slug}.{self.number}"


@dataclass(frozen=True)
class Entry:
    """One record of a published story; ``language`` is that of the title."""

    id: RecordId
    record: TcvRecord
    title: str
    language: str
    district: str | None
    sector: str

    @property
    def url(self) -> str:
        return url_for("stories.show", slug=self.id.slug)


class Page(NamedTuple):
    """One page of the register.

    Attributes:
        lacking_from: At which entry of the page those begin that lack the number sorted by.
    """

    entries: list[Entry]
    total: int
    number: int
    pages: int
    lacking_from: int | None


@dataclass(frozen=True)
class Exported:
    """One record as the whole register has it, with the story's title in every language."""

    id: RecordId
    record: TcvRecord
    titles: dict[str, str]
    district: str | None
    sector: str
    published: date | None


def parse_id(text: str) -> RecordId | None:
    """None for what no record can be called."""
    slug, _dot, number = nfc(text).rpartition(".")
    number = latin_digits(number)
    if not slug or slug != slugify(slug) or not _NUMBER.fullmatch(number):
        return None
    return RecordId(slug, int(number))


def entries_of(ids: Iterable[RecordId]) -> list[Entry]:
    """Those that are published, in the order given. Two queries."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    slugs = {one.slug for one in wanted}
    found = readings("story", language(), Document.slug.in_(slugs))
    by_id = {entry.id: entry for reading in found for entry in _entries(reading)}
    return [by_id[one] for one in wanted if one in by_id]


def register_page(selection: Selection) -> Page:
    """Four queries, however many records there are."""
    chosen = _chosen(selection)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    pages = page_count(total, PER_PAGE)
    number = min(selection.page, pages)
    rows = db.session.execute(
        chosen.order_by(*_order(selection.sort)).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    ).all()
    entries = entries_of(RecordId(row.slug, row.number) for row in rows)
    lacking = (place for place, row in enumerate(rows) if row.sorted_by is None)
    return Page(entries, total, number, pages, next(lacking, None))


def count_records() -> int:
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(TcvEntry)
            .join(Document, Document.id == TcvEntry.story_id)
            .where(is_visible())
        )
        or 0
    )


def all_records() -> Iterator[TcvRecord]:
    """Of all published stories in which something was measured afterwards."""
    rows = db.session.scalars(
        sa.select(Document.fields["tcv"])
        .join(StoryEntry, StoryEntry.id == Document.id)
        .where(is_visible(), StoryEntry.measured)
        .execution_options(yield_per=_AT_ONCE)
    )
    return (TcvRecord.model_validate(stored) for row in rows for stored in row)


def exported() -> Iterator[Exported]:
    """The whole register, oldest document first, a few stories in memory at a time.

    Each handful is a transaction of its own: a slow reader holds nothing up.
    """
    last = 0
    while rows := _next_stories(last):
        texts = texts_of([row.id for row in rows])
        db.session.rollback()
        for row in rows:
            for number, stored in enumerate(row.records, 1):
                yield Exported(
                    RecordId(row.slug, number),
                    TcvRecord.model_validate(stored),
                    {code: text.title for code, text in texts[row.id].items()},
                    row.district,
                    row.sector,
                    row.published,
                )
        last = rows[-1].id


def _next_stories(after: int) -> Sequence[Any]:
    return db.session.execute(
        sa.select(
            Document.id,
            Document.slug,
            Document.published,
            StoryEntry.district,
            StoryEntry.sector,
            Document.fields["tcv"].label("records"),
        )
        .join(StoryEntry, StoryEntry.id == Document.id)
        .where(is_visible(), Document.id > after)
        .where(sa.exists().where(TcvEntry.story_id == Document.id))
        .order_by(Document.id)
        .limit(_AT_ONCE)
    ).all()


def _entries(reading: Reading) -> Iterator[Entry]:
    for number, stored in enumerate(reading.fields["tcv"], 1):
        yield Entry(
            id=RecordId(reading.slug, number),
            record=TcvRecord.model_validate(stored),
            title=reading.title,
            language=reading.language,
            district=reading.fields.get("district"),
            sector=reading.fields["sector"],
        )


def _chosen(selection: Selection) -> sa.Select[Any]:
    query = (
        sa.select(StoryEntry.slug, TcvEntry.number, _SORTED_BY[selection.sort].label("sorted_by"))
        .join(StoryEntry, StoryEntry.id == TcvEntry.story_id)
        .join(Document, Document.id == StoryEntry.id)
        .where(is_visible())
    )
    for name, value in selection.choice.items():
        query = query.where(_MEANS[name](value))
    return query


def _order(sort: str) -> tuple[Any, ...]:
    """What lacks the number comes last; equal ones stand newest first, and always the same way."""
    newest = (Document.published.desc(), StoryEntry.slug, TcvEntry.number)
    column = _SORTED_BY[sort]
    if sort in _CHANGES:
        return (column.is_(None), column, *newest)
    return newest if sort == "newest" else (column.desc(), *newest)


_CHANGES: Final = {
    "time": TcvEntry.time_change,
    "cost": TcvEntry.cost_change,
    "visits": TcvEntry.visits_change,
}
_SORTED_BY: Final[dict[str, Any]] = {
    **_CHANGES,
    "evidence": TcvEntry.evidence,
    "newest": TcvEntry.number,
}
_MEANS: Final[dict[str, Any]] = {
    "evidence": lambda value: TcvEntry.evidence == int(value),
    "sector": lambda value: StoryEntry.sector == value,
    "district": lambda value: StoryEntry.district == value,
    "measure": lambda value: _CHANGES[value].is_not(None),
    "method": lambda value: TcvEntry.method == value,
}
