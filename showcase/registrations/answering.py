"""What visitors answer to an offer or an invitation, and what happens when they do not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from showcase.db import db, write
from showcase.outbox import actions as outbox
from showcase.registrations.errors import NothingToAnswer
from showcase.registrations.message_kinds import (
    CHANGE,
    CONFIRMATION,
    INVITATION,
    LIST_CLOSED,
    OFFER,
    OFFER_ENDED,
    PLACE,
    REFUSAL,
    REQUEST,
)
from showcase.registrations.models import (
    CANCELLED,
    CONFIRMED,
    DECLINED,
    EXPIRED,
    INVITED,
    LEFT,
    OFFERED,
    REFUSED,
    REQUESTED,
    WAITING,
    Registration,
    SeatPool,
    Wait,
    WaitPool,
)
from showcase.registrations.seats import line, pools
from showcase.registrations.seats.held import Held, hand_out
from showcase.registrations.seats.line import NIGHT

# What one round ends; the rest follows in the next, so that visitors' writes come between.
_AT_ONCE: Final = 50


def accept_offer(*, secret: str, wait_id: int, needs_approval: bool, at: datetime) -> None:
    """Take the seats that are offered; they are counted as taken already.

    Raises:
        NothingToAnswer: There is no such offer, or it is over.
    """
    with write() as session:
        held, wait = _offer(session, secret, wait_id, at)
        line.take_up(session, wait, held.pools, at=at)
        _void_offer(held)
        if wait.is_for_event:
            outbox.void(session, registration_id=held.registration.id, kind=PLACE)
            held.registration.state = REQUESTED if needs_approval else CONFIRMED
            held.owe(REQUEST if needs_approval else CONFIRMATION, at)
        else:
            held.owe(CHANGE, at)
        held.registration.changes += 1
    outbox.wake()


def decline_offer(*, secret: str, wait_id: int, at: datetime) -> None:
    """Leave the offered seats to the next; nothing is offered to this party again by itself.

    Raises:
        NothingToAnswer: There is no such offer, or it is over.
    """
    with write() as session:
        held, wait = _offer(session, secret, wait_id, at)
        _end(held, wait, state=DECLINED, at=at)
        held.hand_out(at)
    outbox.wake()


def leave_list(*, secret: str, wait_id: int, at: datetime) -> None:
    """Wait no longer. Who waited for the event itself has ended the registration with it.

    Raises:
        NothingToAnswer: This party does not wait there.
    """
    with write() as session:
        held = Held.by_secret(session, secret)
        wait = _wait(held, wait_id)
        if held is None or wait is None or wait.state != WAITING:
            raise NothingToAnswer
        _end(held, wait, state=LEFT, at=at)
        # It may have been first in line, with seats kept for it.
        held.hand_out(at)
    outbox.wake()


def _offer(session: Session, secret: str, wait_id: int, at: datetime) -> tuple[Held, Wait]:
    held = Held.by_secret(session, secret)
    wait = _wait(held, wait_id)
    if held is None or wait is None or wait.state != OFFERED:
        raise NothingToAnswer
    if wait.offered_until is None or wait.offered_until <= at:
        raise NothingToAnswer
    return held, wait


def _wait(held: Held | None, wait_id: int) -> Wait | None:
    """Of this registration alone: another's number opens nothing."""
    waits = held.open_waits() if held else []
    return next((wait for wait in waits if wait.id == wait_id), None)


def _end(held: Held, wait: Wait, *, state: str, at: datetime) -> None:
    line.leave(held.session, wait, held.pools, state=state, at=at)
    _void_offer(held)
    if wait.is_for_event:
        outbox.void(held.session, registration_id=held.registration.id)
        held.registration.state = CANCELLED if state == LEFT else state
        held.registration.ended_at = at
        held.registration.changes += 1


def _void_offer(held: Held) -> None:
    """Unless another is open: the message that is not sent yet tells of that one as well."""
    if not any(wait.state == OFFERED for wait in held.open_waits()):
        outbox.void(held.session, registration_id=held.registration.id, kind=OFFER)


def accept_invitation(*, secret: str, party: int, at: datetime) -> None:
    """A guest comes, with as many people as seats were kept or fewer.

    Raises:
        NothingToAnswer: It was answered, or its time is over.
    """
    with write() as session:
        held = _invitation(session, secret, at)
        guest = held.registration
        fewer = guest.party - min(party, guest.party)
        pools.free(session, held.taken_pools(), fewer)
        guest.party -= fewer
        guest.state = CONFIRMED
        guest.changes += 1
        outbox.void(session, registration_id=guest.id, kind=INVITATION)
        held.owe(CONFIRMATION, at)
        held.hand_out(at)
    outbox.wake()


def decline_invitation(*, secret: str, at: datetime) -> None:
    """
    Raises:
        NothingToAnswer: It was answered, or its time is over.
    """
    with write() as session:
        held = _invitation(session, secret, at)
        held.give_up(state=DECLINED, at=at)
        held.hand_out(at)
    outbox.wake()


def _invitation(session: Session, secret: str, at: datetime) -> Held:
    held = Held.by_secret(session, secret)
    if held is None or held.registration.state != INVITED:
        raise NothingToAnswer
    if held.registration.answer_by is None or held.registration.answer_by <= at:
        raise NothingToAnswer
    return held


def decide(*, event_id: int, code: str, comes: bool, at: datetime) -> bool:
    """The organiser's answer to a request; False where nobody asks under this code."""
    with write() as session:
        held = Held.by_code(session, event_id, code)
        if held is None or held.registration.state != REQUESTED:
            return False
        if comes:
            held.registration.state = CONFIRMED
            held.registration.changes += 1
            outbox.void(session, registration_id=held.registration.id, kind=REQUEST)
            held.owe(CONFIRMATION, at)
        else:
            held.give_up(state=REFUSED, at=at)
            held.owe(REFUSAL, at)
            held.hand_out(at)
    outbox.wake()
    return True


def end_what_is_over(at: datetime) -> None:
    """A chore: end offers and invitations that nobody answered, and lines that lead nowhere; offer
    what one transaction had to leave over."""
    for registration_id in _unanswered_offers(at):
        _expire_offers(registration_id, at)
    for registration_id in _unanswered_invitations(at):
        _expire_invitation(registration_id, at)
    while event_id := db.session.scalar(_without_hope(Wait.event_id, at)):
        _close_lines_of(event_id, at)
    for event_id in _with_free_seats(at):
        while _offer_some(event_id, at):
            outbox.wake()
    outbox.wake()


def _unanswered_offers(at: datetime) -> Sequence[int]:
    return db.session.scalars(
        sa.select(Wait.registration_id)
        .where(Wait.state == OFFERED, Wait.offered_until <= at)
        .order_by(Wait.offered_until, Wait.id)
        .limit(_AT_ONCE)
    ).all()


def _expire_offers(registration_id: int, at: datetime) -> None:
    with write() as session:
        held = Held.by_id(session, registration_id)
        waits = held.open_waits() if held else []
        for wait in waits:
            if held and wait.state == OFFERED and wait.offered_until and wait.offered_until <= at:
                _end(held, wait, state=EXPIRED, at=at)
                held.owe(OFFER_ENDED, at)
                held.hand_out(at)


def _unanswered_invitations(at: datetime) -> Sequence[int]:
    return db.session.scalars(
        sa.select(Registration.id)
        .where(Registration.state == INVITED, Registration.answer_by <= at)
        .order_by(Registration.answer_by, Registration.id)
        .limit(_AT_ONCE)
    ).all()


def _expire_invitation(registration_id: int, at: datetime) -> None:
    with write() as session:
        held = Held.by_id(session, registration_id)
        if held and held.registration.state == INVITED:
            held.give_up(state=EXPIRED, at=at)
            held.hand_out(at)


def _without_hope(what: InstrumentedAttribute[int], at: datetime) -> sa.Select[tuple[int]]:
    """Of who waits for something of which no offer can be made any more."""
    return (
        sa.select(what)
        .join(WaitPool, WaitPool.wait_id == Wait.id)
        .join(SeatPool, SeatPool.id == WaitPool.pool_id)
        .where(Wait.state == WAITING, SeatPool.waiting > 0, SeatPool.offers_end < at + NIGHT)
        .limit(_AT_ONCE)
    )


def _close_lines_of(event_id: int, at: datetime) -> None:
    """From now on seats that become free go to whoever comes first."""
    with write() as session:
        hopeless = _without_hope(Wait.registration_id, at).where(Wait.event_id == event_id)
        for registration_id in session.scalars(hopeless.distinct()).all():
            held = Held.by_id(session, registration_id)
            for wait in held.open_waits() if held else []:
                if held and wait.state == WAITING and _is_hopeless(held, wait, at):
                    _end(held, wait, state=EXPIRED, at=at)
                    held.owe(LIST_CLOSED, at)
        # Some were kept for those who have just left.
        hand_out(session, event_id=event_id, at=at)


def _with_free_seats(at: datetime) -> Sequence[int]:
    """Events with something that is free, that parties wait for and that may be offered."""
    is_free = sa.or_(
        SeatPool.capacity.is_(None), SeatPool.taken < SeatPool.capacity - SeatPool.held
    )
    return db.session.scalars(
        sa.select(SeatPool.event_id)
        .where(SeatPool.waiting > 0, SeatPool.offers_end >= at + NIGHT, is_free)
        .distinct()
    ).all()


def _offer_some(event_id: int, at: datetime) -> bool:
    """Whether there may be more to offer."""
    with write() as session:
        return len(hand_out(session, event_id=event_id, at=at)) == line.OFFERS_AT_ONCE


def _is_hopeless(held: Held, wait: Wait, at: datetime) -> bool:
    wanted = line.wanted_by(held.session, wait, held.pools)
    return any(pool.offers_end and pool.offers_end - at < NIGHT for pool in wanted)
