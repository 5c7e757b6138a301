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
CHANNELS: Final = (EMAIL, SMS)

_IS_READY: Final = sa.text(f"state = '{READY}'")
_IS_MADE_ONCE: Final = sa.text("once IS NOT NULL")


class OutboxMessage(Model):
    """Which message, to which registration. Its words and its link are made when it is sent,
    so neither a ticket's secret nor personal data lies here."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.CheckConstraint(f"channel IN ('{EMAIL}', '{SMS}')", name="channel_is_known"),
        sa.CheckConstraint(
            f"state IN ('{READY}', '{SENT}', '{DEAD}', '{VOID}')", name="state_is_known"
        ),
        # What was made before for the same person. With less of it, a PostgreSQL that has not
        # counted its rows yet looks through all that are ready, for each of them.
        sa.Index(None, "registration_id", "channel", "id"),
        # In the order in which they are sent: a worker reads no further than it claims.
        sa.Index(
            "ix_outbox_due_at_id_ready",
            "due_at",
            "id",
            sqlite_where=_IS_READY,
            postgresql_where=_IS_READY,
        ),
        sa.Index(
            "uq_outbox_registration_id_kind_channel_once",
            "registration_id",
            "kind",
            "channel",
            "once",
            unique=True,
            sqlite_where=_IS_MADE_ONCE,
            postgresql_where=_IS_MADE_ONCE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registrations.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    channel: Mapped[str] = mapped_column(sa.String(10))
    state: Mapped[str] = mapped_column(sa.String(10), default=READY)
    once: Mapped[str | None] = mapped_column(
        sa.String(60), doc="The occasion for which no second one of its kind may be made."
    )
    attempts: Mapped[int] = mapped_column(default=0, doc="Those that failed.")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(
        sa.String(100), doc="The name of the error's class: its text may tell an address."
    )
