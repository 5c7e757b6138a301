"""Which process sends which message: a claim that ends by itself if its process dies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from showcase.db import db, write
from showcase.outbox.models import DEAD, READY, SENT, VOID, OutboxMessage

# Longer than a mail server's slowest answer that we wait for; after a crash, the delay of a ticket.
LEASE: Final = timedelta(minutes=5)

# A server that is down for a day loses nothing: the tries span 44 hours.
WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)


@dataclass(frozen=True)
class Claim:
    """A message that this process alone may send until ``leased_until``."""

    id: int
    registration_id: int
    kind: str
    channel: str
    attempts: int
    made_at: datetime
    leased_until: datetime


def is_any_due(at: datetime) -> bool:
    """A look that takes no write lock: most rounds find nothing."""
    return db.session.scalar(sa.select(_due(at).limit(1).exists())) or False


def claim_due(*, limit: int, at: datetime) -> Sequence[Claim]:
    """Lease the oldest due messages; PostgreSQL passes over what another process is leasing."""
    chosen = _due(at).order_by(OutboxMessage.id).limit(limit).with_for_update(skip_locked=True)
    with write() as session:
        rows = session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.id.in_(chosen.scalar_subquery()))
            .values(leased_until=at + LEASE, attempts=OutboxMessage.attempts + 1)
            .returning(
                OutboxMessage.id,
                OutboxMessage.registration_id,
                OutboxMessage.kind,
                OutboxMessage.channel,
                OutboxMessage.attempts,
                OutboxMessage.made_at,
                OutboxMessage.leased_until,
            )
        ).all()
    return sorted((Claim(**row._mapping) for row in rows), key=lambda claim: claim.id)


def _due(at: datetime) -> sa.Select[tuple[int]]:
    return sa.select(OutboxMessage.id).where(
        OutboxMessage.state == READY,
        OutboxMessage.due_at <= at,
        sa.or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until <= at),
    )


def mark_sent(claim: Claim, *, at: datetime) -> None:
    _settle(claim, state=SENT, sent_at=at)


def mark_void(claim: Claim) -> None:
    _settle(claim, state=VOID)


def mark_failed(claim: Claim, *, error: str, for_good: bool, at: datetime) -> None:
    """Try again later, or give up."""
    if for_good or claim.attempts > len(WAITS):
        _settle(claim, state=DEAD, last_error=error)
    else:
        _settle(claim, due_at=at + WAITS[claim.attempts - 1], last_error=error)


def _settle(claim: Claim, **values: Any) -> None:
    with write() as session:
        session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.id == claim.id)
            .values(leased_until=None, **values)
        )
