"""Events as entries of a calendar (RFC 5545): files to open once, and feeds to subscribe to.

A calendar keeps what it has of an entry until one with the same UID and a higher SEQUENCE comes;
``Event.sequence`` grows when times or state change.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import icalendar
from flask import current_app

from showcase.addresses import public_url
from showcase.db import now
from showcase.districts.queries import district_name
from showcase.events.labels import ADVICE
from showcase.events.models import Event
from showcase.events.queries import EventCard, EventFacts, cards, facts
from showcase.i18n import DHAKA, _
from showcase.i18n import language as current_language

MEDIA_TYPE: Final = "text/calendar; charset=utf-8; method=PUBLISH"

# How long a fair that is over stays in the calendars of those who subscribe.
_KEPT_AFTERWARDS: Final = timedelta(days=90)
# Seats change by the minute, dates do not: a calendar that asks four times a day is never far off.
_ASK_AGAIN_AFTER: Final = timedelta(hours=6)
STATUS: Final = {
    "announced": "CONFIRMED",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}


def new_calendar(of_what: str) -> icalendar.Calendar:
    """An empty one; ``of_what`` names it for other programs, e.g. ``Tickets``."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Showcase//{of_what}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def add_event(entry: icalendar.Event, event: EventFacts, language: str) -> None:
    """What every entry of an event tells: when, and where."""
    entry.add("dtstart", event.starts.astimezone(DHAKA))
    entry.add("dtend", event.ends.astimezone(DHAKA))
    entry.add("location", event.place(language))
    if event.latitude is not None and event.longitude is not None:
        entry.add("geo", (float(event.latitude), float(event.longitude)))


def unique_id(name: str) -> str:
    """The UID under which a calendar knows an entry, the same for ever."""
    return f"{name}@{urlsplit(current_app.config['PUBLIC_URL']).hostname}"


@cache
def _dhaka() -> icalendar.Timezone:
    """Made once: it takes 30 ms. Dhaka's clocks were last changed on 1 January 2010."""
    return icalendar.Timezone.from_tzid(DHAKA.key, first_date=date(2010, 1, 2))


def written(calendar: icalendar.Calendar, events: Sequence[EventFacts]) -> str:
    """The file, with the time zone that its events name."""
    if events:
        calendar.subcomponents.insert(0, _dhaka())
    return str(calendar.to_ical(), "utf-8")


def event_file(card: EventCard) -> str:
    """One event, in the language of the page."""
    calendar = new_calendar("Events")
    calendar.add_component(_entry(card))
    return written(calendar, [card.event])


def feed(district: str | None) -> str:
    """All events to come and those just past, of the whole country or one district."""
    since = now() - _KEPT_AFTERWARDS
    here = (Event.district == district,) if district else ()
    events = facts(Event.ends > since, *here, order=Event.starts)
    calendar = new_calendar("Events")
    _introduce(calendar, district)
    for card in cards(events):
        calendar.add_component(_entry(card))
    return written(calendar, events)


def _introduce(calendar: icalendar.Calendar, district: str | None) -> None:
    """Its name, and how often to ask for it: RFC 7986, and as calendars knew it before."""
    code = current_language()
    name = " – ".join(filter(None, [_("Fairs and events"), district_name(district, code)]))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", DHAKA.key)
    calendar.add("refresh-interval", _ASK_AGAIN_AFTER, {"value": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(_ASK_AGAIN_AFTER))
    calendar.add("url", public_url("events.index", district=district))


def _entry(card: EventCard) -> icalendar.Event:
    event, code = card.event, current_language()
    entry = icalendar.Event()
    link = public_url("events.show", slug=event.slug)
    entry.add("uid", unique_id(f"event-{event.slug}"))
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("sequence", event.sequence)
    entry.add("status", STATUS[event.announced])
    entry.add("transp", "TRANSPARENT")
    entry.add("summary", _summary(card))
    entry.add("description", _description(card, link))
    entry.add("categories", [card.kind_label])
    entry.add("url", link)
    add_event(entry, event, code)
    return entry


def _summary(card: EventCard) -> str:
    """Many a calendar shows this alone, whatever the STATUS says."""
    off = card.state_label if card.event.announced != "announced" else ""
    made_up = _("Sample data") if card.sample else ""
    marks = ", ".join(filter(None, [off, made_up]))
    return f"{card.title} ({marks})" if marks else card.title


def _description(card: EventCard, link: str) -> str:
    state = f"{card.state_label}. {ADVICE[card.state]}"
    return "\n".join([card.event.summary(current_language()), state, link])
