"""Events as readers, tickets and stories see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from flask import url_for

from showcase.db import db, now
from showcase.districts.queries import district_name
from showcase.documents.checked import checked
from showcase.documents.models import Document, DocumentText
from showcase.documents.queries import is_visible
from showcase.events.fields import EventFields
from showcase.events.labels import KINDS, STATES
from showcase.events.models import Event
from showcase.events.states import EventState, state_of
from showcase.events.when import told_days
from showcase.i18n import DHAKA, format_month, format_number
from showcase.i18n import language as current_language
from showcase.registrations.queries import seats_left, seats_left_of_all
from showcase.text import nfc, slugify


@dataclass(frozen=True)
class EventFacts:
    """A published event: its row, its document and its words in both languages."""

    id: int
    slug: str
    kind: str
    starts: datetime
    ends: datetime
    opens: datetime | None
    closes: datetime | None
    party_max: int | None
    announced: str
    series: str | None
    sequence: int
    updated_at: datetime
    fields: EventFields
    titles: dict[str, tuple[str, str]]

    def title(self, language: str) -> str:
        return self._words(language)[0]

    def summary(self, language: str) -> str:
        return self._words(language)[1]

    def _words(self, language: str) -> tuple[str, str]:
        return self.titles.get(language) or next(iter(self.titles.values()))

    def venue_name(self, language: str) -> str:
        return self.fields.venue.name.text(language)

    def venue_address(self, language: str) -> str | None:
        address = self.fields.venue.address
        return address.text(language) if address else None

    def place(self, language: str) -> str:
        """Name and address of the venue in one line."""
        parts = (self.venue_name(language), self.venue_address(language))
        return ", ".join(part for part in parts if part)

    def organiser(self, language: str) -> str:
        """Empty where nobody is named."""
        organiser = self.fields.organiser
        return organiser.text(language) if organiser else ""

    @property
    def latitude(self) -> Decimal | None:
        return self.fields.venue.lat

    @property
    def longitude(self) -> Decimal | None:
        return self.fields.venue.lon

    @property
    def is_sample(self) -> bool:
        return self.fields.sample

    @property
    def takes_registrations(self) -> bool:
        return self.opens is not None

    @property
    def keeps_list(self) -> bool:
        """Who finds no seat can wait for one."""
        registration = self.fields.registration
        return registration is not None and registration.waiting_list

    @property
    def asks_approval(self) -> bool:
        """The organiser decides who comes."""
        registration = self.fields.registration
        return registration is not None and registration.approval


@dataclass(frozen=True)
class EventCard:
    """An event on a list, in the language of the page."""

    event: EventFacts
    state: EventState

    @cached_property
    def title(self) -> str:
        return self.event.title(current_language())

    @property
    def language(self) -> str:
        """Of the title, which may be another than the page's."""
        code = current_language()
        return code if code in self.event.titles else next(iter(self.event.titles))

    @property
    def url(self) -> str:
        return url_for("events.show", slug=self.event.slug)

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.event.kind])

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])

    @property
    def when(self) -> str:
        return told_days(self.event.starts, self.event.ends)

    @property
    def where(self) -> str:
        code = current_language()
        district = district_name(self.event.fields.district, code)
        return district or self.event.venue_name(code)

    @property
    def day(self) -> str:
        """For the date slip: 14."""
        return format_number(self.event.starts.astimezone(DHAKA).day)

    @property
    def month(self) -> str:
        first = self.event.starts.astimezone(DHAKA)
        return format_month(first.year, first.month)

    @property
    def sample(self) -> bool:
        return self.event.is_sample


def event_by_slug(slug: str) -> EventFacts | None:
    slug = nfc(slug)
    # PostgreSQL refuses a NUL with an error; no event is called so.
    return _first(facts(Event.slug == slug)) if slug == slugify(slug) else None


def event_by_id(event_id: int) -> EventFacts | None:
    return _first(facts(Event.id == event_id))


def card_of(event: EventFacts, at: datetime | None = None) -> EventCard:
    return EventCard(event, state_of(event, seats_left=seats_left(event.id), at=at or now()))


def coming_events(limit: int | None = None) -> list[EventCard]:
    """Not over yet, the next one first."""
    return cards(facts(Event.ends > now(), order=Event.starts, limit=limit))


def events_of_series(series: str, *, but: int, limit: int) -> list[EventCard]:
    """The others that are held again and again under one name, the latest first."""
    others = Event.series == series, Event.id != but
    return cards(facts(*others, order=Event.starts.desc(), limit=limit))


def ended_since(since: datetime, at: datetime) -> list[EventFacts]:
    """Events that are over at ``at`` and were not at ``since``, and took place."""
    took_place = Event.announced == "announced"
    return facts(Event.ends > since, Event.ends <= at, took_place, order=Event.ends)


def events_in(district: str, limit: int) -> tuple[list[EventCard], list[EventCard]]:
    """The events of a district, to come and past, the nearest first; of each at most ``limit``."""
    at = now()
    here = Event.district == district
    coming = facts(here, Event.ends > at, order=Event.starts, limit=limit)
    past = facts(here, Event.ends <= at, order=Event.starts.desc(), limit=limit)
    return cards(coming), cards(past)


def next_event_of_districts() -> dict[str, EventCard]:
    """By district: the event to come that is held as announced."""
    place = sa.func.row_number().over(
        partition_by=Event.district, order_by=(Event.starts, Event.id)
    )
    coming = (
        sa.select(Event.id, place.label("place"))
        .join(Document, Document.id == Event.id)
        .where(
            is_visible(),
            Event.ends > now(),
            Event.district.is_not(None),
            Event.announced == "announced",
        )
        .subquery()
    )
    first = sa.select(coming.c.id).where(coming.c.place == 1)
    return {card.event.fields.district or "": card for card in cards(facts(Event.id.in_(first)))}


def next_events_showing(story: str) -> list[EventCard]:
    """Where a reader can meet the team of a story: the fairs to come whose stalls show it."""
    return [
        card
        for card in coming_events()
        if any(stall.story == story for stall in card.event.fields.stalls)
    ]


def cards(events: Sequence[EventFacts]) -> list[EventCard]:
    """Each with its state now."""
    left = seats_left_of_all() if events else {}
    at = now()
    return [
        EventCard(event, state_of(event, seats_left=left.get(event.id), at=at)) for event in events
    ]


def facts(
    *where: sa.ColumnElement[bool],
    order: sa.ColumnExpressionArgument[datetime] = Event.starts,
    limit: int | None = None,
    offset: int = 0,
) -> list[EventFacts]:
    """The published events for which all of ``where`` holds.

    Two queries however many events there are.
    """
    rows = db.session.execute(
        sa.select(Event, Document.fields, Document.updated_at)
        .join(Document, Document.id == Event.id)
        .where(is_visible(), *where)
        .order_by(order, Event.id)
        .limit(limit)
        .offset(offset)
    ).all()
    titles = _titles([event.id for event, _, _ in rows])
    return [
        _event_facts(event, updated_at, stored, titles[event.id])
        for event, stored, updated_at in rows
    ]


def _titles(ids: Sequence[int]) -> dict[int, dict[str, tuple[str, str]]]:
    titles: dict[int, dict[str, tuple[str, str]]] = {}
    columns = DocumentText.document_id, DocumentText.language, DocumentText.title
    for document_id, language, title, summary in db.session.execute(
        sa.select(*columns, DocumentText.summary).where(DocumentText.document_id.in_(ids))
    ):
        titles.setdefault(document_id, {})[language] = (title, summary)
    return titles


def _event_facts(
    event: Event,
    updated_at: datetime,
    stored: Mapping[str, Any],
    titles: dict[str, tuple[str, str]],
) -> EventFacts:
    return EventFacts(
        id=event.id,
        slug=event.slug,
        kind=event.kind,
        starts=event.starts,
        ends=event.ends,
        opens=event.opens,
        closes=event.closes,
        party_max=event.party_max,
        announced=event.announced,
        series=event.series,
        sequence=event.sequence,
        updated_at=updated_at,
        fields=checked(EventFields, event.id, updated_at, stored),
        titles=titles,
    )


def _first(events: list[EventFacts]) -> EventFacts | None:
    return events[0] if events else None
