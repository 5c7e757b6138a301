"""An event's sessions as visitors choose among them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, groupby
from operator import attrgetter
from typing import TypeAlias

from showcase.events.parts import Session
from showcase.events.queries import EventFacts
from showcase.events.when import told_moment
from showcase.i18n import _, _n, format_day, format_number, format_time, language
from showcase.registrations.queries import sessions_left


@dataclass(frozen=True)
class SessionChoice:
    """A box to tick.

    Attributes:
        note: Why it cannot be chosen, or how many seats are left; empty where there is room.
    """

    key: str
    id: str
    day: str
    time: str
    title: str
    place: str
    note: str
    is_open: bool


Day: TypeAlias = tuple[str, list[SessionChoice]]


def choices(event: EventFacts, at: datetime, *, kept: Collection[str] = ()) -> list[Day]:
    """By day, every session that is not over; what is ``kept`` was chosen before."""
    if not event.fields.sessions:
        return []
    left = sessions_left(event.id)
    coming = [session for session in event.fields.sessions if at < session.ends]
    coming.sort(key=lambda session: (session.starts, session.title.text(language())))
    open_now = [session.key for session in choosable(event, at)]
    told = [
        _choice(event, session, number, left.get(session.key), at, (*open_now, *kept))
        for number, session in enumerate(coming)
    ]
    return [(day, list(of_day)) for day, of_day in groupby(told, key=attrgetter("day"))]


def _choice(
    event: EventFacts,
    session: Session,
    number: int,
    left: int | None,
    at: datetime,
    chosen_from: Collection[str],
) -> SessionChoice:
    code = language()
    is_open = session.key in chosen_from
    return SessionChoice(
        key=session.key,
        # As WTForms numbers the boxes of a list: the error summary leads to the first.
        id=f"sessions-{number}",
        day=format_day(session.starts),
        time=f"{format_time(session.starts)} – {format_time(session.ends)}",
        title=session.title.text(code),
        place=session.place.text(code) if session.place else "",
        note=_note(event, left) if is_open else _closed(session, at),
        is_open=is_open,
    )


def _note(event: EventFacts, left: int | None) -> str:
    if left is None:
        return ""
    if left == 0:
        return (
            _("Full; you can wait for a seat.")
            if event.keeps_list
            else _("Full. Choose another one.")
        )
    return str(_n("%(count)s seat left", "%(count)s seats left", left, count=format_number(left)))


def _closed(session: Session, at: datetime) -> str:
    if session.opens and at < session.opens:
        return _("Can be chosen from %(moment)s.", moment=told_moment(session.opens))
    return _("Can no longer be chosen.")


def choosable(event: EventFacts, at: datetime) -> list[Session]:
    """Open by its own times; without any, until it begins."""
    return [
        session
        for session in event.fields.sessions
        if (session.opens is None or session.opens <= at)
        and at < (session.closes or session.starts)
    ]


def clash(event: EventFacts, keys: Collection[str]) -> tuple[Session, Session] | None:
    """Two of the chosen sessions that are, at least partly, at the same time."""
    chosen = [session for session in event.fields.sessions if session.key in keys]
    return next(
        (
            (one, other)
            for one, other in combinations(chosen, 2)
            if one.starts < other.ends and other.starts < one.ends
        ),
        None,
    )


def told(event: EventFacts, keys: Collection[str], code: str | None = None) -> list[str]:
    """Title, day and hours of each, for tickets and messages; one that is gone is told too."""
    code = code or language()
    chosen = sorted(
        (session for session in event.fields.sessions if session.key in keys),
        key=lambda session: session.starts,
    )
    still_there = [
        f"{session.title.text(code)}: {format_day(session.starts, code)}, "
        f"{format_time(session.starts, code)} – {format_time(session.ends, code)}"
        for session in chosen
    ]
    is_gone = len(chosen) < len(set(keys))
    gone = [_("A session that you had chosen no longer takes place.")] if is_gone else []
    return still_there + gone
