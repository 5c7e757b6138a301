"""What other features put on a ticket: links to what its holder can do there now."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

from flask import Flask, current_app

from showcase.events.queries import EventFacts
from showcase.registrations.queries import Ticket

# (ticket, its event, at) → label and address of each.
Extras: TypeAlias = Callable[[Ticket, EventFacts, datetime], list[tuple[str, str]]]

_EXTENSION: Final = "ticket_extras"


def show_on_tickets(app: Flask, find: Extras) -> None:
    app.extensions.setdefault(_EXTENSION, []).append(find)


def extras_of(ticket: Ticket, event: EventFacts, at: datetime) -> list[tuple[str, str]]:
    found: list[Extras] = current_app.extensions.get(_EXTENSION, [])
    return [link for find in found for link in find(ticket, event, at)]
