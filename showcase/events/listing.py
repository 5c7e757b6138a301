"""Which events a selection finds: those to come, and a page of the past ones or of a month's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from showcase.db import db, now
from showcase.documents.models import Document
from showcase.documents.queries import is_visible
from showcase.events.models import Event
from showcase.events.months import Month, months_from
from showcase.events.queries import EventCard, cards, facts
from showcase.events.selection import Selection
from showcase.events.when import days_of
from showcase.paging import page_count

PER_PAGE: Final = 24
# Farther ahead there is little, and a calendar can be turned month by month.
_MOST_MONTHS: Final = 24


@dataclass(frozen=True)
class Listing:
    """The events of one page of the list.

    Attributes:
        coming: The next one first; on the first page, and only where no month is chosen.
        shown: The past ones, the latest first; in a month all of it, in order.
        of_month: All of the month; none where no month is chosen.
        total: How many ``shown`` has on all pages.
        page: The last one, where the selection asks for one beyond it.
    """

    coming: list[EventCard]
    shown: list[EventCard]
    of_month: list[EventCard]
    total: int
    page: int
    pages: int

    @property
    def is_empty(self) -> bool:
        return not (self.coming or self.shown)


def listing(selection: Selection) -> Listing:
    return _month(selection, selection.month) if selection.month else _all(selection)


def _month(selection: Selection, month: Month) -> Listing:
    touching = Event.starts < month.ends, Event.ends > month.starts
    events = cards(facts(*_narrowed(selection), *touching, order=Event.starts))
    pages = page_count(len(events), PER_PAGE)
    page = min(selection.page, pages)
    shown = events[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Listing([], shown, events, len(events), page, pages)


def _all(selection: Selection) -> Listing:
    at, narrowed = now(), _narrowed(selection)
    past = (*narrowed, Event.ends <= at)
    total = _count(past)
    pages = page_count(total, PER_PAGE)
    page = min(selection.page, pages)
    found = facts(*past, order=Event.starts.desc(), limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    coming = facts(*narrowed, Event.ends > at, order=Event.starts) if page == 1 else []
    told = cards([*coming, *found])
    return Listing(told[: len(coming)], told[len(coming) :], [], total, page, pages)


def _narrowed(selection: Selection) -> tuple[sa.ColumnElement[bool], ...]:
    asked = ((Event.district, selection.district), (Event.kind, selection.kind))
    return tuple(column == value for column, value in asked if value)


def _count(where: tuple[sa.ColumnElement[bool], ...]) -> int:
    visible = sa.select(sa.func.count()).join_from(Event, Document, Document.id == Event.id)
    return db.session.scalar(visible.where(is_visible(), *where)) or 0


def districts_with_events() -> set[str]:
    """Of all events that were ever announced here."""
    found = sa.select(Event.district).join(Document, Document.id == Event.id).distinct()
    return set(db.session.scalars(found.where(is_visible(), Event.district.is_not(None))))


def months_with_events(since: datetime) -> list[Month]:
    """From that moment on, the nearest first."""
    times = sa.select(Event.starts, Event.ends).join(Document, Document.id == Event.id)
    coming = db.session.execute(times.where(is_visible(), Event.ends > since)).tuples()
    months: set[Month] = set()
    for starts, ends in coming:
        months.update(months_from(*days_of(max(starts, since), ends)))
    return sorted(months)[:_MOST_MONTHS]
