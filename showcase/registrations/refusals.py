"""Why an event takes no registrations at this moment, in a sentence with the way on."""

from datetime import datetime

from showcase.events.queries import EventFacts
from showcase.events.states import EventState, state_of
from showcase.i18n import _, _n, format_day, format_number, format_time, language
from showcase.registrations.errors import SessionsFull


def refusal(event: EventFacts, *, seats_left: int | None, at: datetime) -> str | None:
    """None where visitors may register."""
    state = state_of(event, seats_left=seats_left, at=at)
    return None if state == "open" else _sentence(event, state, at)


def _sentence(event: EventFacts, state: EventState, at: datetime) -> str:
    sentences = {
        "full": _full(event),
        "over": _("The event is over."),
        "postponed": _("The event is postponed. Register when its new date is known."),
        "cancelled": _("The event is cancelled: it will not take place."),
    }
    return sentences.get(state) or _by_time(event, at)


def _full(event: EventFacts) -> str:
    if event.keeps_list:
        return _(
            "All seats are taken. You can join the waiting list: "
            "seats that become free are offered in order."
        )
    return _("All seats are taken. When somebody cancels, a seat becomes free: look again.")


def _by_time(event: EventFacts, at: datetime) -> str:
    if event.opens is None or event.closes is None:
        return _("You need not register: simply come.")
    if at < event.opens:
        return _("Registration opens on %(moment)s.", moment=_told(event.opens))
    return _("Registration closed on %(moment)s.", moment=_told(event.closes))


def _told(moment: datetime) -> str:
    return f"{format_day(moment)}, {format_time(moment)}"


def too_few(left: int) -> str:
    if left == 0:
        return _("No more seats are left: come with as many people as before, or fewer.")
    return str(
        _n(
            "Only %(count)s seat is left. Come with fewer people, or look again later.",
            "Only %(count)s seats are left. Come with fewer people, or look again later.",
            left,
            count=format_number(left),
        )
    )


def sessions_full(event: EventFacts, error: SessionsFull) -> str:
    code = language()
    titles = [s.title.text(code) for s in event.fields.sessions if s.key in error.keys]
    return str(
        _(
            "There are not enough seats left for your group in: %(sessions)s.",
            sessions=", ".join(titles),
        )
    )
