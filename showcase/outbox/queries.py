"""What is owed and what was sent."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.outbox.models import OutboxMessage


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
