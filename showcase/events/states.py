"""What state an event is in: announced by its organiser, the rest by the clock and the seats."""

from datetime import datetime
from typing import Literal, Protocol

EventState = Literal[
    "announced", "open", "full", "closed", "running", "over", "postponed", "cancelled"
]


class Scheduled(Protocol):
    @property
    def starts(self) -> datetime: ...
    @property
    def ends(self) -> datetime: ...
    @property
    def opens(self) -> datetime | None: ...
    @property
    def closes(self) -> datetime | None: ...
    @property
    def announced(self) -> str: ...


def state_of(event: Scheduled, *, seats_left: int | None, at: datetime) -> EventState:
    """The state at a moment; the first that applies, since a cancelled fair never runs."""
    if event.announced == "cancelled":
        return "cancelled"
    if event.announced == "postponed":
        return "postponed"
    if at >= event.ends:
        return "over"
    return _by_registration(event, seats_left, at) or (
        "running" if at >= event.starts else "announced"
    )


def _by_registration(event: Scheduled, seats_left: int | None, at: datetime) -> EventState | None:
    if event.opens is None or event.closes is None or at < event.opens:
        return None
    if at < event.closes:
        return "open" if seats_left is None or seats_left > 0 else "full"
    return "running" if at >= event.starts else "closed"
