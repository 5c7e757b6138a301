"""How things stand with a registration, in words: a reason for every state."""

from dataclasses import dataclass
from datetime import datetime

from showcase.events.queries import EventFacts
from showcase.events.when import told_moment
from showcase.i18n import _, _n, format_number, language
from showcase.registrations.models import (
    CANCELLED,
    CONFIRMED,
    DECLINED,
    EXPIRED,
    INVITED,
    REFUSED,
    REQUESTED,
    WAITING,
)
from showcase.registrations.queries import Place, Ticket
from showcase.registrations.seats.line import NIGHT


@dataclass(frozen=True)
class PlaceInLine:
    """
    Attributes:
        told: Its place and why, or until when the offer can be answered.
    """

    wait_id: int
    title: str
    told: str
    is_offer: bool
    is_for_event: bool


def standing(ticket: Ticket, event: EventFacts, at: datetime) -> tuple[str, str]:
    """The heading of its page, and the sentence below it; none where all is as planned."""
    return _headings()[ticket.state], _by_event(ticket, event, at) or _by_state(ticket)


def _headings() -> dict[str, str]:
    ended = _("Registration that has ended")
    return {
        CONFIRMED: _("Ticket"),
        WAITING: _("Waiting list"),
        REQUESTED: _("Registration that waits for an answer"),
        INVITED: _("Invitation"),
        **dict.fromkeys((CANCELLED, REFUSED, DECLINED, EXPIRED), ended),
    }


def _by_event(ticket: Ticket, event: EventFacts, at: datetime) -> str:
    if ticket.has_ended:
        return ""
    if event.announced == "cancelled":
        return _("This event is cancelled: it will not take place. You need do nothing.")
    if at >= event.ends:
        return _("This event is over. Thank you for coming.") if ticket.is_confirmed else _over()
    if event.announced == "postponed":
        return _("This event is postponed. Your ticket stays valid for the new date.")
    return ""


def _over() -> str:
    return _("This event is over.")


def _by_state(ticket: Ticket) -> str:
    sentences = {
        WAITING: _("You have no seat yet, so this page lets nobody in."),
        REQUESTED: _(
            "The organiser decides who comes, and tells you by message. "
            "Your seats are kept until then."
        ),
        INVITED: _invited(ticket),
        CANCELLED: _("This registration is cancelled. The ticket lets nobody in."),
        REFUSED: _("The organiser could not give you seats this time."),
        DECLINED: _("You said that you do not come. The seats went to others."),
        EXPIRED: _("The time to answer is over, and the seats went to others. Register anew."),
    }
    return sentences.get(ticket.state, "")


def _invited(ticket: Ticket) -> str:
    return _(
        "Seats are kept for you. Say by %(moment)s whether you come.",
        moment=told_moment(ticket.answer_by),
    )


def told_place(place: Place, event: EventFacts, at: datetime) -> PlaceInLine:
    return PlaceInLine(
        wait_id=place.wait_id,
        title=_title(place, event),
        told=_offer(place) if place.offered_until else _why(place, event, at),
        is_offer=place.offered_until is not None,
        is_for_event=place.is_for_event,
    )


def _title(place: Place, event: EventFacts) -> str:
    code = language()
    titles = [s.title.text(code) for s in event.fields.sessions if s.key in place.sessions]
    if place.is_for_event:
        return ": ".join((_("The whole event"), ", ".join(titles))) if titles else ""
    return ", ".join(titles)


def _offer(place: Place) -> str:
    return str(
        _n(
            "A seat is free for you. Take it by %(moment)s, or it goes to the next.",
            "%(count)s seats are free for you. Take them by %(moment)s, or they go to the next.",
            place.party,
            count=format_number(place.party),
            moment=told_moment(place.offered_until),
        )
    )


def _why(place: Place, event: EventFacts, at: datetime) -> str:
    if place.is_too_large:
        return _("Your group is larger than all the seats there are. Come with fewer people.")
    told = (
        _n(
            "%(count)s group is before you.",
            "%(count)s groups are before you.",
            place.ahead,
            count=format_number(place.ahead),
        )
        if place.ahead
        else _("You are the first in line.")
    )
    return f"{told} {_what_must_happen(event, at)}"


def _what_must_happen(event: EventFacts, at: datetime) -> str:
    last = event.starts - NIGHT
    if event.announced != "announced" or at >= last:
        return _("No seats are offered at present.")
    return _(
        "When enough seats for your group become free, we send you an offer. "
        "The last offers are made on %(moment)s.",
        moment=told_moment(last),
    )
