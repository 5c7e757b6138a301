"""A month as a table: its weeks, and on each day the events that take place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from showcase.db import now
from showcase.events.months import Month, weekdays
from showcase.events.queries import EventCard
from showcase.events.when import days_of
from showcase.i18n import DHAKA, _, format_day, format_number
from showcase.i18n import language as current_language

# With all districts celebrating on one day, its square would be longer than the page.
MOST_A_DAY: Final = 5


@dataclass(frozen=True)
class Entry:
    """An event on one of its days.

    Attributes:
        which: “day 2 of 3”; empty where there is one.
    """

    title: str
    language: str
    url: str
    state: str
    which: str


@dataclass(frozen=True)
class Square:
    """One day.

    Attributes:
        more: How many events have no room in it.
    """

    day: date
    number: str
    name: str
    is_today: bool
    entries: tuple[Entry, ...]
    more: int


@dataclass(frozen=True)
class MonthView:
    """A month on the wall.

    Attributes:
        weekdays: From Sunday on, each in full and short.
        weeks: Of seven days each, None where a day belongs to another month.
    """

    name: str
    weekdays: list[tuple[str, str]]
    weeks: tuple[tuple[Square | None, ...], ...]


def month_view(month: Month, events: Sequence[EventCard]) -> MonthView:
    """Args: events: Those of the month, in order."""
    return MonthView(
        name=month.name,
        weekdays=weekdays(current_language()),
        weeks=tuple(
            tuple(_square(day, events) if month.holds(day) else None for day in week)
            for week in month.weeks()
        ),
    )


def _square(day: date, events: Sequence[EventCard]) -> Square:
    entries = [_entry(card, day) for card in events if _takes_place(card, day)]
    return Square(
        day=day,
        number=format_number(day.day),
        name=format_day(day),
        is_today=day == now().astimezone(DHAKA).date(),
        entries=tuple(entries[:MOST_A_DAY]),
        more=len(entries[MOST_A_DAY:]),
    )


def _takes_place(card: EventCard, day: date) -> bool:
    first, last = days_of(card.event.starts, card.event.ends)
    return first <= day <= last


def _entry(card: EventCard, day: date) -> Entry:
    return Entry(card.title, card.language, card.url, card.state, _which(card, day))


def _which(card: EventCard, day: date) -> str:
    first, last = days_of(card.event.starts, card.event.ends)
    if first == last:
        return ""
    return _(
        "day %(number)s of %(days)s",
        number=format_number((day - first).days + 1),
        days=format_number((last - first).days + 1),
    )
