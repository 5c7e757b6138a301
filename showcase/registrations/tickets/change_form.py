"""The form with which an owner changes a registration, filled with what it says now."""

from typing import Any

from showcase.events.queries import EventFacts
from showcase.i18n import format_number
from showcase.registrations.forms import ChangeForm
from showcase.registrations.party_form import party_form
from showcase.registrations.queries import Ticket, places_of


def change_form(ticket: Ticket, event: EventFacts, *, filled: bool = False) -> ChangeForm:
    """``filled``: with the registration's own values, for a form that was not sent yet."""
    waited_for = {key for place in places_of(ticket.registration_id) for key in place.sessions}
    kept = set(ticket.sessions) | waited_for
    values = _values(ticket, kept) if filled else {}
    form = party_form(ChangeForm, event)(event=event, kept=kept, people=ticket.party, data=values)
    assert isinstance(form, ChangeForm)  # noqa: S101 - for mypy
    if filled:
        form.fill_answers(ticket.answers)
    return form


def _values(ticket: Ticket, sessions: set[str]) -> dict[str, Any]:
    return {
        "name": ticket.name,
        "party": format_number(ticket.party),
        "sessions": sorted(sessions),
        "needs": ticket.needs,
        "may_contact": ticket.may_contact,
        "language": ticket.language,
    }
