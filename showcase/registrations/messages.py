"""The words of the messages to visitors, made at the moment they are sent."""

from typing import Any

from flask import current_app

from showcase.db import now
from showcase.events.queries import EventFacts
from showcase.events.when import told_times
from showcase.i18n import format_date, speaking
from showcase.outbox.actions import SMS, Attachment, Email, Sms
from showcase.registrations.calendar import FILENAME, calendar_file, place_of
from showcase.registrations.errors import EventNotPublished
from showcase.registrations.links import short_link, ticket_link
from showcase.registrations.published import published_event
from showcase.registrations.purchase import CONFIRMATION
from showcase.registrations.queries import Ticket, ticket_by_id


def compose(registration_id: int, kind: str, channel: str) -> Email | Sms | None:
    """The message in the language of its registration; None when it is no longer true.

    Raises:
        EventNotPublished: Its event is off the site at the moment.
        TicketKeyChanged: The ticket's link can no longer be told.
    """
    ticket = ticket_by_id(registration_id)
    if ticket is None or (kind == CONFIRMATION and not ticket.is_confirmed):
        return None
    event = published_event(ticket.event_id)
    if event is None:
        raise EventNotPublished
    with speaking(ticket.language):
        return _sms(ticket, event, kind) if channel == SMS else _email(ticket, event, kind)


def _sms(ticket: Ticket, event: EventFacts, kind: str) -> Sms:
    """The fullest of the template's lines that fits into one part; its last line always does."""
    context = {**_context(ticket, event), "link": short_link(ticket.secret)}
    lines = [line for line in _rendered(f"{kind}_sms.txt", context).splitlines() if line]
    messages = [Sms(ticket.phone or "", line) for line in lines]
    return next((sms for sms in messages if sms.parts == 1), messages[-1])


def _email(ticket: Ticket, event: EventFacts, kind: str) -> Email:
    context = {**_context(ticket, event), "link": ticket_link(ticket.secret, ticket.language)}
    return Email(
        to=ticket.email or "",
        subject=_rendered(f"{kind}_subject.txt", context).strip(),
        text=_rendered(f"{kind}.txt", context),
        html=_rendered(f"{kind}.html", context),
        attachments=(_calendar(ticket, event),),
    )


def _calendar(ticket: Ticket, event: EventFacts) -> Attachment:
    content = calendar_file(ticket, event, language=ticket.language, at=now())
    return Attachment(FILENAME, "calendar", content, {"method": "PUBLISH"})


def _context(ticket: Ticket, event: EventFacts) -> dict[str, Any]:
    language = ticket.language
    return {
        "language": language,
        "ticket": ticket,
        "event": event,
        "title": event.title(language),
        "day": format_date(event.starts, language),
        "when": told_times(event.starts, event.ends, language),
        "place": place_of(event, language),
    }


def _rendered(name: str, context: dict[str, Any]) -> str:
    """Straight from Jinja: Flask's own ``render_template`` would ask for the request's page."""
    return current_app.jinja_env.get_template(f"emails/{name}").render(context)
