"""Who registers in these tests, and what the tables say of them afterwards."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import Flask

from showcase.db import db
from showcase.outbox.models import OutboxMessage
from showcase.registrations.actions import Receipt, register
from showcase.registrations.models import CONFIRMED, Registration, SeatPool
from showcase.registrations.queries import ticket_by_id
from tests.registrations.forms import new_key

NOON = datetime(2025, 11, 30, 6, 0, tzinfo=UTC)
RAHIMA = "+8801711000000"
KARIM = "+8801811000000"


def ask(event_id: int, **changed: Any) -> Receipt:
    """Rahima asks for one seat, with whatever the test changes."""
    return register(
        **{
            "event_id": event_id,
            "name": "Rahima Begum",
            "phone": RAHIMA,
            "email": None,
            "party": 1,
            "needs": "",
            "language": "en",
            "key": new_key(),
            "at": NOON,
            **changed,
        }
    )


class Books(NamedTuple):
    """Seats taken, people confirmed, and registrations confirmed: the first two must agree."""

    taken: int
    people: int
    registrations: int


def books(event_id: int) -> Books:
    db.session.rollback()
    confirmed = sa.select(
        sa.func.coalesce(sa.func.sum(Registration.party), 0), sa.func.count()
    ).where(Registration.event_id == event_id, Registration.state == CONFIRMED)
    people, registrations = db.session.execute(confirmed).one()
    taken = db.session.scalar(sa.select(SeatPool.taken).where(SeatPool.event_id == event_id))
    return Books(taken or 0, people, registrations)


def owed(registration_id: int) -> list[tuple[str, str, str]]:
    """Kind, channel and state of each message to a registration, oldest first."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(OutboxMessage.kind, OutboxMessage.channel, OutboxMessage.state)
        .where(OutboxMessage.registration_id == registration_id)
        .order_by(OutboxMessage.id)
    )
    return [(kind, channel, state) for kind, channel, state in rows]


def registration(registration_id: int) -> Registration:
    db.session.rollback()
    found = db.session.get(Registration, registration_id, populate_existing=True)
    assert found is not None
    return found


def stored(app: Flask) -> list[Registration]:
    """Every registration, oldest first."""
    with app.app_context():
        return list(db.session.scalars(sa.select(Registration).order_by(Registration.id)))


def secret_of(app: Flask, registration_id: int = 1) -> str:
    """Of the ticket, as its owner finds it in the message."""
    with app.app_context():
        ticket = ticket_by_id(registration_id)
        assert ticket is not None
        return ticket.secret
