"""Seats that are left, and the ticket behind a secret link."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from showcase.db import db
from showcase.registrations.errors import TicketKeyChanged
from showcase.registrations.models import CONFIRMED, FormKey, Registration, SeatPool
from showcase.registrations.secret import hash_of, secret_of

# Visitors never see a negative number: an editor may have lowered the capacity below what is taken.
_SEATS_LEFT: Final = SeatPool.capacity - SeatPool.held - SeatPool.taken


@dataclass(frozen=True)
class Ticket:
    """One registration as its owner sees it, with the secret that opens it."""

    registration_id: int
    event_id: int
    public_id: str
    secret: str
    code: str
    name: str
    phone: str | None
    email: str | None
    party: int
    needs: str
    language: str
    is_confirmed: bool


def seats_left(event_id: int) -> int | None:
    """Seats that visitors may still take; None where the event has no pool."""
    left = db.session.scalar(sa.select(_SEATS_LEFT).where(SeatPool.event_id == event_id))
    return None if left is None else max(left, 0)


def seats_left_of_all() -> dict[int, int]:
    """The same for every event that has a pool, in one query."""
    rows = db.session.execute(sa.select(SeatPool.event_id, _SEATS_LEFT)).tuples()
    return {event_id: max(left, 0) for event_id, left in rows}


def marks() -> int:
    """A number that grows with every seat taken, freed, added or withdrawn."""
    return db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(SeatPool.moves), 0))) or 0


def ticket_by_secret(secret: str) -> Ticket | None:
    row = _registration(Registration.secret_hash == hash_of(secret))
    return _ticket(row, secret) if row else None


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


def _registration(condition: sa.ColumnElement[bool]) -> Registration | None:
    return db.session.scalar(sa.select(Registration).where(condition))


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
        party=row.party,
        needs=row.needs,
        language=row.language,
        is_confirmed=row.state == CONFIRMED,
    )


def was_answered(*, key: str, body_hash: str) -> bool:
    """This very form was already sent and led to a registration."""
    return db.session.scalar(sa.select(FormKey.body_hash).where(FormKey.key == key)) == body_hash
