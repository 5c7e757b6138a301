"""What visitors say: votes for stalls, exit slips of services they used, and feedback."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from showcase.db import Model, UtcDateTime

FEEDBACK_MAX = 500


class Vote(Model):
    """One ticket's choice in one category of an event's visitors' choice."""

    __tablename__ = "votes"

    registration_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registrations.id"), primary_key=True
    )
    category: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"), index=True)
    stall: Mapped[int] = mapped_column(doc="Its number.")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Slip(Model):
    """What a service asked of one visitor: three numbers, filled in on leaving a stall."""

    __tablename__ = "slips"
    __table_args__ = (
        sa.UniqueConstraint("registration_id", "stall"),
        sa.UniqueConstraint("event_id", "paper"),
        sa.CheckConstraint("minutes >= 0", name="minutes_are_a_count"),
        sa.CheckConstraint("taka >= 0", name="taka_are_a_count"),
        sa.CheckConstraint("visits >= 1", name="visits_are_a_count"),
        sa.CheckConstraint(
            "registration_id IS NOT NULL OR paper IS NOT NULL", name="comes_from_somewhere"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"))
    stall: Mapped[int] = mapped_column(doc="Its number.")
    registration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("registrations.id"))
    paper: Mapped[str | None] = mapped_column(
        sa.String(20), doc="Printed on a paper slip, so that it is typed in once."
    )
    minutes: Mapped[int | None]
    taka: Mapped[int | None]
    visits: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Feedback(Model):
    """How one ticket's holder found the event."""

    __tablename__ = "feedback"
    __table_args__ = (sa.CheckConstraint("score BETWEEN 1 AND 5", name="score_is_known"),)

    registration_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registrations.id"), primary_key=True
    )
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"), index=True)
    score: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(FEEDBACK_MAX))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
