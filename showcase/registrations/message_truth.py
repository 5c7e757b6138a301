"""Whether a message is still true at the moment it is sent: nobody is told what is over."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from showcase.events.queries import EventFacts
from showcase.registrations import message_kinds as kinds
from showcase.registrations.queries import Place, Ticket

# A reminder that comes later than this before the event is another reminder, or none.
_TOMORROW: Final = timedelta(hours=25)
_SOON: Final = timedelta(hours=2)


class Circumstances(NamedTuple):
    """What a message speaks of, as it is at the moment ``at``."""

    ticket: Ticket
    event: EventFacts
    places: Sequence[Place]
    at: datetime


Truth = Callable[[Circumstances], bool]


def is_still_true(kind: str, now: Circumstances) -> bool:
    return _TRUTHS[kind](now)


def _is_active(now: Circumstances) -> bool:
    return not now.ticket.has_ended


def _has_ended(now: Circumstances) -> bool:
    return now.ticket.has_ended


def _starts_within(span: timedelta) -> Truth:
    def is_near(now: Circumstances) -> bool:
        takes_place = now.event.announced == "announced"
        is_near = now.at < now.event.starts <= now.at + span
        return now.ticket.is_confirmed and takes_place and is_near

    return is_near


def _is_still(announced: str) -> Truth:
    """The event is as the message says, for somebody whom it concerns."""

    def is_so(now: Circumstances) -> bool:
        is_over = now.at >= now.event.ends
        return not now.ticket.has_ended and not is_over and now.event.announced == announced

    return is_so


def _is_offered(now: Circumstances) -> bool:
    return any(place.offered_until and place.offered_until > now.at for place in now.places)


def _waits_for_confirmation(now: Circumstances) -> bool:
    return bool(now.ticket.new_phone or now.ticket.new_email)


def _always(now: Circumstances) -> bool:
    return True


_TRUTHS: Final[dict[str, Truth]] = {
    kinds.CONFIRMATION: _is_active,
    kinds.REQUEST: lambda now: now.ticket.is_requested,
    kinds.REFUSAL: _has_ended,
    kinds.INVITATION: lambda now: now.ticket.is_invited,
    kinds.CHANGE: _is_active,
    kinds.CANCELLATION: _has_ended,
    kinds.LOST: _is_active,
    kinds.CONTACT: _waits_for_confirmation,
    kinds.PLACE: lambda now: bool(now.places),
    kinds.OFFER: _is_offered,
    kinds.OFFER_ENDED: _always,
    kinds.LIST_CLOSED: _always,
    kinds.TOMORROW: _starts_within(_TOMORROW),
    kinds.SOON: _starts_within(_SOON),
    kinds.POSTPONED: _is_still("postponed"),
    kinds.CALLED_OFF: _is_still("cancelled"),
    kinds.MOVED: _is_still("announced"),
    kinds.THANKS: lambda now: now.ticket.is_confirmed,
}
