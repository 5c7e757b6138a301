"""A ticket as an entry in the visitor's calendar (RFC 5545)."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import icalendar
from flask import current_app

from showcase.events.queries import EventFacts
from showcase.i18n import DHAKA, _, speaking
from showcase.registrations.links import ticket_link
from showcase.registrations.queries import Ticket

FILENAME: Final = "ticket.ics"

# A later file must carry a higher number, or a calendar keeps what it has.
_PLANNED: Final = ("CONFIRMED", 0)
_POSTPONED: Final = ("TENTATIVE", 1)
_CANCELLED: Final = ("CANCELLED", 2)

# Around the event, how much of Dhaka's time zone is written down.
_ROOM: Final = timedelta(days=365)


def calendar_file(ticket: Ticket, event: EventFacts, *, language: str, at: datetime) -> str:
    """The same entry each time, by its UID: imported again, it is brought up to date."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Showcase//Tickets//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with speaking(language):
        calendar.add_component(_entry(ticket, event, language, at))
    calendar.add_missing_timezones(
        first_date=event.starts.date() - _ROOM, last_date=event.ends.date() + _ROOM
    )
    return str(calendar.to_ical(), "utf-8")


def _entry(ticket: Ticket, event: EventFacts, language: str, at: datetime) -> icalendar.Event:
    status, sequence = _standing(ticket, event)
    link = ticket_link(ticket.secret, language)
    entry = icalendar.Event()
    entry.add("uid", f"{ticket.public_id}@{urlsplit(current_app.config['PUBLIC_URL']).hostname}")
    entry.add("dtstamp", at)
    entry.add("sequence", sequence)
    entry.add("status", status)
    entry.add("dtstart", event.starts.astimezone(DHAKA))
    entry.add("dtend", event.ends.astimezone(DHAKA))
    entry.add("summary", event.title(language))
    entry.add("location", place_of(event, language))
    entry.add("description", _("Your ticket: %(code)s", code=ticket.code) + f"\n{link}")
    entry.add("url", link)
    if event.latitude is not None and event.longitude is not None:
        entry.add("geo", (float(event.latitude), float(event.longitude)))
    return entry


def _standing(ticket: Ticket, event: EventFacts) -> tuple[str, int]:
    if not ticket.is_confirmed or event.announced == "cancelled":
        return _CANCELLED
    return _POSTPONED if event.announced == "postponed" else _PLANNED


def place_of(event: EventFacts, language: str) -> str:
    """Name and address of the venue in one line."""
    parts = (event.venue_name(language), event.venue_address(language))
    return ", ".join(part for part in parts if part)
