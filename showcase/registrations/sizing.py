"""What an event's document changes for those who registered: seats, and news for all."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.outbox import actions as outbox
from showcase.registrations.message_kinds import LIST_CLOSED
from showcase.registrations.models import ACTIVE, EXPIRED, WAITING, Registration, Wait, WaitPool
from showcase.registrations.seats import line, pools
from showcase.registrations.seats.held import hand_out, owe
from showcase.registrations.seats.pools import Pool, PoolSize


def set_sizes(session: Session, *, event_id: int, sizes: Sequence[PoolSize], at: datetime) -> None:
    """Let an event and its sessions have these seats, and offer the new ones to those who wait.

    Who waits for a session that is gone waits on for the rest; where there is no rest, the line is
    closed.
    """
    pools.set_sizes(session, event_id=event_id, sizes=sizes)
    known = pools.locked(session, event_id)
    stay = {size.key for size in sizes}
    for gone in [pool for key, pool in known.items() if key not in stay and pool.waiting]:
        for wait in _waiting_for(session, gone):
            _wait_without(session, wait, gone, known, at)
    hand_out(session, event_id=event_id, at=at)


def _waiting_for(session: Session, pool: Pool) -> Sequence[Wait]:
    return session.scalars(
        sa.select(Wait)
        .join(WaitPool, WaitPool.wait_id == Wait.id)
        .where(WaitPool.pool_id == pool.id, Wait.state == WAITING)
    ).all()


def _wait_without(
    session: Session, wait: Wait, gone: Pool, known: Mapping[str, Pool], at: datetime
) -> None:
    if wait.is_for_event:
        line.want_no_longer(session, wait, [gone])
        return
    line.leave(session, wait, known, state=EXPIRED, at=at)
    owe(session, session.get_one(Registration, wait.registration_id), LIST_CLOSED, at)


def announce(session: Session, *, event_id: int, kind: str, at: datetime) -> None:
    """Owe everybody who is coming or waits the same news."""
    people = sa.select(Registration.id, Registration.phone, Registration.email).where(
        Registration.event_id == event_id, Registration.state.in_(ACTIVE)
    )
    outbox.put_to_all(session, people, kind=kind, at=at)
