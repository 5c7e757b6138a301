"""What all pages behind a ticket's secret link ask first."""

from flask import abort

from showcase.events.queries import EventFacts, event_by_id
from showcase.registrations.queries import Ticket, ticket_by_secret


def found(secret: str) -> tuple[Ticket, EventFacts]:
    ticket = ticket_by_secret(secret) or abort(404)
    return ticket, event_by_id(ticket.event_id) or abort(404)
