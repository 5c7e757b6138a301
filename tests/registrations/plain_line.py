"""The rules of seats and the waiting list in plain Python, for comparison with the tables.

No database, no speed, nothing of the site's own code but the names of its errors and messages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from typing import Final

from showcase.registrations import message_kinds as kinds

EVENT: Final = ""
DAY: Final = timedelta(hours=24)
NIGHT: Final = timedelta(hours=12)
HAS_SEATS: Final = ("confirmed", "requested", "invited")


@dataclass
class Size:
    """Of a pool: ``ends`` is when the last offer has to be over; None while none are made."""

    capacity: int | None
    held: int
    ends: datetime | None

    @property
    def seats(self) -> float:
        return inf if self.capacity is None else self.capacity - self.held


@dataclass
class Message:
    kind: str
    at: datetime
    state: str = "ready"


@dataclass(eq=False)
class Party:
    person: int
    people: int
    state: str
    sessions: set[str] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)
    answer_by: datetime | None = None

    @property
    def has_ended(self) -> bool:
        return self.state not in (*HAS_SEATS, "waiting")


@dataclass(eq=False)
class Wait:
    party: Party
    people: int
    pools: set[str]
    state: str = "waiting"
    until: datetime | None = None
    passed: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in ("waiting", "offered")


class PlainLine:
    """One event; parties and waits in order of arrival."""

    def __init__(self, sizes: Mapping[str, Size], at: datetime) -> None:
        self.sizes = dict(sizes)
        self.at = at
        self.parties: list[Party] = []
        self.waits: list[Wait] = []

    # What follows from who is there

    def taken(self, key: str) -> int:
        seats = sum(
            p.people
            for p in self.parties
            if p.state in HAS_SEATS and (key == EVENT or key in p.sessions)
        )
        return seats + sum(w.people for w in self.waits if w.state == "offered" and key in w.pools)

    def waiting(self, key: str) -> int:
        return sum(key in wait.pools for wait in self.in_line())

    def in_line(self) -> list[Wait]:
        return [wait for wait in self.waits if wait.state == "waiting"]

    @property
    def has_made_offers(self) -> bool:
        return any(wait.until for wait in self.waits)

    def is_open(self, key: str) -> bool:
        ends = self.sizes[key].ends
        return ends is not None and ends - self.at >= NIGHT

    def room(self, key: str) -> float:
        return self.sizes[key].seats - self.taken(key)

    def is_full(self, key: str, people: int) -> bool:
        return self.waiting(key) > 0 or self.room(key) < people

    def waits_of(self, party: Party) -> list[Wait]:
        return [wait for wait in self.waits if wait.party is party and wait.is_open]

    # Handing out

    def hand_out(self, but: Wait | None = None) -> bool:
        """Offer what is free; whether ``but`` got it, who is told something else."""
        offers = []
        while wait := self._next():
            self._offer(wait)
            offers.append(wait)
            if wait is not but:
                self.owe(wait.party, kinds.OFFER)
        return but in offers

    def _next(self) -> Wait | None:
        room, firsts = self._rooms(), self._firsts()
        for wait in self.in_line():
            if all(room[key] >= wait.people for key in wait.pools):
                return wait
            if wait in firsts and wait.passed >= wait.people:
                for key in wait.pools:
                    room[key] -= wait.people
        return None

    def _rooms(self) -> dict[str, float]:
        return {key: self.room(key) if self.is_open(key) else 0 for key in self.sizes}

    def _firsts(self) -> list[Wait]:
        """Those first in line for a pool with free seats, who fit into all that there are."""
        firsts = []
        for key in [key for key, room in self._rooms().items() if room > 0]:
            wants = (w for w in self.in_line() if key in w.pools and self._may_hope(w))
            firsts.append(next(wants, None))
        return [first for first in firsts if first]

    def _may_hope(self, wait: Wait) -> bool:
        return all(self.is_open(key) and self.sizes[key].seats >= wait.people for key in wait.pools)

    def _offer(self, wait: Wait) -> None:
        for first in set(self._firsts()):
            is_before = self.waits.index(first) < self.waits.index(wait)
            if is_before and first.pools & wait.pools:
                first.passed += wait.people
        ends = [self.sizes[key].ends or self.at for key in wait.pools]
        wait.state, wait.until = "offered", min(self.at + DAY, *ends)

    # Messages

    def owe(self, party: Party, kind: str) -> None:
        party.messages.append(Message(kind, self.at))

    def void(self, party: Party, *which: str) -> None:
        for message in party.messages:
            if message.state == "ready" and (not which or message.kind in which):
                message.state = "void"

    def send(self) -> None:
        for message in [m for party in self.parties for m in party.messages]:
            if message.state == "ready":
                message.state = "sent"

    def _void_offer(self, party: Party) -> None:
        if not any(wait.state == "offered" for wait in self.waits_of(party)):
            self.void(party, kinds.OFFER)
