"""A ticket as an entry in the visitor's calendar (RFC 5545)."""

from datetime import datetime
from typing import Final

import icalendar

from showcase.events.calendar import STATUS, add_event, new_calendar, unique_id, written
from showcase.events.queries import EventFacts
from showcase.i18n import _, speaking
from showcase.registrations import sessions
from showcase.registrations.queries import Ticket
from showcase.registrations.tickets.links import ticket_link

FILENAME: Final = "ticket.ics"


def calendar_file(ticket: Ticket, event: EventFacts, *, language: str, at: datetime) -> str:
    """The same entry each time, by its UID: imported again, it is brought up to date."""
    calendar = new_calendar("Tickets")
    with speaking(language):
        calendar.add_component(_entry(ticket, event, language, at))
    return written(calendar, [event])


def _entry(ticket: Ticket, event: EventFacts, language: str, at: datetime) -> icalendar.Event:
    link = ticket_link(ticket.secret, language)
    entry = icalendar.Event()
    entry.add("uid", unique_id(ticket.public_id))
    entry.add("dtstamp", at)
    # Both only grow, so a later file carries a higher number, whatever has changed.
    entry.add("sequence", ticket.changes + event.sequence)
    entry.add("status", _status(ticket, event))
    entry.add("summary", event.title(language))
    entry.add("description", "\n".join(_description(ticket, event, language, link)))
    entry.add("url", link)
    add_event(entry, event, language)
    return entry


def _status(ticket: Ticket, event: EventFacts) -> str:
    if ticket.has_ended:
        return "CANCELLED"
    status = STATUS[event.announced]
    return status if ticket.is_confirmed or status == "CANCELLED" else "TENTATIVE"


def _description(ticket: Ticket, event: EventFacts, language: str, link: str) -> list[str]:
    code = [_("Your ticket: %(code)s", code=ticket.code)] if ticket.is_confirmed else []
    return [*code, *sessions.told(event, ticket.sessions, language), link]
