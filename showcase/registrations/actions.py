"""Taking seats and giving them back. A seat is sold once; asking twice makes one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from showcase.db import WRITE, db, write
from showcase.errors import Busy
from showcase.outbox import actions as outbox
from showcase.outbox.queries import messages_since
from showcase.registrations import secret as secrets
from showcase.registrations.errors import FormAlreadyUsed, NotEnoughSeats, PoolRefuses
from showcase.registrations.models import CANCELLED, CONFIRMED, FormKey, Registration, SeatPool
from showcase.registrations.purchase import (
    CONFIRMATION,
    Row,
    purchase,
    purchase_in_one_statement,
)
from showcase.registrations.till import Till

CANCELLATION: Final = "cancellation"

# Enough for a person whose messages get lost, too few to annoy a stranger whose number is typed.
RESENT_AT_MOST: Final = 5
RESENT_WITHIN: Final = timedelta(days=1)

# A code that is taken already, or a registration cancelled while we looked: both are rare.
_TRIES: Final = 3

_TILL: Final = "registrations_till"


@dataclass(frozen=True)
class Receipt:
    """What became of a form. Never shown to its sender, who may be a stranger."""

    registration_id: int
    is_new: bool


def register(
    *,
    event_id: int,
    name: str,
    phone: str | None,
    email: str | None,
    party: int,
    needs: str,
    language: str,
    key: str,
    at: datetime,
) -> Receipt:
    """Take seats for a party and owe it its ticket.

    The same form sent again, or the same number or address with another form, takes no second
    seat. Whether the event is open at this hour is asked by the caller.

    Raises:
        NotEnoughSeats: The party is larger than what is left.
        FormAlreadyUsed: ``key`` came before with other answers.
        Busy: The database was held by others for too long.
    """
    asked: Row = {
        "event_id": event_id,
        "name": name,
        "phone": phone,
        "email": email,
        "party": party,
        "needs": needs,
        "language": language,
        "registered_at": at,
        "key": key,
        "body_hash": body_hash(event_id, name, phone, email, party, needs),
    }
    for _ in range(_TRIES):
        receipt = _take_seats(asked) or _answer_again(asked)
        if receipt:
            outbox.wake()
            return receipt
    raise Busy


def body_hash(
    event_id: int, name: str, phone: str | None, email: str | None, party: int, needs: str
) -> str:
    """By which the same form is known again."""
    return secrets.fingerprint(event_id, name, phone, email, party, needs)


def _take_seats(asked: Row) -> Receipt | None:
    """The whole purchase in one transaction; None when the database knows this visitor already."""
    public_id = secrets.new_public_id()
    row: Row = {
        **asked,
        "public_id": public_id,
        "secret_hash": secrets.hash_of(secrets.secret_of(public_id)),
        "code": secrets.new_code(),
    }
    try:
        return Receipt(_bought(row), is_new=True)
    except (IntegrityError, PoolRefuses):
        return None


def _bought(row: Row) -> int:
    """Through the till on SQLite; PostgreSQL lets many write and commits them together itself."""
    if db.engines[WRITE].dialect.name == "sqlite":
        till: Till = current_app.extensions.setdefault(_TILL, Till())
        return till.buy(lambda session: purchase(session, row))
    return purchase_in_one_statement(row)


def _answer_again(asked: Row) -> Receipt | None:
    """Why no seat was taken: the same form again, the same person again, or too few seats.

    None when none of these is true any more, so that it is worth another try.
    """
    try:
        with write() as session:
            return _answer_known(session, asked)
    except IntegrityError:
        # The same form came a second time while this one was being answered.
        return None


def _answer_known(session: Session, asked: Row) -> Receipt | None:
    answered = session.get(FormKey, asked["key"])
    if answered:
        return _same_answer(answered, asked)
    known = session.scalars(_known(asked)).first()
    if known:
        return _send_again(session, known, asked)
    left = session.scalar(_seats_left(asked["event_id"])) or 0
    if left < asked["party"]:
        raise NotEnoughSeats(max(left, 0))
    return None


def _same_answer(answered: FormKey, asked: Row) -> Receipt:
    if answered.body_hash != asked["body_hash"] or answered.registration_id is None:
        raise FormAlreadyUsed
    return Receipt(answered.registration_id, is_new=False)


def _send_again(session: Session, known: Registration, asked: Row) -> Receipt:
    """To the contact on record, never to one that a stranger has typed beside it."""
    at: datetime = asked["registered_at"]
    session.add(
        FormKey(
            key=asked["key"],
            event_id=known.event_id,
            body_hash=asked["body_hash"],
            registration_id=known.id,
            made_at=at,
        )
    )
    sent = messages_since(
        session, registration_id=known.id, kind=CONFIRMATION, since=at - RESENT_WITHIN
    )
    if sent <= RESENT_AT_MOST:
        outbox.put(
            session,
            registration_id=known.id,
            kind=CONFIRMATION,
            phone=known.phone,
            email=known.email,
            at=at,
        )
    return Receipt(known.id, is_new=False)


def _known(asked: Row) -> sa.Select[tuple[Registration]]:
    same_person = [
        column == asked[column.key]
        for column in (Registration.phone, Registration.email)
        if asked[column.key]
    ]
    return (
        sa.select(Registration)
        .where(
            Registration.event_id == asked["event_id"],
            Registration.state == CONFIRMED,
            sa.or_(*same_person),
        )
        .order_by(Registration.id)
    )


def _seats_left(event_id: int) -> sa.Select[tuple[int]]:
    return sa.select(SeatPool.capacity - SeatPool.held - SeatPool.taken).where(
        SeatPool.event_id == event_id
    )


def cancel(*, secret: str, at: datetime) -> bool:
    """Give the seats back and confirm it; False when there was nothing left to cancel."""
    with write() as session:
        cancelled = session.execute(
            sa.update(Registration)
            .where(
                Registration.secret_hash == secrets.hash_of(secret),
                Registration.state == CONFIRMED,
            )
            .values(state=CANCELLED, cancelled_at=at)
            .returning(
                Registration.id,
                Registration.event_id,
                Registration.party,
                Registration.phone,
                Registration.email,
            )
        ).first()
        if cancelled is None:
            return False
        _free_seats(session, event_id=cancelled.event_id, party=cancelled.party)
        outbox.void(session, registration_id=cancelled.id, kind=CONFIRMATION)
        outbox.put(
            session,
            registration_id=cancelled.id,
            kind=CANCELLATION,
            phone=cancelled.phone,
            email=cancelled.email,
            at=at,
        )
    outbox.wake()
    return True


def _free_seats(session: Session, *, event_id: int, party: int) -> None:
    session.execute(
        sa.update(SeatPool)
        .where(SeatPool.event_id == event_id)
        .values(taken=SeatPool.taken - party, moves=SeatPool.moves + 1)
    )


def set_pool(session: Session, *, event_id: int, capacity: int, held: int) -> None:
    """Let an event have this many seats, inside the caller's transaction.

    Lowering it sends nobody away: no more seats are sold until enough were given back.
    """
    values = {"capacity": capacity, "held": held}
    is_same = sa.and_(SeatPool.capacity == capacity, SeatPool.held == held)
    changed = session.execute(
        sa.update(SeatPool)
        .where(SeatPool.event_id == event_id)
        .values(**values, moves=SeatPool.moves + sa.case((is_same, 0), else_=1))
    )
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        session.add(SeatPool(event_id=event_id, **values, taken=0, moves=0))
