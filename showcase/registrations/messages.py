"""The words of the messages to visitors, made at the moment they are sent."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from flask import current_app

from showcase.db import now
from showcase.events.when import told_moment, told_times
from showcase.i18n import format_date, format_time, speaking
from showcase.outbox.actions import EMAIL, SMS, Attachment, Email, Sms
from showcase.registrations import sessions
from showcase.registrations.errors import EventNotPublished
from showcase.registrations.message_kinds import (
    CALLED_OFF,
    CANCELLATION,
    CHANGE,
    CONFIRMATION,
    CONTACT,
    MOVED,
    POSTPONED,
)
from showcase.registrations.message_truth import Circumstances, is_still_true
from showcase.registrations.published import published_event
from showcase.registrations.queries import Place, Ticket, places_of, ticket_by_id
from showcase.registrations.tickets import links
from showcase.registrations.tickets.calendar import FILENAME, calendar_file
from showcase.registrations.tickets.standing import told_place

# What changes an entry in the visitor's calendar.
WITH_CALENDAR: Final = (CONFIRMATION, CHANGE, CANCELLATION, POSTPONED, CALLED_OFF, MOVED)


def compose(registration_id: int, kind: str, channel: str) -> Email | Sms | None:
    """The message in the language of its registration; None when it is no longer true.

    Raises:
        EventNotPublished: Its event is off the site at the moment.
        TicketKeyChanged: The ticket's link can no longer be told.
    """
    ticket = ticket_by_id(registration_id)
    if ticket is None or ticket.is_erased:
        return None
    event = published_event(ticket.event_id)
    if event is None:
        raise EventNotPublished
    circumstances = Circumstances(ticket, event, places_of(ticket.registration_id), now())
    if not is_still_true(kind, circumstances):
        return None
    if kind == CONTACT and links.contact_link(ticket, channel) is None:
        return None
    return written(kind, channel, circumstances)


def written(kind: str, channel: str, circumstances: Circumstances) -> Email | Sms:
    """The message, true or not."""
    with speaking(circumstances.ticket.language):
        return _sms(kind, circumstances) if channel == SMS else _email(kind, circumstances)


def _sms(kind: str, circumstances: Circumstances) -> Sms:
    """The fullest of the template's lines that fits into one part; its last line always does."""
    ticket = circumstances.ticket
    link = links.contact_link(ticket, SMS) if kind == CONTACT else links.short_link(ticket.secret)
    context = {**_context(circumstances), "link": link}
    lines = [line.strip() for line in _block(kind, "sms", context).splitlines() if line.strip()]
    to = ticket.new_phone if kind == CONTACT else ticket.phone
    messages = [Sms(to or "", line) for line in lines]
    return next((sms for sms in messages if sms.parts == 1), messages[-1])


def _email(kind: str, circumstances: Circumstances) -> Email:
    ticket, is_new = circumstances.ticket, kind == CONTACT
    ticket_link = links.ticket_link(ticket.secret, ticket.language)
    link = links.contact_link(ticket, EMAIL) if is_new else ticket_link
    context = {**_context(circumstances), "link": link}
    subject, text = _block(kind, "subject", context).strip(), _text(kind, context)
    paragraphs = [paragraph.splitlines() for paragraph in text.split("\n\n")]
    return Email(
        to=(ticket.new_email if is_new else ticket.email) or "",
        subject=subject,
        text=text,
        html=_rendered("message.html", {**context, "subject": subject, "paragraphs": paragraphs}),
        attachments=(_calendar(circumstances),) if kind in WITH_CALENDAR else (),
    )


def _calendar(circumstances: Circumstances) -> Attachment:
    ticket, event, _places, at = circumstances
    content = calendar_file(ticket, event, language=ticket.language, at=at)
    return Attachment(FILENAME, "calendar", content, {"method": "PUBLISH"})


def _context(circumstances: Circumstances) -> dict[str, Any]:
    ticket, event, places, at = circumstances
    language = ticket.language
    return {
        "language": language,
        "ticket": ticket,
        "event": event,
        "title": event.title(language),
        "day": format_date(event.starts, language),
        "hour": format_time(event.starts, language),
        "when": told_times(event.starts, event.ends, language),
        "place": event.place(language),
        "sessions": sessions.told(event, ticket.sessions, language),
        "places": [told_place(place, event, at) for place in places],
        "answer_by": told_moment(_answer_by(ticket, places), language),
    }


def _answer_by(ticket: Ticket, places: Sequence[Place]) -> datetime | None:
    """Of an invitation, or of the offer that ends first."""
    ends = [place.offered_until for place in places]
    return min((end for end in (*ends, ticket.answer_by) if end), default=None)


def _block(kind: str, block: str, context: dict[str, Any]) -> str:
    template = current_app.jinja_env.get_template(f"emails/{kind}.txt")
    return "".join(template.blocks[block](template.new_context(context)))


def _text(kind: str, context: dict[str, Any]) -> str:
    """Without the gaps that what is left out leaves."""
    return _GAPS.sub("\n\n", _rendered(f"{kind}.txt", context)).strip() + "\n"


_GAPS: Final = re.compile(r"\n\s*\n")


def _rendered(name: str, context: dict[str, Any]) -> str:
    """Straight from Jinja: Flask's own ``render_template`` would ask for the request's page."""
    return current_app.jinja_env.get_template(f"emails/{name}").render(context)
