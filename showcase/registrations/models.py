"""Seats, who has them, and which forms were already answered.

The tables keep the promises by themselves: a party has 1–10 people, one number or address holds one
confirmed registration per event, and a form's key is answered once.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from showcase.db import Model, UtcDateTime

CONFIRMED: Final = "confirmed"
CANCELLED: Final = "cancelled"

PARTY_MAX: Final = 10
NAME_MAX: Final = 100
NEEDS_MAX: Final = 500
# RFC 5321 allows a path of 256 characters, two of which are its angle brackets.
EMAIL_MAX: Final = 254

_IS_CONFIRMED: Final = sa.text(f"state = '{CONFIRMED}'")


class SeatPool(Model):
    """The seats of one event: visitors may take ``capacity - held``, the rest is for walk-ins.

    ``taken`` may exceed that after an editor lowers the number of seats: nobody is sent away.
    """

    __tablename__ = "seat_pools"
    __table_args__ = (
        sa.CheckConstraint("capacity >= 0", name="capacity_is_a_count"),
        sa.CheckConstraint("held >= 0", name="held_is_a_count"),
        sa.CheckConstraint("taken >= 0", name="taken_is_a_count"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"), primary_key=True)
    capacity: Mapped[int]
    held: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0, server_default="0")
    # Only ever grows, so that two changes that cancel each other out are seen as two changes.
    moves: Mapped[int] = mapped_column(default=0, server_default="0")


class Registration(Model):
    """A party that is coming, or has cancelled. Its ticket's secret is stored as a hash alone."""

    __tablename__ = "registrations"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "code"),
        sa.CheckConstraint(f"party BETWEEN 1 AND {PARTY_MAX}", name="party_is_small"),
        sa.CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name="can_be_reached"),
        sa.CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        sa.CheckConstraint(f"state IN ('{CONFIRMED}', '{CANCELLED}')", name="state_is_known"),
        sa.Index(
            "uq_registrations_event_id_phone_confirmed",
            "event_id",
            "phone",
            unique=True,
            sqlite_where=_IS_CONFIRMED,
            postgresql_where=_IS_CONFIRMED,
        ),
        sa.Index(
            "uq_registrations_event_id_email_confirmed",
            "event_id",
            "email",
            unique=True,
            sqlite_where=_IS_CONFIRMED,
            postgresql_where=_IS_CONFIRMED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"))
    public_id: Mapped[str] = mapped_column(
        sa.String(32), doc="Random; the ticket's secret follows from it and the site's key."
    )
    secret_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    code: Mapped[str] = mapped_column(sa.String(8), doc="Typed at the gate; no look-alikes.")
    name: Mapped[str] = mapped_column(sa.String(NAME_MAX))
    phone: Mapped[str | None] = mapped_column(sa.String(16), doc="E.164")
    email: Mapped[str | None] = mapped_column(sa.String(EMAIL_MAX))
    party: Mapped[int]
    needs: Mapped[str] = mapped_column(sa.String(NEEDS_MAX))
    language: Mapped[str] = mapped_column(sa.String(2), doc="The one its messages speak.")
    state: Mapped[str] = mapped_column(sa.String(10))
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FormKey(Model):
    """A form that was sent and answered: sent again, it gets the same answer and no second seat."""

    __tablename__ = "form_keys"

    key: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"))
    body_hash: Mapped[str] = mapped_column(sa.String(64))
    registration_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("registrations.id"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
