"""The waiting list: who is offered the seats that become free, and until when.

Parties are offered seats in order of arrival. One that does not fit into what is free lets smaller
ones pass, but the first in line only until as many seats have gone past it as it needs: from then
on what becomes free is kept for it. So no seat stays empty for long, and no party waits for ever.

Everything here works inside the caller's transaction, which holds the event's pools.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.registrations.models import (
    ACCEPTED,
    OFFERED,
    WAITING,
    Registration,
    SessionSeat,
    Wait,
    WaitPool,
)
from showcase.registrations.seats import pools
from showcase.registrations.seats.pools import EVENT, Pool

OFFER_LASTS: Final = timedelta(hours=24)
# Of one transaction, so that visitors' writes come between; the rest follows with the next change
# or chore.
OFFERS_AT_ONCE: Final = 32
# An offer that comes in the evening can still be answered in the morning.
NIGHT: Final = timedelta(hours=12)


def offer_ends(at: datetime, latest: datetime | None) -> datetime | None:
    """Until when an offer made now can be answered; None when too little time is left."""
    if latest is None or latest - at < NIGHT:
        return None
    return min(at + OFFER_LASTS, latest)


def is_open(wanted: Iterable[Pool], *, at: datetime) -> bool:
    """Offers of all these can still be made."""
    return all(offer_ends(at, pool.offers_end) for pool in wanted)


def join(
    session: Session,
    registration: Registration,
    wanted: Sequence[Pool],
    *,
    at: datetime,
) -> Wait:
    """Put a party at the end of the line for these pools, all of them together."""
    wait = Wait(
        registration_id=registration.id,
        event_id=registration.event_id,
        party=registration.party,
        state=WAITING,
        is_for_event=any(pool.key == EVENT for pool in wanted),
        since=at,
    )
    session.add(wait)
    session.flush()
    session.add_all(WaitPool(wait_id=wait.id, pool_id=pool.id) for pool in wanted)
    pools.count_waiting(session, wanted, 1)
    return wait


def wanted_by(session: Session, wait: Wait, known: Mapping[str, Pool]) -> list[Pool]:
    ids = set(session.scalars(sa.select(WaitPool.pool_id).where(WaitPool.wait_id == wait.id)))
    return [pool for pool in known.values() if pool.id in ids]


def leave(
    session: Session, wait: Wait, known: Mapping[str, Pool], *, state: str, at: datetime
) -> None:
    """Take a party out of the line, and back from it what it was offered."""
    wanted = wanted_by(session, wait, known)
    if wait.state == WAITING:
        pools.count_waiting(session, wanted, -1)
    elif wait.state == OFFERED:
        pools.free(session, wanted, wait.party)
    wait.state, wait.decided_at = state, at


def want_no_longer(session: Session, wait: Wait, gone: Sequence[Pool]) -> None:
    """Keep the place in line, for less than before."""
    pools.count_waiting(session, gone, -1)
    session.execute(
        sa.delete(WaitPool).where(
            WaitPool.wait_id == wait.id, WaitPool.pool_id.in_([pool.id for pool in gone])
        )
    )


def take_up(session: Session, wait: Wait, known: Mapping[str, Pool], *, at: datetime) -> None:
    """Let a party have what it was offered; its seats are taken already."""
    sessions = [pool for pool in wanted_by(session, wait, known) if pool.key != EVENT]
    session.add_all(
        SessionSeat(registration_id=wait.registration_id, pool_id=pool.id) for pool in sessions
    )
    wait.state, wait.decided_at = ACCEPTED, at


def offer_seats(session: Session, *, event_id: int, at: datetime) -> list[Wait]:
    """Offer free seats to those who wait, in order; whom they were offered to.

    If these are ``OFFERS_AT_ONCE``, there may be more to offer.
    """
    known = pools.locked(session, event_id)
    offers: list[Wait] = []
    if any(pool.waiting for pool in known.values()):
        line = _Line(session, event_id, known, at)
        while len(offers) < OFFERS_AT_ONCE and (wait := line.next_that_fits()):
            line.offer(wait)
            offers.append(wait)
    return offers


@dataclass(frozen=True)
class _First:
    """A party that is first in line for a pool with free seats, and the pools it wants."""

    wait: Wait
    pools: frozenset[int]

    @property
    def has_been_passed_enough(self) -> bool:
        return self.wait.passed >= self.wait.party


class _Line:
    """The line of one event while its free seats are handed out.

    Attributes:
        room: Free seats by pool; pools with room for all are left out.
        closed: Pools of which no offer can be made any more.
    """

    def __init__(
        self, session: Session, event_id: int, known: Mapping[str, Pool], at: datetime
    ) -> None:
        self.session = session
        self.event_id = event_id
        self.known = known
        self.at = at
        self.closed = {p.id for p in known.values() if not offer_ends(at, p.offers_end)}
        self.room = {p.id: p.room for p in known.values() if p.room is not None}
        self.room |= dict.fromkeys(self.closed, 0)

    def next_that_fits(self) -> Wait | None:
        """Who comes before a party that was passed enough may take seats that it needs; from who
        comes after they are kept."""
        room, behind = dict(self.room), 0
        for first in self._passed_enough():
            wait = self._waiting(Wait.id > behind, Wait.id <= first.wait.id, *self._fits(room))
            if wait:
                return wait
            for pool in first.pools & set(room):
                room[pool] -= first.wait.party
            behind = first.wait.id
        if len(room) == len(self.known) and max(room.values()) <= 0:
            return None
        return self._waiting(Wait.id > behind, *self._fits(room))

    def offer(self, wait: Wait) -> None:
        wanted = wanted_by(self.session, wait, self.known)
        pools.count_waiting(self.session, wanted, -1)
        pools.take(self.session, wanted, wait.party, past_the_line=True)
        self._count_passed(wait, {pool.id for pool in wanted})
        ends = [end for pool in wanted if (end := offer_ends(self.at, pool.offers_end))]
        wait.state, wait.offered_until = OFFERED, min(ends)
        self.session.flush()
        for pool in wanted:
            if pool.id in self.room:
                self.room[pool.id] -= wait.party

    def _count_passed(self, wait: Wait, taken: set[int]) -> None:
        for first in self._firsts():
            if first.wait.id < wait.id and first.pools & taken:
                first.wait.passed += wait.party

    def _passed_enough(self) -> list[_First]:
        """In order of arrival."""
        firsts = [first for first in self._firsts() if first.has_been_passed_enough]
        return sorted(firsts, key=lambda first: first.wait.id)

    def _firsts(self) -> list[_First]:
        firsts: dict[int, _First] = {}
        for pool in self.known.values():
            if pool.waiting and self.room.get(pool.id, 1) > 0:
                wait = self._waiting(self._wants(pool.id), *self._fits(self._largest()))
                if wait and wait.id not in firsts:
                    wanted = wanted_by(self.session, wait, self.known)
                    firsts[wait.id] = _First(wait, frozenset(each.id for each in wanted))
        return list(firsts.values())

    def _largest(self) -> dict[int, int]:
        """A party larger than all the seats there are must not keep others waiting."""
        sizes = {p.id: p.capacity - p.held for p in self.known.values() if p.capacity is not None}
        return sizes | dict.fromkeys(self.closed, 0)

    def _waiting(self, *conditions: sa.ColumnElement[bool]) -> Wait | None:
        return self.session.scalars(
            sa.select(Wait)
            .where(Wait.event_id == self.event_id, Wait.state == WAITING, *conditions)
            .order_by(Wait.id)
            .limit(1)
        ).first()

    def _wants(self, pool_id: int) -> sa.ColumnElement[bool]:
        return sa.exists().where(WaitPool.wait_id == Wait.id, WaitPool.pool_id == pool_id)

    def _fits(self, room: Mapping[int, int]) -> Iterator[sa.ColumnElement[bool]]:
        """No pool that the party wants has too little room."""
        of_event = room.get(self.known[EVENT].id) if EVENT in self.known else None
        if of_event is not None:
            # Asked first and of the row alone: in a long line nearly everybody waits for this.
            yield sa.or_(sa.not_(Wait.is_for_event), Wait.party <= of_event)
        if room:
            free = sa.case(dict(room), value=WaitPool.pool_id)
            yield ~sa.exists().where(WaitPool.wait_id == Wait.id, free < Wait.party)
