"""What an event's page shows, in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from showcase.body import Part, body_parts
from showcase.documents import queries as documents
from showcase.documents.queries import Reading
from showcase.events.fields import Item, Session, Stall
from showcase.events.queries import EventFacts
from showcase.events.when import told_hours, told_moment
from showcase.i18n import _, _n, format_day, format_number, format_time
from showcase.i18n import language as current_language
from showcase.registrations.queries import seats_left
from showcase.stories.titles import titles_of


@dataclass(frozen=True)
class AgendaItem:
    time: str
    title: str
    track: str
    seats: str


@dataclass(frozen=True)
class Day:
    name: str
    sessions: tuple[AgendaItem, ...]


@dataclass(frozen=True)
class StallRow:
    number: str
    office: str
    services: tuple[str, ...]
    story_title: str
    story_url: str


@dataclass(frozen=True)
class Pavilion:
    name: str
    stalls: tuple[StallRow, ...]


@dataclass(frozen=True)
class EventPage:
    """Everything below the title.

    Attributes:
        seats_left: None where the event takes no registrations.
        agenda: Per day, in order.
        pavilions: With their stalls in order of number.
    """

    reading: Reading
    body: tuple[Part, ...]
    hours: str
    venue: str
    address: str
    map_url: str
    geo_uri: str
    organiser: str
    seats_left: int | None
    opens: str
    closes: str
    agenda: tuple[Day, ...]
    pavilions: tuple[Pavilion, ...]
    results: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]


def event_page(event: EventFacts) -> EventPage:
    code = current_language()
    reading = documents.find("event", event.slug, code)
    assert reading is not None  # noqa: S101 - found as an event a moment ago
    fields = event.fields
    return EventPage(
        reading=reading,
        body=body_parts(reading.html, code),
        hours=told_hours(event.starts, event.ends),
        venue=event.venue_name(code),
        address=event.venue_address(code) or "",
        map_url=map_url(event),
        geo_uri=geo_uri(event),
        organiser=event.organiser(code),
        seats_left=seats_left(event.id),
        opens=told_moment(event.opens),
        closes=told_moment(event.closes),
        agenda=_agenda([*fields.programme, *fields.sessions], code),
        pavilions=_pavilions(event, code),
        results=tuple((r.what.text(code), r.value.text(code)) for r in fields.results),
        sources=tuple((s.title.text(code), s.url or "") for s in fields.sources),
    )


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


def _agenda(items: Sequence[Item], code: str) -> tuple[Day, ...]:
    ordered = sorted(items, key=lambda item: item.starts)
    return tuple(
        Day(name, tuple(_agenda_item(item, code) for item in of_day))
        for name, of_day in groupby(ordered, key=lambda item: format_day(item.starts))
    )


def _agenda_item(item: Item, code: str) -> AgendaItem:
    track = item.track.text(code) if item.track else ""
    hours = f"{format_time(item.starts)} – {format_time(item.ends)}"
    return AgendaItem(hours, item.title.text(code), track, _seats(item))


def _seats(item: Item) -> str:
    seats = item.seats if isinstance(item, Session) else None
    if seats is None:
        return ""
    return str(_n("%(number)s seat", "%(number)s seats", seats, number=format_number(seats)))


def _pavilions(event: EventFacts, code: str) -> tuple[Pavilion, ...]:
    stalls = sorted(event.fields.stalls, key=lambda stall: stall.number)
    titles = titles_of([stall.story for stall in stalls if stall.story])
    pavilions: dict[str, list[StallRow]] = {}
    for stall in stalls:
        name = stall.pavilion.text(code) if stall.pavilion else _("Stalls")
        pavilions.setdefault(name, []).append(_stall_row(stall, titles, code))
    return tuple(Pavilion(name, tuple(rows)) for name, rows in pavilions.items())


def _stall_row(stall: Stall, titles: dict[str, str], code: str) -> StallRow:
    """A story that is not published (any more) is not linked."""
    title = titles.get(stall.story or "", "")
    return StallRow(
        number=format_number(stall.number, code),
        office=stall.office.text(code),
        services=tuple(service.text(code) for service in stall.services),
        story_title=title,
        story_url=url_for("stories.show", slug=stall.story) if title else "",
    )
