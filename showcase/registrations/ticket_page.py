"""What the page of a ticket shows, in the language of the page."""

from dataclasses import dataclass
from datetime import datetime

import segno

from showcase.events.page import geo_uri, map_url
from showcase.events.queries import EventCard, EventFacts, card_of
from showcase.events.when import told_times
from showcase.i18n import _, language
from showcase.registrations.calendar import place_of
from showcase.registrations.links import ticket_link
from showcase.registrations.queries import Ticket


@dataclass(frozen=True)
class TicketPage:
    """
    Attributes:
        warning: What is not as planned, e.g. that the event is postponed; empty if all is well.
        qr: An SVG drawing; empty where the ticket lets nobody in.
    """

    ticket: Ticket
    card: EventCard
    when: str
    place: str
    map_url: str
    geo_uri: str
    warning: str
    qr: str
    may_cancel: bool


def ticket_page(ticket: Ticket, event: EventFacts, *, at: datetime) -> TicketPage:
    code = language()
    lets_in = ticket.is_confirmed and event.announced != "cancelled" and at < event.ends
    return TicketPage(
        ticket=ticket,
        card=card_of(event, at),
        when=told_times(event.starts, event.ends, code),
        place=place_of(event, code),
        map_url=map_url(event),
        geo_uri=geo_uri(event),
        warning=_warning(ticket, event, at),
        qr=_qr(ticket_link(ticket.secret, code)) if lets_in else "",
        may_cancel=lets_in,
    )


def _warning(ticket: Ticket, event: EventFacts, at: datetime) -> str:
    if not ticket.is_confirmed:
        return _("This registration is cancelled. The ticket lets nobody in.")
    if event.announced == "cancelled":
        return _("This event is cancelled: it will not take place. You need do nothing.")
    if at >= event.ends:
        return _("This event is over. Thank you for coming.")
    if event.announced == "postponed":
        return _("This event is postponed. Your ticket stays valid for the new date.")
    return ""


def _qr(link: str) -> str:
    """Any phone's camera opens it. Dark on white also in a dark scheme, or scanners fail."""
    code = segno.make_qr(link, error="m")
    # ISO/IEC 18004 asks for a quiet zone of four modules.
    return str(code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff"))
