"""What is owed and what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.db import db
from showcase.outbox.models import DEAD, READY, SENT, VOID, OutboxMessage


@dataclass(frozen=True)
class Standing:
    """How the outbox stands; nothing of it tells who anybody is."""

    by_state: Mapping[str, int]
    oldest_due: timedelta | None
    """For how long the oldest message has been due; None when none is."""
    put_off: Mapping[str, int]
    """Messages that wait for another try, by the name of the last error."""
    given_up: Mapping[str, int]
    """Dead ones, likewise."""


def standing(at: datetime) -> Standing:
    counted = db.session.execute(
        sa.select(
            OutboxMessage.state, OutboxMessage.last_error, sa.func.count().label("messages")
        ).group_by(OutboxMessage.state, OutboxMessage.last_error)
    ).all()
    by_state = {
        state: sum(row.messages for row in counted if row.state == state)
        for state in (READY, SENT, DEAD, VOID)
    }
    oldest = db.session.scalar(
        sa.select(sa.func.min(OutboxMessage.due_at)).where(
            OutboxMessage.state == READY, OutboxMessage.due_at <= at
        )
    )
    put_off, given_up = (
        {row.last_error: row.messages for row in counted if row.state == state and row.last_error}
        for state in (READY, DEAD)
    )
    return Standing(by_state, at - oldest if oldest else None, put_off, given_up)


def messages_since(session: Session, *, registration_id: int, kind: str, since: datetime) -> int:
    """How many messages of a kind were made for a registration, on its busiest channel."""
    per_channel = (
        sa.select(sa.func.count())
        .where(
            OutboxMessage.registration_id == registration_id,
            OutboxMessage.kind == kind,
            OutboxMessage.made_at >= since,
        )
        .group_by(OutboxMessage.channel)
    )
    return max(session.scalars(per_channel), default=0)


def times_owed(
    registration_id: sa.ColumnExpressionArgument[int], *, kind: str, since: datetime
) -> sa.ColumnElement[int]:
    """The same as a part of the caller's own statement; what was made at once counts as one."""
    return (
        sa.select(sa.func.count(OutboxMessage.made_at.distinct()))
        .where(
            OutboxMessage.registration_id == registration_id,
            OutboxMessage.kind == kind,
            OutboxMessage.made_at >= since,
        )
        .scalar_subquery()
    )
