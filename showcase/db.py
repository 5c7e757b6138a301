"""The database: two engines, SQLite's pragmas, and ``write()``, the one way to change data.

Requests read through ``db.session``, whose connections cannot write (SQLite ``query_only``,
PostgreSQL ``default_transaction_read_only``). Whoever changes data opens ``write()``.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from showcase.errors import Busy

WRITE: Final = "write"

Value = TypeVar("Value")

# How long a write waits for its turn before the visitor is told to try again.
PATIENCE_SECONDS: Final = 5.0
# A writer asks for the file this often, so that it can stop at its own deadline.
_TRY_SECONDS: Final = 0.25

_SQLITE_PRAGMAS: Final = (
    # FULL: a ticket that was shown must survive a power cut; NORMAL may lose the last commits.
    "synchronous=full",
    "foreign_keys=on",
    # Erased personal data must not stay readable in free pages.
    "secure_delete=on",
    "trusted_schema=off",
)
_POSTGRES_OPTIONS: Final = (
    "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000"
)


class Base(DeclarativeBase):
    # Named, since SQLite cannot drop a constraint without a name.
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment, aware in Python and UTC in the table: SQLite forgets offsets."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    return datetime.now(UTC)


def init_app(app: Flask) -> None:
    url = app.config["DATABASE_URL"]
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_BINDS"] = {WRITE: {"url": url, **_engine_options(url, write=True)}}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(url, write=False)
    db.init_app(app)
    if url.startswith("sqlite"):
        with app.app_context():
            prepare_sqlite(db.engine, writes=False)
            prepare_sqlite(db.engines[WRITE], writes=True)


def _engine_options(url: str, *, write: bool) -> dict[str, Any]:
    # Errors are logged, and the values of a statement are people's names and numbers.
    quiet = {"hide_parameters": True}
    if url.startswith("sqlite"):
        # Readers are held up by nobody but a process that opens or closes the database.
        timeout = _TRY_SECONDS if write else PATIENCE_SECONDS
        return {**quiet, "connect_args": {"timeout": timeout}}
    read_only = "" if write else " -c default_transaction_read_only=on"
    return {
        **quiet,
        "pool_pre_ping": True,
        "connect_args": {"connect_timeout": 5, "options": _POSTGRES_OPTIONS + read_only},
    }


def prepare_sqlite(engine: sa.Engine, *, writes: bool, foreign_keys: bool = True) -> None:
    """Have the engine open its own transactions; the driver's would start too late.

    A deferred BEGIN that later wants to write fails at once with "database is locked", whatever
    the timeout; so writers begin with IMMEDIATE.
    """

    @sa.event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        pragmas = [*_SQLITE_PRAGMAS] if writes else [*_SQLITE_PRAGMAS, "query_only=on"]
        if not foreign_keys:
            pragmas.append("foreign_keys=off")
        for pragma in pragmas:
            connection.execute(f"pragma {pragma}")
        if writes:
            _write_ahead(connection)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Two processes that open a new file at once both want to change its mode, and SQLite refuses
    one of them at once, whatever its timeout."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode=wal")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(_TRY_SECONDS / 10)


def insert_or(session: Session, model: type[Model]) -> sqlite.Insert | postgresql.Insert:
    """An insert that may say what happens where there is such a row already: spelt alike by both
    databases, but SQLAlchemy has one for each."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(model) if is_sqlite else postgresql.insert(model)


# SQLite has one writer. Threads of this process queue here, in order, instead of polling the file.
_turn = threading.Lock()
_writing = threading.local()


@contextmanager
def write() -> Iterator[Session]:
    """One transaction that changes data: committed when the block ends, undone when it raises.

    No mail, picture or Markdown work belongs inside: everybody else's write waits.

    Raises:
        Busy: The database was held by others for longer than ``PATIENCE_SECONDS``.
    """
    if getattr(_writing, "now", False):
        raise RuntimeError("write() inside write(): pass the session on instead")
    _writing.now = True
    give_up = time.monotonic() + PATIENCE_SECONDS
    try:
        with (
            _busy_is_told(),
            _my_turn(give_up),
            Session(db.engines[WRITE], expire_on_commit=False) as session,
        ):
            _begin(session, give_up)
            yield session
            session.commit()
    finally:
        _writing.now = False
        # What this request read before is old news now.
        db.session.rollback()


def write_at_once(statement: sa.Select[tuple[Value]], values: Mapping[str, object]) -> Value | None:
    """One statement that is a transaction of its own, for PostgreSQL: its value, or None.

    It is committed before it answers. A row that everybody wants would otherwise stay locked
    until this process has its next turn at Python: two processes did 98 purchases a second that
    way, and 246 this way.

    Raises:
        Busy: Others held what it wants for too long.
    """
    with _busy_is_told(), db.engines[WRITE].connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        value = connection.execute(statement, values).scalar_one_or_none()
    db.session.rollback()
    return value


def forget_for_good() -> bool:
    """Leave nothing of what was deleted or overwritten in the database's files.

    SQLite overwrites it in the file (``secure_delete``), but the log of earlier writes holds it
    until it is emptied. PostgreSQL keeps rows as they were until a VACUUM; its own log and every
    backup hold them until they expire.

    False when readers kept it from that: try again later.
    """
    db.session.rollback()
    if db.engines[WRITE].dialect.name == "sqlite":
        return _empty_the_log()
    with db.engines[WRITE].connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql(f"SET statement_timeout = '{_VACUUM_SECONDS}s'")
        try:
            # Another process that is at it already does it for both.
            connection.exec_driver_sql("VACUUM (SKIP_LOCKED)")
        finally:
            connection.exec_driver_sql("RESET statement_timeout")
    return True


_VACUUM_SECONDS: Final = 600


def _empty_the_log() -> bool:
    """Each try waits a quarter of a second for readers, and lets nobody write meanwhile."""
    for _ in range(_TRIES_AT_THE_LOG):
        with (
            _my_turn(time.monotonic() + PATIENCE_SECONDS),
            # SQLAlchemy would begin a transaction, in which SQLite does not do it.
            closing(db.engines[WRITE].raw_connection()) as plain,
            closing(plain.cursor()) as cursor,
        ):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_kept, *_pages = cursor.fetchone() or [True]
        if not is_kept:
            return True
    return False


_TRIES_AT_THE_LOG: Final = 3


@contextmanager
def _busy_is_told() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if _is_busy(error):
            raise Busy from error
        raise


@contextmanager
def _my_turn(give_up: float) -> Iterator[None]:
    if db.engines[WRITE].dialect.name != "sqlite":
        yield
        return
    if not _turn.acquire(timeout=max(0, give_up - time.monotonic())):
        raise Busy
    try:
        yield
    finally:
        _turn.release()


def _begin(session: Session, give_up: float) -> None:
    """Take the write lock, asking again while another process holds it."""
    while True:
        try:
            session.connection()
            return
        except OperationalError as error:
            session.rollback()
            if not _is_busy(error) or time.monotonic() > give_up:
                raise


# PostgreSQL: lock_not_available, query_canceled (by the time limits above), deadlock_detected.
_BUSY_STATES: Final = ("55P03", "57014", "40P01")


def _is_busy(error: OperationalError) -> bool:
    """Others hold what this write wants; nothing is wrong with the write itself."""
    return (
        "database is locked" in str(error.orig)
        or getattr(error.orig, "sqlstate", None) in _BUSY_STATES
    )
