"""Pools of seats: their sizes, and the guarded ways in which seats are taken and given back.

All of an event's pools are locked in one order, the event's own first, so that two writers never
wait for each other. On SQLite the transaction itself is the lock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.registrations.errors import PoolRefuses
from showcase.registrations.models import SeatPool

# The key of an event's own pool; sessions have theirs.
EVENT: Final = ""

# Nobody may take a free seat past those who wait for it.
ROOM: Final = sa.or_(
    SeatPool.capacity.is_(None),
    SeatPool.taken + sa.bindparam("seats") <= SeatPool.capacity - SeatPool.held,
)
NOBODY_WAITS: Final = SeatPool.waiting == 0


@dataclass(frozen=True)
class PoolSize:
    """How many seats an event or a session has.

    Attributes:
        key: Of the session; empty for the event.
        capacity: None where a session has room for all.
        held: Kept for walk-ins.
        offers_end: When the last offer to somebody who waits has to be over; None for no offers.
    """

    key: str
    capacity: int | None
    held: int = 0
    offers_end: datetime | None = None


@dataclass(frozen=True)
class Pool:
    """A pool as it stands while the transaction holds it."""

    id: int
    key: str
    capacity: int | None
    held: int
    taken: int
    waiting: int
    offers_end: datetime | None

    @property
    def room(self) -> int | None:
        """Free seats; None for any number."""
        return None if self.capacity is None else self.capacity - self.held - self.taken

    def has_room_for(self, party: int) -> bool:
        return self.room is None or self.room >= party

    def could_ever_hold(self, party: int) -> bool:
        return self.capacity is None or self.capacity - self.held >= party


def locked(session: Session, event_id: int) -> dict[str, Pool]:
    """The event's pools by key, held until the transaction ends."""
    rows = session.execute(
        sa.select(
            SeatPool.id,
            SeatPool.session_key.label("key"),
            SeatPool.capacity,
            SeatPool.held,
            SeatPool.taken,
            SeatPool.waiting,
            SeatPool.offers_end,
        )
        .where(SeatPool.event_id == event_id)
        .order_by(SeatPool.session_key)
        .with_for_update()
    )
    return {row.key: Pool(**row._mapping) for row in rows}


def take(session: Session, pools: Iterable[Pool], seats: int, *, past_the_line: bool) -> None:
    """Take ``seats`` in each of the pools.

    Args:
        past_the_line: For those whose turn it is: they come before whoever waits.

    Raises:
        PoolRefuses: One of them has too few; the caller's transaction must not be committed.
    """
    guard = ROOM if past_the_line else sa.and_(ROOM, NOBODY_WAITS)
    for pool in pools:
        taken = session.execute(
            _change(pool.id).where(guard).values(taken=SeatPool.taken + sa.bindparam("seats")),
            {"seats": seats},
        )
        if taken.rowcount != 1:  # type: ignore[attr-defined]
            raise PoolRefuses


def free(session: Session, pools: Iterable[Pool], seats: int) -> None:
    for pool in pools:
        session.execute(_change(pool.id).values(taken=SeatPool.taken - seats))


def count_waiting(session: Session, pools: Iterable[Pool], parties: int) -> None:
    """More parties in line, or fewer."""
    for pool in pools:
        session.execute(_change(pool.id).values(waiting=SeatPool.waiting + parties))


def _change(pool_id: int) -> sa.Update:
    return sa.update(SeatPool).where(SeatPool.id == pool_id).values(moves=SeatPool.moves + 1)


def set_sizes(session: Session, *, event_id: int, sizes: Sequence[PoolSize]) -> None:
    """Let an event and its sessions have these seats, inside the caller's transaction.

    Lowering a number sends nobody away: no more seats are sold until enough were given back. The
    pool of a session that is gone stays, with those who had chosen it; it makes no more offers.
    """
    known = locked(session, event_id)
    for size in sizes:
        _set_size(session, event_id, known, size)
    gone = set(known) - {size.key for size in sizes}
    for key in gone:
        session.execute(_change(known[key].id).values(offers_end=None))


def _set_size(session: Session, event_id: int, known: Mapping[str, Pool], size: PoolSize) -> None:
    values = {"capacity": size.capacity, "held": size.held, "offers_end": size.offers_end}
    pool = known.get(size.key)
    if pool is None:
        session.add(SeatPool(event_id=event_id, session_key=size.key, **values))
        session.flush()
    elif any(getattr(pool, name) != value for name, value in values.items()):
        session.execute(_change(pool.id).values(**values))
