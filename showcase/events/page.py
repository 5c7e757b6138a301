"""What an event's page shows, in the language of the page."""

from dataclasses import dataclass
from typing import Final

from flask import url_for

from showcase.body import Part, body_parts
from showcase.db import now
from showcase.documents import queries as documents
from showcase.documents.queries import Reading
from showcase.events.agenda import Day, agenda
from showcase.events.outcome import AwardRow, ProceedingRow, awards, proceedings, stories_named
from showcase.events.queries import EventCard, EventFacts, events_of_series
from showcase.events.stalls import Pavilion, pavilions
from showcase.events.when import told_hours, told_moment
from showcase.i18n import language as current_language
from showcase.registrations.queries import seats_left, sessions_left
from showcase.stories.titles import titles_of

_MOST_OF_SERIES: Final = 12


@dataclass(frozen=True)
class EventPage:
    """Everything below the title.

    Attributes:
        seats_left: None where the event takes no registrations.
        others: Of the same series, the latest first.
    """

    reading: Reading
    body: tuple[Part, ...]
    hours: str
    venue: str
    address: str
    map_url: str
    geo_uri: str
    calendar_url: str
    organiser: str
    seats_left: int | None
    opens: str
    closes: str
    agenda: tuple[Day, ...]
    pavilions: tuple[Pavilion, ...]
    results: tuple[tuple[str, str], ...]
    awards: tuple[AwardRow, ...]
    proceedings: tuple[ProceedingRow, ...]
    others: tuple[EventCard, ...]
    sources: tuple[tuple[str, str], ...]

    @property
    def has_results(self) -> bool:
        return bool(self.results or self.awards or self.proceedings)


def event_page(event: EventFacts) -> EventPage:
    code = current_language()
    reading = documents.find("event", event.slug, code)
    assert reading is not None  # noqa: S101 - found as an event a moment ago
    fields = event.fields
    titles = titles_of(stories_named(fields))
    return EventPage(
        reading=reading,
        body=body_parts(reading.html, code),
        hours=told_hours(event.starts, event.ends),
        venue=event.venue_name(code),
        address=event.venue_address(code) or "",
        map_url=map_url(event),
        geo_uri=geo_uri(event),
        calendar_url=url_for("events.event_calendar", slug=event.slug),
        organiser=event.organiser(code),
        seats_left=seats_left(event.id),
        opens=told_moment(event.opens),
        closes=told_moment(event.closes),
        agenda=agenda(event, sessions_left(event.id) if fields.sessions else {}, at=now()),
        pavilions=pavilions(fields.stalls, titles),
        results=tuple((r.what.text(code), r.value.text(code)) for r in fields.results),
        awards=awards(fields, titles),
        proceedings=proceedings(fields, titles),
        others=_others(event),
        sources=tuple((s.title.text(code), s.url or "") for s in fields.sources),
    )


def _others(event: EventFacts) -> tuple[EventCard, ...]:
    if event.series is None:
        return ()
    return tuple(events_of_series(event.series, but=event.id, limit=_MOST_OF_SERIES))


def map_url(event: EventFacts) -> str:
    """The venue on OpenStreetMap; empty where its position is not known."""
    if event.latitude is None or event.longitude is None:
        return ""
    place = f"{event.latitude}/{event.longitude}"
    return (
        "https://www.openstreetmap.org/"
        f"?mlat={event.latitude}&mlon={event.longitude}#map=17/{place}"
    )


def geo_uri(event: EventFacts) -> str:
    """RFC 5870: opens whatever map the phone has, also without a network."""
    if event.latitude is None or event.longitude is None:
        return ""
    return f"geo:{event.latitude},{event.longitude}"
