"""The agenda of an event by day, time and track, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from showcase.events.parts import Item, Session, Speaker
from showcase.events.queries import EventFacts
from showcase.events.when import told_hours, told_moment
from showcase.i18n import _, _n, format_day, format_number
from showcase.i18n import language as current_language

SeatsLeft = Mapping[str, int | None]


@dataclass(frozen=True)
class AgendaItem:
    """One session.

    Attributes:
        anchor: Its id on the page; empty where nobody can choose it.
        seats: How many there are and are left; empty where it has none of its own.
        choosing: From when or until when it can be chosen, where it says so itself.
    """

    title: str
    anchor: str = ""
    track: str = ""
    place: str = ""
    speakers: tuple[str, ...] = ()
    seats: str = ""
    choosing: str = ""


@dataclass(frozen=True)
class Slot:
    """What takes place at one time, in the order of the tracks."""

    time: str
    sessions: tuple[AgendaItem, ...]


@dataclass(frozen=True)
class Day:
    name: str
    slots: tuple[Slot, ...]


def agenda(event: EventFacts, sessions_left: SeatsLeft, *, at: datetime) -> tuple[Day, ...]:
    """Per day, in order of time.

    Args:
        sessions_left: By key, what visitors may still take; None where there is no limit.
    """
    return tuple(
        Day(name, tuple(_slots(list(of_day), event, sessions_left, at)))
        for name, of_day in groupby(_in_order(event), key=lambda item: format_day(item.starts))
    )


def _in_order(event: EventFacts) -> list[Item]:
    """By time; at one time the tracks as the document first names them."""
    items: list[Item] = [*event.fields.programme, *event.fields.sessions]
    tracks = list(dict.fromkeys(_track(item) for item in items))
    return sorted(items, key=lambda item: (item.starts, item.ends, tracks.index(_track(item))))


def _slots(
    items: list[Item], event: EventFacts, sessions_left: SeatsLeft, at: datetime
) -> list[Slot]:
    return [
        Slot(time, tuple(_agenda_item(item, event, sessions_left, at) for item in together))
        for time, together in groupby(items, key=lambda item: told_hours(item.starts, item.ends))
    ]


def _agenda_item(
    item: Item, event: EventFacts, sessions_left: SeatsLeft, at: datetime
) -> AgendaItem:
    code = current_language()
    told = AgendaItem(
        title=item.title.text(code),
        track=_track(item),
        place=item.place.text(code) if item.place else "",
        speakers=tuple(_speaker(speaker, code) for speaker in item.speakers),
    )
    if not isinstance(item, Session):
        return told
    is_ahead = _can_be_chosen(item, event, at)
    is_open = is_ahead and event.opens is not None and event.opens <= at
    return replace(
        told,
        anchor=f"session-{item.key}",
        seats=_seats(item, sessions_left.get(item.key) if is_open else None),
        choosing=_choosing(item, at) if is_ahead else "",
    )


def _track(item: Item) -> str:
    return item.track.text(current_language()) if item.track else ""


def _speaker(speaker: Speaker, code: str) -> str:
    words = (speaker.name, speaker.role)
    return ", ".join(part.text(code) for part in words if part)


def _can_be_chosen(session: Session, event: EventFacts, at: datetime) -> bool:
    """Now or later, as far as the calendar tells."""
    if event.closes is None or event.announced != "announced":
        return False
    return at < min(event.closes, session.ends)


def _seats(session: Session, left: int | None) -> str:
    if session.seats is None:
        return ""
    number = format_number(session.seats)
    if left is None:
        return _n("%(number)s seat", "%(number)s seats", session.seats, number=number)
    if left == 0:
        return _n(
            "The one seat is taken", "All %(number)s seats are taken", session.seats, number=number
        )
    return _("%(left)s of %(number)s seats left", left=format_number(left), number=number)


def _choosing(session: Session, at: datetime) -> str:
    if session.opens and at < session.opens:
        return _("Can be chosen from %(moment)s", moment=told_moment(session.opens))
    if session.closes and at < session.closes:
        return _("Can be chosen until %(moment)s", moment=told_moment(session.closes))
    return _("Can no longer be chosen") if session.closes else ""
