"""What a change of an event's document means to those who hold a ticket, and to calendars."""

from datetime import datetime
from typing import Final, Literal, NamedTuple

Owed = Literal["postponed", "called_off", "moved"]

# Announced anew, also for the same days, is news to those who were told otherwise.
_OWED: Final[dict[str, Owed]] = {
    "announced": "moved",
    "postponed": "postponed",
    "cancelled": "called_off",
}


class Plan(NamedTuple):
    """When an event takes place, and whether."""

    starts: datetime
    ends: datetime
    announced: str


def owed(old: Plan | None, new: Plan, *, at: datetime) -> Owed | None:
    """Which message visitors are owed; None where nothing is, as for an event that is over.

    An event that is off and stays off may change its dates without a word: the message that it
    takes place after all will tell them.
    """
    if old is None or old == new or new.ends <= at:
        return None
    stays_off = old.announced == new.announced != "announced"
    return None if stays_off else _OWED[new.announced]


def sequence_after(sequence: int, old: Plan | None, new: Plan) -> int:
    """SEQUENCE of RFC 5545: it grows with each change that a calendar has to take over."""
    return sequence if old in (None, new) else sequence + 1
