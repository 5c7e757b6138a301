"""Registering and cancelling. A seat is sold once; asking twice makes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from showcase.db import WRITE, db, write
from showcase.errors import Busy
from showcase.outbox import actions as outbox
from showcase.outbox.queries import messages_since
from showcase.registrations import secret as secrets
from showcase.registrations.errors import (
    FormAlreadyUsed,
    PoolRefuses,
)
from showcase.registrations.message_kinds import (
    CANCELLATION,
    CONFIRMATION,
    INVITATION,
    PLACE,
    REQUEST,
)
from showcase.registrations.models import (
    CANCELLED,
    CONFIRMED,
    ENDED,
    INVITED,
    IS_ACTIVE,
    REQUESTED,
    WAITING,
    FormKey,
    Registration,
)
from showcase.registrations.seats import joining, pools
from showcase.registrations.seats.held import Held, owe
from showcase.registrations.seats.pools import EVENT
from showcase.registrations.seats.purchase import Row, purchase, purchase_in_one_statement
from showcase.registrations.seats.till import Till

# Enough for a person whose messages get lost, too few to annoy a stranger whose number is typed.
RESENT_AT_MOST: Final = 5
RESENT_WITHIN: Final = timedelta(days=1)

# A code that is taken already, or a registration cancelled while we looked: both are rare.
_TRIES: Final = 3

# The message that tells how a registration stands.
TOLD_BY: Final = {
    CONFIRMED: CONFIRMATION,
    REQUESTED: REQUEST,
    INVITED: INVITATION,
    WAITING: PLACE,
}

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
    sessions: Sequence[str] = (),
    answers: Mapping[str, Any] | None = None,
    may_contact: bool = False,
    needs_approval: bool = False,
    joins_list: bool = False,
) -> Receipt:
    """Take seats for a party and owe it its ticket.

    The same form sent again, or the same number or address with another form, takes no second
    seat. Whether the event is open at this hour is asked by the caller.

    Args:
        sessions: Keys of sessions that it has seats in as well, or in none of them.
        needs_approval: The organiser decides; the seats are kept until then.
        joins_list: Where seats are missing, wait for them, as long as offers are made. If the
            event is full, for everything together; if only sessions are, for each of these.

    Raises:
        NotEnoughSeats: The party is larger than what is left, or others wait already.
        SessionsFull: The event has room, but these sessions have not.
        PartyTooLarge: It would wait for ever.
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
        "answers": dict(answers or {}),
        "may_contact": may_contact,
        "language": language,
        "state": REQUESTED if needs_approval else CONFIRMED,
        "message": REQUEST if needs_approval else CONFIRMATION,
        "registered_at": at,
        # Each once, in the order in which everybody takes them.
        "sessions": tuple(sorted(set(sessions))),
        "key": key,
        "body_hash": body_hash(
            event_id=event_id,
            name=name,
            phone=phone,
            email=email,
            party=party,
            needs=needs,
            sessions=tuple(sessions),
            answers=answers or {},
            may_contact=may_contact,
        ),
    }
    for _ in range(_TRIES):
        receipt = _take_seats(asked) or _answer_again(asked, joins_list=joins_list)
        if receipt:
            outbox.wake()
            return receipt
    raise Busy


def body_hash(**told: object) -> str:
    """By which the same form is known again."""
    return secrets.fingerprint(*sorted(told.items()))


def _take_seats(asked: Row) -> Receipt | None:
    """The whole purchase in one transaction; None when it was refused, for whatever reason."""
    row = {**asked, **new_ticket()}
    try:
        return Receipt(_bought(row), is_new=True)
    except (IntegrityError, PoolRefuses):
        return None


def new_ticket() -> Row:
    """What opens a registration: random, and its secret stored as a hash alone."""
    public_id = secrets.new_public_id()
    return {
        "public_id": public_id,
        "secret_hash": secrets.hash_of(secrets.secret_of(public_id)),
        "code": secrets.new_code(),
    }


def _bought(row: Row) -> int:
    """Through the till on SQLite; PostgreSQL lets many write and commits them together itself."""
    if db.engines[WRITE].dialect.name == "sqlite":
        till: Till = current_app.extensions.setdefault(_TILL, Till())
        return till.buy(lambda session: purchase(session, row))
    if row["sessions"]:
        with write() as session:
            return purchase(session, row)
    return purchase_in_one_statement(row)


def _answer_again(asked: Row, *, joins_list: bool) -> Receipt | None:
    """Why no seat was taken: the same form again, the same person again, or too few seats.

    None when none of these is true any more, so that it is worth another try.
    """
    try:
        with write() as session:
            return _answer_known(session, asked) or _wait(session, asked, joins_list)
    except IntegrityError:
        # The same form or person came a second time while this one was being answered.
        return None


def _answer_known(session: Session, asked: Row) -> Receipt | None:
    answered = session.get(FormKey, asked["key"])
    if answered:
        return _same_answer(answered, asked)
    known = session.scalars(_known(asked)).first()
    return _send_again(session, known, asked) if known else None


def _wait(session: Session, asked: Row, joins_list: bool) -> Receipt | None:
    known = pools.locked(session, asked["event_id"])
    chosen = [known[key] for key in (EVENT, *asked["sessions"]) if key in known]
    full = [pool for pool in chosen if joining.is_full(pool, asked["party"])]
    if not full:
        return None
    if joins_list and joining.may_join(chosen, full, at=asked["registered_at"]):
        return Receipt(joining.join_list(session, {**asked, **new_ticket()}, known), is_new=True)
    raise joining.refusal(full)


def _same_answer(answered: FormKey, asked: Row) -> Receipt:
    if answered.body_hash != asked["body_hash"] or answered.registration_id is None:
        raise FormAlreadyUsed
    return Receipt(answered.registration_id, is_new=False)


def _send_again(session: Session, known: Registration, asked: Row) -> Receipt:
    """To the contact on record, never to one that a stranger has typed beside it."""
    session.add(
        FormKey(
            key=asked["key"],
            event_id=known.event_id,
            body_hash=asked["body_hash"],
            registration_id=known.id,
            made_at=asked["registered_at"],
        )
    )
    kind, at = TOLD_BY[known.state], asked["registered_at"]
    sent = messages_since(session, registration_id=known.id, kind=kind, since=at - RESENT_WITHIN)
    if sent <= RESENT_AT_MOST:
        owe(session, known, kind, at)
    return Receipt(known.id, is_new=False)


def _known(asked: Row) -> sa.Select[tuple[Registration]]:
    """By number and by address, each with the index of its own: asked for one or the other at once,
    SQLite looks through all who registered."""
    given = ((Registration.phone, asked["phone"]), (Registration.email, asked["email"]))
    found = (
        sa.select(Registration.id)
        .where(Registration.event_id == asked["event_id"], IS_ACTIVE, column == value)
        .correlate(None)
        for column, value in given
        if value
    )
    return (
        sa.select(Registration)
        .where(Registration.id.in_(sa.union(*found)))
        .order_by(Registration.id)
    )


def cancel(*, secret: str, at: datetime) -> bool:
    """Give the seats back, offer them to those who wait, and confirm it; False when there was
    nothing left to cancel."""
    with write() as session:
        held = Held.by_secret(session, secret)
        if held is None or held.registration.state in ENDED:
            return False
        held.give_up(state=CANCELLED, at=at)
        held.owe(CANCELLATION, at)
        held.hand_out(at)
    outbox.wake()
    return True
