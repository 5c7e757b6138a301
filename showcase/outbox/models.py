"""Messages that are owed to somebody: written with what they tell of, sent after the commit."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from showcase.db import Model, UtcDateTime

READY: Final = "ready"
SENT: Final = "sent"
# Given up: refused for good, or failed at every try.
DEAD: Final = "dead"
# No longer true, so not sent: a ticket whose registration was cancelled meanwhile.
VOID: Final = "void"

EMAIL: Final = "email"
SMS: Final = "sms"


class OutboxMessage(Model):
    """Which message, to which registration. Its words and its link are made when it is sent,
    so neither a ticket's secret nor personal data lies here."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.CheckConstraint(f"channel IN ('{EMAIL}', '{SMS}')", name="channel_is_known"),
        sa.CheckConstraint(
            f"state IN ('{READY}', '{SENT}', '{DEAD}', '{VOID}')", name="state_is_known"
        ),
        sa.Index(
            "ix_outbox_due_at_ready",
            "due_at",
            sqlite_where=sa.text(f"state = '{READY}'"),
            postgresql_where=sa.text(f"state = '{READY}'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registrations.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    channel: Mapped[str] = mapped_column(sa.String(10))
    state: Mapped[str] = mapped_column(sa.String(10), default=READY)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(
        sa.String(100), doc="The name of the error's class: its text may tell an address."
    )
