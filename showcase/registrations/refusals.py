"""Why an event takes no registrations at this moment, in a sentence with the way on."""

from datetime import datetime

from showcase.events.queries import EventFacts
from showcase.events.states import EventState, state_of
from showcase.i18n import _, format_day, format_time


def refusal(event: EventFacts, *, seats_left: int | None, at: datetime) -> str | None:
    """None where visitors may register."""
    state = state_of(event, seats_left=seats_left, at=at)
    return None if state == "open" else _sentence(event, state, at)


def _sentence(event: EventFacts, state: EventState, at: datetime) -> str:
    sentences = {
        "full": _("All seats are taken. When somebody cancels, a seat becomes free: look again."),
        "over": _("The event is over."),
        "postponed": _("The event is postponed. Register when its new date is known."),
        "cancelled": _("The event is cancelled: it will not take place."),
    }
    return sentences.get(state) or _by_time(event, at)


def _by_time(event: EventFacts, at: datetime) -> str:
    if event.opens is None or event.closes is None:
        return _("You need not register: simply come.")
    if at < event.opens:
        return _("Registration opens on %(moment)s.", moment=_told(event.opens))
    return _("Registration closed on %(moment)s.", moment=_told(event.closes))


def _told(moment: datetime) -> str:
    return f"{format_day(moment)}, {format_time(moment)}"
