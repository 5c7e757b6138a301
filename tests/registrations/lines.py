"""Events with a waiting list, who stands in line, and what the tables say of it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from showcase.db import db, write
from showcase.outbox.models import VOID, OutboxMessage
from showcase.registrations.actions import cancel
from showcase.registrations.answering import accept_offer, decline_offer, leave_list
from showcase.registrations.changing import Wish, change
from showcase.registrations.models import Registration, SeatPool, SessionSeat, Wait
from showcase.registrations.queries import Place, places_of, ticket_by_id
from showcase.registrations.seats.pools import EVENT, PoolSize
from showcase.registrations.sizing import set_sizes
from tests.registrations.builders import make_event
from tests.registrations.people import NOON, ask, registration

# As far away as most tests want it: the line stays open, and an offer lasts its full day.
STARTS = datetime(2025, 12, 20, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def fair(
    app: Flask,
    seats: int = 5,
    *,
    slug: str = "kurigram-fair",
    sessions: Mapping[str, int | None] | None = None,
    starts: datetime | None = STARTS,
    sessions_start: datetime | None = None,
) -> int:
    """An event with a waiting list; its sessions begin when it does, unless the test says when."""
    event = make_event(app, slug, seats=seats)
    resize(event, seats, sessions=sessions, starts=starts, sessions_start=sessions_start)
    return event


def resize(
    event: int,
    seats: int,
    *,
    held: int = 0,
    sessions: Mapping[str, int | None] | None = None,
    starts: datetime | None = STARTS,
    sessions_start: datetime | None = None,
    at: datetime = NOON,
) -> None:
    """Publish it with these seats."""
    until = sessions_start or starts
    of_sessions = [PoolSize(key, size, 0, until) for key, size in (sessions or {}).items()]
    with write() as session:
        sizes = [PoolSize(EVENT, seats, held, starts), *of_sessions]
        set_sizes(session, event_id=event, sizes=sizes, at=at)


def phone(number: int) -> str:
    return f"+8801711{number:06}"


def come(event: int, number: int, party: int = 1, *sessions: str, **changed: Any) -> int:
    """A party registers, or joins the list; the number of its registration."""
    who = {"phone": phone(number), "party": party, "sessions": sessions, "joins_list": True}
    return ask(event, **{**who, **changed}).registration_id


def secret(registration_id: int) -> str:
    ticket = ticket_by_id(registration_id)
    assert ticket is not None
    return ticket.secret


def state(registration_id: int) -> str:
    return registration(registration_id).state


def states(*registration_ids: int) -> list[str]:
    return [state(one) for one in registration_ids]


def waits(registration_id: int) -> list[Wait]:
    """All its places in line, answered or not, oldest first."""
    db.session.rollback()
    return list(
        db.session.scalars(
            sa.select(Wait).where(Wait.registration_id == registration_id).order_by(Wait.id)
        )
    )


def wait_of(registration_id: int) -> Wait:
    """The newest of its places in line."""
    return waits(registration_id)[-1]


def offered(*registration_ids: int) -> list[int]:
    """Which of these are offered seats."""
    return [one for one in registration_ids if "offered" in {w.state for w in waits(one)}]


def places(registration_id: int) -> list[Place]:
    db.session.rollback()
    return places_of(registration_id)


def sessions_of(registration_id: int) -> list[str]:
    db.session.rollback()
    chosen = (
        sa.select(SeatPool.session_key)
        .join(SessionSeat, SessionSeat.pool_id == SeatPool.id)
        .where(SessionSeat.registration_id == registration_id)
    )
    return sorted(db.session.scalars(chosen))


def pool(event: int, key: str = EVENT) -> SeatPool:
    db.session.rollback()
    return db.session.scalars(
        sa.select(SeatPool).where(SeatPool.event_id == event, SeatPool.session_key == key)
    ).one()


def taken(event: int, key: str = EVENT) -> int:
    return pool(event, key).taken


def waiting(event: int, key: str = EVENT) -> int:
    return pool(event, key).waiting


def told(registration_id: int) -> list[str]:
    """Kinds of the messages that it was sent or will be, oldest first; each has one channel."""
    return _kinds(registration_id, OutboxMessage.state != VOID)


def taken_back(registration_id: int) -> list[str]:
    """Kinds of those that were not sent in time to be true."""
    return _kinds(registration_id, OutboxMessage.state == VOID)


def _kinds(registration_id: int, which: sa.ColumnElement[bool]) -> list[str]:
    db.session.rollback()
    kinds = (
        sa.select(OutboxMessage.kind)
        .where(OutboxMessage.registration_id == registration_id, which)
        .order_by(OutboxMessage.id)
    )
    return list(db.session.scalars(kinds))


def all_sent() -> None:
    """The worker has sent everything that was owed so far."""
    with write() as session:
        session.execute(
            sa.update(OutboxMessage).where(OutboxMessage.state == "ready").values(state="sent")
        )


def leave_event(registration_id: int, at: datetime = NOON) -> None:
    assert cancel(secret=secret(registration_id), at=at)


def leave_line(registration_id: int) -> None:
    leave_list(secret=secret(registration_id), wait_id=wait_of(registration_id).id, at=NOON)


def accept(registration_id: int, at: datetime = NOON, *, needs_approval: bool = False) -> None:
    """Its newest offer."""
    accept_offer(
        secret=secret(registration_id),
        wait_id=wait_of(registration_id).id,
        needs_approval=needs_approval,
        at=at,
    )


def decline(registration_id: int, at: datetime = NOON) -> None:
    decline_offer(secret=secret(registration_id), wait_id=wait_of(registration_id).id, at=at)


def want(
    registration_id: int,
    *sessions: str,
    party: int | None = None,
    joins_list: bool = True,
    at: datetime = NOON,
) -> None:
    """Change which sessions a party comes to, and how many people it has."""
    known = registration(registration_id)
    wish = Wish(
        name=known.name,
        party=party or known.party,
        sessions=sessions,
        needs=known.needs,
        answers=known.answers,
        may_contact=known.may_contact,
        language=known.language,
    )
    change(secret=secret(registration_id), wish=wish, joins_list=joins_list, at=at)


def invite(event: int, number: int, party: int, answer_by: datetime) -> int:
    """A guest with seats kept, as an organiser's list would make one."""
    guest = come(event, number, party, joins_list=False)
    invited = {"state": "invited", "is_guest": True, "answer_by": answer_by}
    with write() as session:
        session.execute(sa.update(Registration).where(Registration.id == guest).values(invited))
        session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.registration_id == guest)
            .values(kind="invitation")
        )
    return guest
