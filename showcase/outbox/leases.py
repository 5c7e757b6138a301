"""Which process sends which message: a claim that ends by itself if its process dies.

What was made first for a registration on a channel is sent first: while it waits to be sent, or to
be tried again, those behind it wait as well. One that was given up or taken back holds up nobody.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from showcase.db import db, now, write
from showcase.errors import Busy
from showcase.outbox.models import CHANNELS, DEAD, READY, SENT, VOID, OutboxMessage

# Longer than a mail server's slowest answer that we wait for; after a crash, the delay of a ticket.
LEASE: Final = timedelta(minutes=5)

# A message that its server refuses for a day is not lost: the tries span 44 hours.
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
    """A message that this process alone may send until ``leased_until``.

    ``attempts`` have failed before; a process that died while it had the message is none of them.
    """

    id: int
    registration_id: int
    kind: str
    channel: str
    attempts: int
    made_at: datetime
    leased_until: datetime


def is_any_due(at: datetime, channels: Collection[str] = CHANNELS) -> bool:
    """A look that takes no write lock: most rounds find nothing."""
    return db.session.scalar(sa.select(_due(at, channels).limit(1).exists())) or False


def claim_due(*, limit: int, at: datetime, channels: Collection[str] = CHANNELS) -> Sequence[Claim]:
    """Lease the messages that are due longest, at most one to each person and channel.

    PostgreSQL passes over what another process is leasing.
    """
    # Its own part of the statement, so that no plan asks it, and locks rows, more than once.
    chosen = _due(at, channels).limit(limit).with_for_update(skip_locked=True).cte("chosen")
    with write() as session:
        rows = session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.id.in_(sa.select(chosen.c.id)))
            .values(leased_until=at + LEASE)
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


def _due(at: datetime, channels: Collection[str]) -> sa.Select[tuple[int]]:
    older = aliased(OutboxMessage)
    waits_for_an_older = sa.exists().where(
        older.registration_id == OutboxMessage.registration_id,
        older.channel == OutboxMessage.channel,
        older.id < OutboxMessage.id,
        older.state == READY,
    )
    return (
        sa.select(OutboxMessage.id)
        .where(
            OutboxMessage.state == READY,
            OutboxMessage.due_at <= at,
            OutboxMessage.channel.in_(channels),
            sa.or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until <= at),
            ~waits_for_an_older,
        )
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
    )


def mark_sent(claim: Claim, *, at: datetime) -> None:
    """Whatever became of the row meanwhile: the message is with its reader."""
    _settle(claim, state=SENT, sent_at=at)


def mark_void(claim: Claim) -> None:
    _settle(claim, _is_still_ours(claim), state=VOID)


def mark_failed(claim: Claim, *, error: str, for_good: bool, at: datetime) -> None:
    """Try again later, or give up."""
    failed = {"attempts": claim.attempts + 1, "last_error": error}
    if for_good or claim.attempts >= len(WAITS):
        _settle(claim, _is_still_ours(claim), state=DEAD, **failed)
    else:
        _settle(claim, _is_still_ours(claim), due_at=at + WAITS[claim.attempts], **failed)


def _is_still_ours(claim: Claim) -> sa.ColumnElement[bool]:
    """Neither taken back, nor sent by a process that took this one for dead."""
    return sa.and_(OutboxMessage.state == READY, OutboxMessage.leased_until == claim.leased_until)


def _settle(claim: Claim, *conditions: sa.ColumnElement[bool], **values: Any) -> None:
    """However long others hold the database: what is sent and not marked would be sent again."""
    settle = (
        sa.update(OutboxMessage)
        .where(OutboxMessage.id == claim.id, *conditions)
        .values(leased_until=None, **values)
    )
    while True:
        try:
            with write() as session:
                session.connection().execute(settle)
            return
        except Busy:
            if now() >= claim.leased_until:
                raise


def release(claims: Collection[Claim], *, error: str | None = None) -> None:
    """Give back, untried, for anybody to claim; ``error`` says why where something went wrong."""
    values = {"leased_until": None} | ({"last_error": error} if error else {})
    ours = sa.or_(
        *(sa.and_(OutboxMessage.id == claim.id, _is_still_ours(claim)) for claim in claims)
    )
    with write() as session:
        session.execute(sa.update(OutboxMessage).where(ours).values(**values))
