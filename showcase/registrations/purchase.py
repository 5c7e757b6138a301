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
from showcase.registrations.models import CONFIRMED, FormKey, Registration, SeatPool

CONFIRMATION: Final = "confirmation"
_GIVEN: Final = "given_"

# A registration's columns and their values, with the form's "key" and "body_hash".
Row = dict[str, Any]

GUARD: Final = SeatPool.taken + sa.bindparam("seats") <= SeatPool.capacity - SeatPool.held


def take_seats(guard: sa.ColumnElement[bool]) -> sa.Update:
    return (
        sa.update(SeatPool.__table__)  # type: ignore[arg-type]
        .where(SeatPool.event_id == sa.bindparam("of_event"), guard)
        .values(taken=SeatPool.taken + sa.bindparam("seats"), moves=SeatPool.moves + 1)
    )


# Compiled once, as the statements below.
TAKE_SEATS: Final = take_seats(GUARD)

_REGISTRATION: Final = tuple(
    column
    for column in Registration.__table__.columns
    if column.key not in ("id", "event_id", "state", "cancelled_at")
)
_INSERT_REGISTRATION: Final = (
    sa.insert(Registration.__table__)  # type: ignore[arg-type]
    .values(
        event_id=sa.bindparam("event_id"),
        state=CONFIRMED,
        **{column.key: sa.bindparam(column.key) for column in _REGISTRATION},
    )
    .returning(Registration.id)
)
_INSERT_FORM_KEY: Final = sa.insert(FormKey.__table__).values(  # type: ignore[arg-type]
    key=sa.bindparam("key"),
    event_id=sa.bindparam("event_id"),
    body_hash=sa.bindparam("body_hash"),
    registration_id=sa.bindparam("registration_id"),
    made_at=sa.bindparam("registered_at"),
)


def purchase(session: Session, row: Row) -> int:
    """The number of the new registration.

    Raises:
        PoolRefuses: Too few seats are left.
        IntegrityError: The database knows this form, this person or this code already.
    """
    connection = session.connection()
    # First, since most who come in a rush find none left.
    if connection.execute(TAKE_SEATS, _wanted(row)).rowcount != 1:
        raise PoolRefuses
    registration_id: int = connection.execute(_INSERT_REGISTRATION, row).scalar_one()
    connection.execute(_INSERT_FORM_KEY, {**row, "registration_id": registration_id})
    outbox.put(
        session,
        registration_id=registration_id,
        kind=CONFIRMATION,
        phone=row["phone"],
        email=row["email"],
        at=row["registered_at"],
    )
    return registration_id


def _wanted(row: Row) -> Row:
    return {"of_event": row["event_id"], "seats": row["party"]}


def in_one_statement(guard: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    """The same for PostgreSQL: one way to the server, and the pool's row is held for that long."""
    given = Registration.__table__.c
    pool = take_seats(guard).returning(SeatPool.event_id).cte("pool")
    registration = (
        sa.insert(Registration)
        .from_select(
            ["event_id", "state", *(column.key for column in _REGISTRATION)],
            sa.select(pool.c.event_id, sa.literal(CONFIRMED), *map(_given, _REGISTRATION)),
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
        kind=CONFIRMATION,
        phone=_given(given.phone),
        email=_given(given.email),
        at=_given(given.registered_at),
    ).cte("messages")
    return sa.select(registration.c.id).add_cte(form_key, messages)


def _given(column: KeyedColumnElement[Any]) -> sa.BindParameter[Any]:
    """Named unlike its column: SQLAlchemy would set any column of the pool that it finds named."""
    return sa.bindparam(_GIVEN + column.key, type_=column.type)


IN_ONE_STATEMENT: Final = in_one_statement(GUARD)


def purchase_in_one_statement(row: Row) -> int:
    """As ``purchase``, and committed."""
    given = {_GIVEN + name: value for name, value in row.items()}
    registration_id = write_at_once(IN_ONE_STATEMENT, {**given, **_wanted(row)})
    if registration_id is None:
        raise PoolRefuses
    return registration_id
