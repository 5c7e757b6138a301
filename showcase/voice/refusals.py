"""Why a ticket's holder cannot vote, fill in a slip or give feedback now; None where they can.

Each is a sentence with the way on. Whether the ticket was shown at the gate is asked last: a vote
that is closed cannot be mended by going there.
"""

from datetime import datetime, timedelta
from typing import Final

from showcase.events.queries import EventFacts
from showcase.events.when import told_moment
from showcase.i18n import _
from showcase.registrations.queries import Ticket

# Slips may be filled in, and put right, at home.
SLIPS_FOR: Final = timedelta(days=7)
FEEDBACK_FOR: Final = timedelta(days=30)


def vote_refusal(
    ticket: Ticket, event: EventFacts, *, is_checked_in: bool, at: datetime
) -> str | None:
    voting = event.fields.voting
    if voting is None or not event.fields.stalls:
        return _("This event has no vote for its stalls.")
    if at < voting.opens:
        return _("The vote opens on %(moment)s.", moment=told_moment(voting.opens))
    if at >= voting.closes:
        return _(
            "The vote closed on %(moment)s. The result stands on the page of the event.",
            moment=told_moment(voting.closes),
        )
    return _not_let_in(ticket, is_checked_in)


def slip_refusal(
    ticket: Ticket, event: EventFacts, *, is_checked_in: bool, at: datetime
) -> str | None:
    if not any(stall.services for stall in event.fields.stalls):
        return _("No stall of this event gives a service on the spot.")
    return _untimely(event, SLIPS_FOR, at) or _not_let_in(ticket, is_checked_in)


def feedback_refusal(ticket: Ticket, event: EventFacts, *, at: datetime) -> str | None:
    """Also of those whose ticket nobody looked at: not every event has a gate."""
    if event.announced != "announced":
        return _("The event has not taken place as it was announced.")
    return _untimely(event, FEEDBACK_FOR, at) or _not_confirmed(ticket)


def _untimely(event: EventFacts, kept_open: timedelta, at: datetime) -> str | None:
    if at < event.starts:
        begins = told_moment(event.starts)
        return _("The event begins on %(moment)s; come back then.", moment=begins)
    last = event.ends + kept_open
    if at >= last:
        return _("This could be filled in until %(moment)s.", moment=told_moment(last))
    return None


def _not_let_in(ticket: Ticket, is_checked_in: bool) -> str | None:
    if refused := _not_confirmed(ticket):
        return refused
    return None if is_checked_in else _("Your ticket has to be shown at the gate first.")


def _not_confirmed(ticket: Ticket) -> str | None:
    if ticket.is_erased:
        return _("This registration was erased; nothing more can be told with it.")
    return None if ticket.is_confirmed else _("This registration is not confirmed.")
