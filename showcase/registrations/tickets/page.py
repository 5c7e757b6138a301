"""What the page of a ticket shows, in the language of the page."""

from dataclasses import dataclass
from datetime import datetime

from showcase.events.page import geo_uri, map_url
from showcase.events.queries import EventCard, EventFacts, card_of
from showcase.events.when import told_times
from showcase.gate.queries import is_checked_in
from showcase.i18n import _, language
from showcase.qr import qr_drawing
from showcase.registrations import sessions
from showcase.registrations.queries import Ticket, places_of
from showcase.registrations.tickets.extras import extras_of
from showcase.registrations.tickets.links import ticket_link
from showcase.registrations.tickets.standing import PlaceInLine, standing, told_place


@dataclass(frozen=True)
class TicketPage:
    """
    Attributes:
        heading: "Ticket", "Waiting list" …
        warning: How things stand where they are not as planned; empty if all is well.
        qr: An SVG drawing; empty where the ticket lets nobody in.
        places: Where it waits, and what it is offered.
        extras: Label and address of what its holder can do besides.
    """

    ticket: Ticket
    card: EventCard
    heading: str
    warning: str
    when: str
    place: str
    map_url: str
    geo_uri: str
    sessions: list[str]
    answers: list[tuple[str, str]]
    places: list[PlaceInLine]
    extras: list[tuple[str, str]]
    qr: str
    may_change: bool
    may_answer: bool


def ticket_page(ticket: Ticket, event: EventFacts, *, at: datetime) -> TicketPage:
    code = language()
    takes_place = _takes_place(event, at)
    lets_in = ticket.is_confirmed and takes_place
    heading, warning = standing(ticket, event, at)
    return TicketPage(
        ticket=ticket,
        card=card_of(event, at),
        heading=heading,
        warning=warning,
        when=told_times(event.starts, event.ends, code),
        place=event.place(code),
        map_url=map_url(event),
        geo_uri=geo_uri(event),
        sessions=sessions.told(event, ticket.sessions),
        answers=_answers(ticket, event, code),
        places=_places(ticket, event, at) if takes_place else [],
        extras=extras_of(ticket, event, at),
        qr=qr_drawing(ticket_link(ticket.secret, code), damage="m") if lets_in else "",
        may_change=may_change(ticket, event, at),
        may_answer=takes_place and ticket.is_invited and not _is_late(ticket, at),
    )


def may_change(ticket: Ticket, event: EventFacts, at: datetime) -> bool:
    """Or cancel: until the event is over or off, and until the ticket was shown at the gate."""
    if not _takes_place(event, at) or ticket.has_ended or ticket.is_invited:
        return False
    return not is_checked_in(ticket.registration_id)


def _takes_place(event: EventFacts, at: datetime) -> bool:
    return event.announced != "cancelled" and at < event.ends


def _is_late(ticket: Ticket, at: datetime) -> bool:
    return ticket.answer_by is not None and at >= ticket.answer_by


def _places(ticket: Ticket, event: EventFacts, at: datetime) -> list[PlaceInLine]:
    return [told_place(place, event, at) for place in places_of(ticket.registration_id)]


def _answers(ticket: Ticket, event: EventFacts, code: str) -> list[tuple[str, str]]:
    """Questions and answers in words; a question that is gone is left out."""
    yes_or_no = {"yes": _("Yes"), "no": _("No")}
    told = []
    for question in event.fields.questions:
        answer = ticket.answers.get(question.key)
        if answer:
            choices = {next(iter(c.root.values())): c.text(code) for c in question.choices}
            words = yes_or_no if question.kind == "yes-no" else choices
            told.append((question.label.text(code), words.get(answer, str(answer))))
    return told
