"""Addresses of a ticket, for messages and codes: built from the settings, never from a request."""

from typing import Any

from flask import current_app

from showcase.outbox.actions import SMS
from showcase.registrations.queries import Ticket
from showcase.registrations.secret import contact_token


def ticket_link(secret: str, language: str) -> str:
    return _address("tickets.show", secret=secret, language=language)


def short_link(secret: str) -> str:
    """For an SMS, where 70 Bangla letters have to hold it."""
    return _address("short_links.show_short", secret=secret)


def contact_link(ticket: Ticket, channel: str) -> str | None:
    """By which the reader of a new number or address confirms it; None when none waits for that.

    The reader may be a stranger to the ticket's owner: it does not contain the ticket's secret.
    """
    contact = ticket.new_phone if channel == SMS else ticket.new_email
    if not contact:
        return None
    token = contact_token(
        registration_id=ticket.registration_id,
        public_id=ticket.public_id,
        channel=channel,
        contact=contact,
    )
    if channel == SMS:
        return _address("contact_links.show", token=str(token))
    return _address("contacts.ask", token=str(token), language=ticket.language)


def _address(endpoint: str, **values: Any) -> str:
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"
