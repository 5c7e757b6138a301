"""Joining the waiting list, inside the transaction that holds the event's pools."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from showcase.registrations.errors import NotEnoughSeats, PartyTooLarge, SessionsFull
from showcase.registrations.message_kinds import PLACE
from showcase.registrations.models import WAITING, Registration, SessionSeat
from showcase.registrations.seats import line, pools
from showcase.registrations.seats.held import hand_out, owe
from showcase.registrations.seats.pools import EVENT, Pool
from showcase.registrations.seats.purchase import Row, store


def join_list(session: Session, row: Row, known: Mapping[str, Pool]) -> int:
    """The number of the new registration, which waits for what is full.

    If its turn has come at once, since those before it do not fit into what is free, it has its
    seats at once.

    Raises:
        PartyTooLarge: There are fewer seats in all than the party has people.
    """
    chosen = [known[key] for key in (EVENT, *sorted(row["sessions"]))]
    if not all(pool.could_ever_hold(row["party"]) for pool in chosen):
        raise PartyTooLarge
    full = [pool for pool in chosen if is_full(pool, row["party"])]
    if full[0].key == EVENT:
        return _wait_for_all(session, row, chosen, known)
    return _wait_for_sessions(session, row, chosen, full)


def may_join(chosen: Sequence[Pool], full: Sequence[Pool], *, at: datetime) -> bool:
    """Whether offers can still be made of everything that a party would wait for."""
    return line.is_open(chosen if full[0].key == EVENT else full, at=at)


def refusal(full: Sequence[Pool]) -> NotEnoughSeats | SessionsFull:
    """To be raised: of the event where that is full, else of the sessions."""
    first = full[0]
    if first.key == EVENT:
        return NotEnoughSeats(0 if first.waiting else max(first.room or 0, 0))
    return SessionsFull([pool.key for pool in full])


def is_full(pool: Pool, party: int) -> bool:
    """To whoever comes now: others who wait come first."""
    return pool.waiting > 0 or not pool.has_room_for(party)


def _wait_for_all(
    session: Session, row: Row, chosen: Sequence[Pool], known: Mapping[str, Pool]
) -> int:
    at = row["registered_at"]
    registration = session.get_one(Registration, store(session, {**row, "state": WAITING}))
    wait = line.join(session, registration, chosen, at=at)
    if wait in hand_out(session, event_id=registration.event_id, at=at, but=wait):
        line.take_up(session, wait, known, at=at)
        registration.state = row["state"]
        owe(session, registration, row["message"], at)
    else:
        owe(session, registration, PLACE, at)
    return registration.id


def _wait_for_sessions(
    session: Session, row: Row, chosen: Sequence[Pool], full: Sequence[Pool]
) -> int:
    at = row["registered_at"]
    free = [pool for pool in chosen if pool not in full]
    pools.take(session, free, row["party"], past_the_line=False)
    registration = session.get_one(Registration, store(session, row))
    for pool in free[1:]:
        session.add(SessionSeat(registration_id=registration.id, pool_id=pool.id))
    join_sessions(session, registration, full, at=at)
    owe(session, registration, row["message"], at)
    return registration.id


def join_sessions(
    session: Session, registration: Registration, full: Iterable[Pool], *, at: datetime
) -> None:
    """Wait for each of these sessions by itself; have it at once where nobody is before."""
    for pool in full:
        wait = line.join(session, registration, [pool], at=at)
        if wait in hand_out(session, event_id=registration.event_id, at=at, but=wait):
            line.take_up(session, wait, {pool.key: pool}, at=at)
