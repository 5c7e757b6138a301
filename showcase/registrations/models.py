"""Seats, who has them or waits for them, and which forms were already answered.

The tables keep the promises by themselves: a party has 1–10 people, one number or address holds one
registration per event that is not over, and a form's key is answered once.
"""

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from showcase.db import Model, UtcDateTime

# Of a registration.
CONFIRMED: Final = "confirmed"
# Nothing was free: it waits for the event, and all its sessions with it.
WAITING: Final = "waiting"
# The organiser decides who comes; its seats are kept meanwhile.
REQUESTED: Final = "requested"
# A guest with a personal link; the seats are kept until the guest answers.
INVITED: Final = "invited"
CANCELLED: Final = "cancelled"
REFUSED: Final = "refused"

# Of a place on the waiting list, and of a registration that ended with it.
OFFERED: Final = "offered"
ACCEPTED: Final = "accepted"
DECLINED: Final = "declined"
EXPIRED: Final = "expired"
LEFT: Final = "left"

# Registrations whose seats are counted as taken.
HOLD_SEATS: Final = (CONFIRMED, REQUESTED, INVITED)
ACTIVE: Final = (*HOLD_SEATS, WAITING)
ENDED: Final = (CANCELLED, REFUSED, DECLINED, EXPIRED)

PARTY_MAX: Final = 10
NAME_MAX: Final = 100
NEEDS_MAX: Final = 500
ANSWER_MAX: Final = 500
# RFC 5321 allows a path of 256 characters, two of which are its angle brackets.
EMAIL_MAX: Final = 254


def _is_one_of(states: tuple[str, ...]) -> str:
    return "state IN ({})".format(", ".join(f"'{state}'" for state in states))


# Spelt out, since a database uses an index of these rows only where it reads the same words.
IS_ACTIVE: Final = sa.text(_is_one_of(ACTIVE))
_WAITS: Final = sa.text(f"state = '{WAITING}'")
_IS_OFFERED: Final = sa.text(f"state = '{OFFERED}'")


class SeatPool(Model):
    """The seats of an event, or of one of its sessions.

    Visitors may take ``capacity - held``; the rest is for walk-ins. ``taken`` may exceed that
    after an editor lowers the number of seats: nobody is sent away.
    """

    __tablename__ = "seat_pools"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "session_key"),
        sa.CheckConstraint("capacity >= 0", name="capacity_is_a_count"),
        sa.CheckConstraint("held >= 0", name="held_is_a_count"),
        sa.CheckConstraint("taken >= 0", name="taken_is_a_count"),
        sa.CheckConstraint("waiting >= 0", name="waiting_is_a_count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"))
    session_key: Mapped[str] = mapped_column(
        sa.String(120), default="", server_default="", doc="Empty for the event itself."
    )
    capacity: Mapped[int | None] = mapped_column(doc="None where a session has room for all.")
    held: Mapped[int]
    taken: Mapped[int] = mapped_column(
        default=0, server_default="0", doc="People who are coming, and who are offered a seat."
    )
    waiting: Mapped[int] = mapped_column(
        default=0, server_default="0", doc="Parties in line: nobody else may take a free seat."
    )
    offers_end: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="No offer may be open longer; None while none are made."
    )
    # Only ever grows, so that two changes that cancel each other out are seen as two changes.
    moves: Mapped[int] = mapped_column(default=0, server_default="0")


class Registration(Model):
    """A party that is coming, waits, or was. Its ticket's secret is stored as a hash alone."""

    __tablename__ = "registrations"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "code"),
        sa.CheckConstraint(f"party BETWEEN 1 AND {PARTY_MAX}", name="party_is_small"),
        sa.CheckConstraint(
            "phone IS NOT NULL OR email IS NOT NULL OR erased_at IS NOT NULL",
            name="can_be_reached",
        ),
        sa.CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        sa.CheckConstraint(_is_one_of((*ACTIVE, *ENDED)), name="state_is_known"),
        sa.Index(
            "uq_registrations_event_id_phone_active",
            "event_id",
            "phone",
            unique=True,
            sqlite_where=IS_ACTIVE,
            postgresql_where=IS_ACTIVE,
        ),
        sa.Index(
            "uq_registrations_event_id_email_active",
            "event_id",
            "email",
            unique=True,
            sqlite_where=IS_ACTIVE,
            postgresql_where=IS_ACTIVE,
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
    new_phone: Mapped[str | None] = mapped_column(
        sa.String(16), doc="Not confirmed yet by whoever reads its messages."
    )
    new_email: Mapped[str | None] = mapped_column(sa.String(EMAIL_MAX), doc="Likewise.")
    party: Mapped[int]
    needs: Mapped[str] = mapped_column(sa.String(NEEDS_MAX))
    answers: Mapped[dict[str, Any]] = mapped_column(
        sa.JSON, default=dict, server_default="{}", doc="To the event's questions, by key."
    )
    may_contact: Mapped[bool] = mapped_column(
        default=False, server_default=sa.false(), doc="Wants to hear of later events."
    )
    language: Mapped[str] = mapped_column(sa.String(2), doc="The one its messages speak.")
    state: Mapped[str] = mapped_column(sa.String(10))
    is_guest: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    answer_by: Mapped[datetime | None] = mapped_column(UtcDateTime, doc="Of an invitation.")
    changes: Mapped[int] = mapped_column(
        default=0, server_default="0", doc="Grows at each, for calendars that keep the newest."
    )
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="Who it was is no longer known; how many they were is."
    )


class SessionSeat(Model):
    """A session that a party has seats in, as many as it has people."""

    __tablename__ = "session_seats"

    registration_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registrations.id"), primary_key=True
    )
    pool_id: Mapped[int] = mapped_column(
        sa.ForeignKey("seat_pools.id"), primary_key=True, index=True
    )


class Wait(Model):
    """A party's place on the waiting list of an event, in order of ``id``.

    It waits for the event with all the sessions it chose, or, being registered, for one session
    that was full. All its pools are offered together or none.
    """

    __tablename__ = "waits"
    __table_args__ = (
        sa.CheckConstraint(
            _is_one_of((WAITING, OFFERED, ACCEPTED, DECLINED, EXPIRED, LEFT)), name="state_is_known"
        ),
        sa.CheckConstraint(
            "state <> 'offered' OR offered_until IS NOT NULL", name="offer_has_an_end"
        ),
        # The line in order, with what tells at once that somebody does not fit into what is free.
        sa.Index(
            "ix_waits_event_id_id_waiting",
            "event_id",
            "id",
            "is_for_event",
            "party",
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        sa.Index(
            "ix_waits_offered_until_offered",
            "offered_until",
            sqlite_where=_IS_OFFERED,
            postgresql_where=_IS_OFFERED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registrations.id"), index=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"))
    party: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(10), default=WAITING)
    is_for_event: Mapped[bool]
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    passed: Mapped[int] = mapped_column(
        default=0, server_default="0", doc="Seats given past it while it was first in line."
    )


class WaitPool(Model):
    """A pool that a party waits for."""

    __tablename__ = "wait_pools"

    wait_id: Mapped[int] = mapped_column(sa.ForeignKey("waits.id"), primary_key=True)
    pool_id: Mapped[int] = mapped_column(
        sa.ForeignKey("seat_pools.id"), primary_key=True, index=True
    )


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
