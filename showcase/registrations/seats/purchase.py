"""The purchase itself: seats, registration, form key and messages are written, or nothing is.

The guard of the seats is the promise that none is sold twice. PostgreSQL (READ COMMITTED) asks it
again after waiting for another's commit; SQLite has one writer at a time.
"""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import KeyedColumnElement

from showcase.db import write_at_once
from showcase.outbox import actions as outbox
from showcase.registrations.errors import PoolRefuses
from showcase.registrations.message_kinds import CONFIRMATION, REQUEST
from showcase.registrations.models import FormKey, Registration, SeatPool, SessionSeat
from showcase.registrations.seats.pools import EVENT, NOBODY_WAITS, ROOM

_GIVEN: Final = "given_"

# A registration's columns and their values; with them the form's "key" and "body_hash", the keys
# of its "sessions", and of which kind the "message" to its owner is.
Row = dict[str, Any]

GUARD: Final = sa.and_(ROOM, NOBODY_WAITS)


def take_seats(guard: sa.ColumnElement[bool]) -> sa.Update:
    return (
        sa.update(SeatPool.__table__)  # type: ignore[arg-type]
        .where(
            SeatPool.event_id == sa.bindparam("of_event"),
            SeatPool.session_key == sa.bindparam("of_session"),
            guard,
        )
        .values(taken=SeatPool.taken + sa.bindparam("seats"), moves=SeatPool.moves + 1)
        .returning(SeatPool.id, SeatPool.event_id)
    )


# Compiled once, as the statements below.
TAKE_SEATS: Final = take_seats(GUARD)

_GIVEN_COLUMNS: Final = tuple(
    column
    for column in Registration.__table__.columns
    if column.key
    in (
        "public_id",
        "secret_hash",
        "code",
        "name",
        "phone",
        "email",
        "party",
        "needs",
        "answers",
        "may_contact",
        "language",
        "state",
        "registered_at",
    )
)
_INSERT_REGISTRATION: Final = (
    sa.insert(Registration.__table__)  # type: ignore[arg-type]
    .values(
        event_id=sa.bindparam("event_id"),
        **{column.key: sa.bindparam(column.key, type_=column.type) for column in _GIVEN_COLUMNS},
    )
    .returning(Registration.id)
)
_INSERT_SESSIONS: Final = sa.insert(SessionSeat.__table__)  # type: ignore[arg-type]
_INSERT_FORM_KEY: Final = sa.insert(FormKey.__table__).values(  # type: ignore[arg-type]
    key=sa.bindparam("key"),
    event_id=sa.bindparam("event_id"),
    body_hash=sa.bindparam("body_hash"),
    registration_id=sa.bindparam("registration_id"),
    made_at=sa.bindparam("registered_at"),
)


def purchase(session: Session, row: Row) -> int:
    """The number of the new registration: the event's seats and those of all its sessions.

    Raises:
        PoolRefuses: Too few seats are left, or others wait for them.
        IntegrityError: The database knows this form, this person or this code already.
    """
    # First, since most who come in a rush find none left.
    pools = [_taken(session, row, key) for key in (EVENT, *sorted(row["sessions"]))]
    registration_id = store(session, row)
    if pools[1:]:
        seats = [{"registration_id": registration_id, "pool_id": pool} for pool in pools[1:]]
        session.connection().execute(_INSERT_SESSIONS, seats)
    outbox.put(
        session,
        registration_id=registration_id,
        kind=row["message"],
        phone=row["phone"],
        email=row["email"],
        at=row["registered_at"],
    )
    return registration_id


def _taken(session: Session, row: Row, key: str) -> int:
    taken = session.connection().execute(TAKE_SEATS, _wanted(row, key)).first()
    if taken is None:
        raise PoolRefuses
    pool_id: int = taken.id
    return pool_id


def _wanted(row: Row, key: str = EVENT) -> Row:
    return {"of_event": row["event_id"], "of_session": key, "seats": row["party"]}


def store(session: Session, row: Row) -> int:
    """A registration with its form's key, without any seat or message."""
    connection = session.connection()
    registration_id: int = connection.execute(_INSERT_REGISTRATION, row).scalar_one()
    connection.execute(_INSERT_FORM_KEY, {**row, "registration_id": registration_id})
    return registration_id


def in_one_statement(guard: sa.ColumnElement[bool], message: str) -> sa.Select[tuple[int]]:
    """The same without sessions, for PostgreSQL: one way to the server, and the pool's row is held
    for that long."""
    given = Registration.__table__.c
    pool = take_seats(guard).cte("pool")
    registration = (
        sa.insert(Registration)
        .from_select(
            ["event_id", *(column.key for column in _GIVEN_COLUMNS)],
            sa.select(pool.c.event_id, *map(_given, _GIVEN_COLUMNS)),
            include_defaults=False,
        )
        .returning(Registration.id, Registration.event_id)
        .cte("registration")
    )
    form_key = (
        sa.insert(FormKey)
        .from_select(
            ["registration_id", "event_id", "key", "body_hash", "made_at"],
            sa.select(
                registration.c.id,
                registration.c.event_id,
                _given(FormKey.__table__.c.key),
                _given(FormKey.__table__.c.body_hash),
                _given(given.registered_at),
            ),
        )
        .cte("form_key")
    )
    messages = outbox.put_for(
        registration.c.id,
        kind=message,
        phone=_given(given.phone),
        email=_given(given.email),
        at=_given(given.registered_at),
    ).cte("messages")
    return sa.select(registration.c.id).add_cte(form_key, messages)


def _given(column: KeyedColumnElement[Any]) -> sa.BindParameter[Any]:
    """Named unlike its column: SQLAlchemy would set any column of the pool that it finds named."""
    return sa.bindparam(_GIVEN + column.key, type_=column.type)


IN_ONE_STATEMENT: Final = {
    message: in_one_statement(GUARD, message) for message in (CONFIRMATION, REQUEST)
}


def purchase_in_one_statement(row: Row) -> int:
    """As ``purchase`` of a party that chose no session, and committed."""
    given = {_GIVEN + name: value for name, value in row.items() if name != "sessions"}
    statement = IN_ONE_STATEMENT[row["message"]]
    registration_id = write_at_once(statement, {**given, **_wanted(row)})
    if registration_id is None:
        raise PoolRefuses
    return registration_id
