"""Seats that are left, and the ticket behind a secret link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from showcase.db import db
from showcase.registrations.errors import TicketKeyChanged
from showcase.registrations.models import (
    ACTIVE,
    CONFIRMED,
    ENDED,
    INVITED,
    OFFERED,
    REQUESTED,
    WAITING,
    FormKey,
    Registration,
    SeatPool,
    SessionSeat,
    Wait,
    WaitPool,
)
from showcase.registrations.seats.pools import EVENT
from showcase.registrations.secret import ContactToken, hash_of, secret_of

# Visitors never see a negative number: an editor may have lowered the capacity below what is
# taken. Seats that others wait for are not theirs to take.
_SEATS_LEFT: Final = sa.case(
    (SeatPool.waiting > 0, 0), else_=SeatPool.capacity - SeatPool.held - SeatPool.taken
)


@dataclass(frozen=True)
class Ticket:
    """One registration as its owner sees it, with the secret that opens it.

    Attributes:
        sessions: Keys of those it has seats in.
    """

    registration_id: int
    event_id: int
    public_id: str
    secret: str
    code: str
    name: str
    phone: str | None
    email: str | None
    new_phone: str | None
    new_email: str | None
    party: int
    needs: str
    answers: Mapping[str, Any]
    may_contact: bool
    language: str
    state: str
    is_guest: bool
    answer_by: datetime | None
    changes: int
    is_erased: bool
    sessions: tuple[str, ...]

    @property
    def is_confirmed(self) -> bool:
        return self.state == CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.state == WAITING

    @property
    def is_requested(self) -> bool:
        return self.state == REQUESTED

    @property
    def is_invited(self) -> bool:
        return self.state == INVITED

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


@dataclass(frozen=True)
class Place:
    """A party's place on the waiting list, or the offer it led to.

    Attributes:
        sessions: Keys of what it waits for; none for the event alone.
        ahead: Parties that wait for the same and came before.
        offered_until: When the offer ends; None while it waits.
        is_too_large: There are fewer seats in all than the party has people.
    """

    wait_id: int
    party: int
    is_for_event: bool
    sessions: tuple[str, ...]
    ahead: int
    offered_until: datetime | None
    is_too_large: bool


@dataclass(frozen=True)
class Contact:
    """A number or address that waits to be confirmed, or was; ``language`` of its messages."""

    language: str
    is_confirmed: bool


def seats_left(event_id: int) -> int | None:
    """Seats that visitors may still take; None where the event has no pool."""
    left = db.session.scalar(
        sa.select(_SEATS_LEFT).where(SeatPool.event_id == event_id, SeatPool.session_key == EVENT)
    )
    return None if left is None else max(left, 0)


def seats_left_of_all() -> dict[int, int]:
    """The same for every event that has a pool, in one query."""
    rows = db.session.execute(
        sa.select(SeatPool.event_id, _SEATS_LEFT).where(SeatPool.session_key == EVENT)
    ).tuples()
    return {event_id: max(left, 0) for event_id, left in rows}


def sessions_left(event_id: int) -> dict[str, int | None]:
    """The same for each of its sessions, by key; None where there is room for all."""
    rows = db.session.execute(
        sa.select(SeatPool.session_key, _SEATS_LEFT).where(
            SeatPool.event_id == event_id, SeatPool.session_key != EVENT
        )
    ).tuples()
    return {key: None if left is None else max(left, 0) for key, left in rows}


def marks() -> int:
    """A number that grows with every seat taken, freed, added or withdrawn."""
    return db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(SeatPool.moves), 0))) or 0


def ticket_by_secret(secret: str) -> Ticket | None:
    row = _registration(Registration.secret_hash == hash_of(secret))
    return _ticket(row, secret) if row else None


def ticket_by_code(*, code: str, phone: str) -> Ticket | None:
    """For who has the code and not the link: both have to be right."""
    row = _registration(Registration.code == code, Registration.phone == phone)
    return _ticket(row, secret_of(row.public_id)) if row else None


def contact_of(token: ContactToken) -> Contact | None:
    """What a link proves that was sent to a new number or address; None if nothing (any more)."""
    row = _registration(Registration.id == token.registration_id, Registration.state.in_(ACTIVE))
    if row is None:
        return None
    new, old = (row.new_phone, row.phone) if token.is_of_phone else (row.new_email, row.email)
    if token.proves(row.public_id, new):
        return Contact(row.language, is_confirmed=False)
    return Contact(row.language, is_confirmed=True) if token.proves(row.public_id, old) else None


def ticket_by_id(registration_id: int) -> Ticket | None:
    """For messages, which must tell the secret anew.

    Raises:
        TicketKeyChanged: It cannot be told: the link would open nothing.
    """
    row = _registration(Registration.id == registration_id)
    if row is None:
        return None
    secret = secret_of(row.public_id)
    if hash_of(secret) != row.secret_hash:
        raise TicketKeyChanged
    return _ticket(row, secret)


def _registration(*conditions: sa.ColumnElement[bool]) -> Registration | None:
    return db.session.scalar(sa.select(Registration).where(*conditions).limit(1))


def _ticket(row: Registration, secret: str) -> Ticket:
    return Ticket(
        registration_id=row.id,
        event_id=row.event_id,
        public_id=row.public_id,
        secret=secret,
        code=row.code,
        name=row.name,
        phone=row.phone,
        email=row.email,
        new_phone=row.new_phone,
        new_email=row.new_email,
        party=row.party,
        needs=row.needs,
        answers=row.answers,
        may_contact=row.may_contact,
        language=row.language,
        state=row.state,
        is_guest=row.is_guest,
        answer_by=row.answer_by,
        changes=row.changes,
        is_erased=row.erased_at is not None,
        sessions=_sessions_of(row.id),
    )


def _sessions_of(registration_id: int) -> tuple[str, ...]:
    return tuple(
        db.session.scalars(
            sa.select(SeatPool.session_key)
            .join(SessionSeat, SessionSeat.pool_id == SeatPool.id)
            .where(SessionSeat.registration_id == registration_id)
            .order_by(SeatPool.session_key)
        )
    )


def places_of(registration_id: int) -> list[Place]:
    """Where it waits, and what it is offered; the oldest first."""
    waits = db.session.scalars(
        sa.select(Wait)
        .where(Wait.registration_id == registration_id, Wait.state.in_((WAITING, OFFERED)))
        .order_by(Wait.id)
    )
    return [_place(wait) for wait in waits]


def _place(wait: Wait) -> Place:
    wanted = db.session.execute(
        sa.select(SeatPool.id, SeatPool.session_key, SeatPool.capacity, SeatPool.held)
        .join(WaitPool, WaitPool.pool_id == SeatPool.id)
        .where(WaitPool.wait_id == wait.id)
        .order_by(SeatPool.session_key)
    ).all()
    return Place(
        wait_id=wait.id,
        party=wait.party,
        is_for_event=wait.is_for_event,
        sessions=tuple(pool.session_key for pool in wanted if pool.session_key != EVENT),
        ahead=_ahead_of(wait, [pool.id for pool in wanted]),
        offered_until=wait.offered_until if wait.state == OFFERED else None,
        is_too_large=any(
            pool.capacity is not None and pool.capacity - pool.held < wait.party for pool in wanted
        ),
    )


def _ahead_of(wait: Wait, pool_ids: list[int]) -> int:
    """Who waits for the event waits before everybody behind; else who waits for the same."""
    before = sa.select(sa.func.count()).where(
        Wait.event_id == wait.event_id, Wait.state == WAITING, Wait.id < wait.id
    )
    if wait.is_for_event:
        before = before.where(Wait.is_for_event)
    else:
        before = before.where(
            sa.exists().where(WaitPool.wait_id == Wait.id, WaitPool.pool_id.in_(pool_ids))
        )
    return db.session.scalar(before) or 0


def was_answered(*, key: str, body_hash: str) -> bool:
    """This very form was already sent and led to a registration."""
    return db.session.scalar(sa.select(FormKey.body_hash).where(FormKey.key == key)) == body_hash
