"""The database keeps its promises on both engines: who may write, how long, and all or nothing."""

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from showcase.db import WRITE, UtcDateTime, db, write
from showcase.documents.models import DocumentText, SiteMark
from showcase.errors import Busy
from tests import counting
from tests.at_once import run_at_once
from tests.conftest import rounds

SQLITE_ONLY = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

HOLD = """
import sys, sqlalchemy as sa
engine = sa.create_engine(sys.argv[1])
with engine.connect() as connection:
    if engine.dialect.name == "sqlite":
        connection.connection.driver_connection.isolation_level = None
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.exec_driver_sql("UPDATE site_marks SET value = value")
    print("held", flush=True)
    sys.stdin.readline()
"""

SITE = SiteMark.name == "site"


def set_mark(session: Session, value: int) -> None:
    session.execute(sa.update(SiteMark).where(SITE).values(value=value))


def mark() -> int | None:
    return db.session.scalar(sa.select(SiteMark.value).where(SITE))


def mark_on(url: str) -> int:
    """Read anew, past every pool and snapshot of the site."""
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        value: int = connection.execute(sa.select(SiteMark.value).where(SITE)).scalar_one()
    return value


@SQLITE_ONLY
@pytest.mark.parametrize(("bind", "query_only"), [(WRITE, 0), (None, 1)])
def test_every_pooled_connection_has_its_pragmas(
    context: None, bind: str | None, query_only: int
) -> None:
    names = (
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "secure_delete",
        "trusted_schema",
        "query_only",
    )
    with write() as session:
        set_mark(session, 2)
    mark()
    db.session.rollback()

    connections = [db.engines[bind].raw_connection() for _ in range(2)]
    found = [[c.cursor().execute(f"pragma {n}").fetchone()[0] for n in names] for c in connections]
    for connection in connections:
        connection.close()

    assert found == [["wal", 2, 1, 1, 0, query_only]] * 2


def test_write_commits(context: None, database_url: str) -> None:
    with write() as session:
        set_mark(session, 7)

    assert mark_on(database_url) == 7


def test_write_that_raises_leaves_nothing(context: None, database_url: str) -> None:
    before = mark_on(database_url)

    with pytest.raises(ZeroDivisionError), write() as session:  # noqa: PT012 - both belong inside
        set_mark(session, 7)
        raise ZeroDivisionError

    assert mark_on(database_url) == before


def test_write_works_after_one_that_raised(context: None, database_url: str) -> None:
    with pytest.raises(IntegrityError), write() as session:
        session.add(SiteMark(name="site", value=1))

    with write() as session:
        set_mark(session, 8)

    assert mark_on(database_url) == 8


def test_what_was_read_before_a_write_is_read_anew_after_it(context: None) -> None:
    before = mark() or 0

    with write() as session:
        set_mark(session, before + 1)

    assert mark() == before + 1


def test_write_inside_write_is_refused_and_undoes_both(context: None, database_url: str) -> None:
    before = mark_on(database_url)

    def twice() -> None:
        with write() as session:
            set_mark(session, 7)
            with write() as inner:
                set_mark(inner, 8)

    with pytest.raises(RuntimeError, match="pass the session on"):
        twice()

    assert mark_on(database_url) == before
    with write() as session:
        set_mark(session, 9)
    assert mark_on(database_url) == 9


def test_reading_session_cannot_write(context: None, database_url: str) -> None:
    before = mark_on(database_url)

    with pytest.raises(DBAPIError, match=r"read-?only"):
        db.session.execute(sa.update(SiteMark).values(value=7))
    db.session.rollback()

    assert mark() == before
    with pytest.raises(DBAPIError, match=r"read-?only"):
        db.session.execute(sa.text("CREATE TABLE not_ours (id INTEGER)"))


def test_readers_do_not_wait_for_a_writer(app: Flask, database_url: str) -> None:
    read: list[int | None] = []

    def reader() -> None:
        with app.app_context():
            read.append(mark())

    with app.app_context(), write() as session:
        before = mark_on(database_url)
        set_mark(session, before + 1)
        session.flush()
        thread = threading.Thread(target=reader)
        thread.start()
        thread.join(timeout=2)

    assert read == [before]


def test_child_without_parent_is_refused(context: None) -> None:
    with pytest.raises(IntegrityError), write() as session:
        session.add(
            DocumentText(
                document_id=404,
                language="en",
                path="stories/x/index.md",
                title="x",
                summary="x",
                html="",
                revision_id=404,
                file_hash="x",
            )
        )


@pytest.fixture
def moments(context: None) -> sa.Table:
    table = sa.Table("moments", sa.MetaData(), sa.Column("at", UtcDateTime))
    with write() as session:
        table.create(session.connection())
    return table


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 1, 14, 9, 30, 0, 123456, tzinfo=timezone(timedelta(hours=6))),
        datetime(2027, 1, 14, 3, 30, 0, 123456, tzinfo=UTC),
        datetime(2027, 1, 13, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-4))),
    ],
)
def test_moment_is_kept_to_the_microsecond_and_read_in_utc(
    moments: sa.Table, moment: datetime
) -> None:
    with write() as session:
        session.execute(moments.insert().values(at=moment))

    read = db.session.execute(sa.select(moments)).scalar_one()

    assert read == datetime(2027, 1, 14, 3, 30, 0, 123456, tzinfo=UTC)
    assert read.utcoffset() == timedelta(0)


def test_no_moment_stays_none(moments: sa.Table) -> None:
    with write() as session:
        session.execute(moments.insert().values(at=None))

    assert db.session.execute(sa.select(moments)).scalar_one() is None


def test_moment_without_zone_is_refused(moments: sa.Table) -> None:
    with pytest.raises(StatementError, match="without a time zone"), write() as session:
        session.execute(moments.insert().values(at=datetime(2027, 1, 14)))  # noqa: DTZ001


def test_writers_are_told_within_six_seconds_while_another_process_holds_the_database(
    app: Flask, database_url: str
) -> None:
    answers: list[tuple[type[Exception], float]] = []

    def writer(delay: float) -> None:
        time.sleep(delay)
        start = time.monotonic()
        try:
            with app.app_context(), write() as session:
                set_mark(session, 99)
        except Exception as error:
            answers.append((type(error), time.monotonic() - start))

    holder = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", HOLD, database_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        threads = [threading.Thread(target=writer, args=[delay]) for delay in (0, 0.3, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=15)

    assert [kind for kind, _ in answers] == [Busy, Busy, Busy]
    assert max(seconds for _, seconds in answers) < 6
    with app.app_context():
        assert [engine.pool.checkedout() for engine in db.engines.values()] == [0, 0]  # type: ignore[attr-defined]
        assert mark_on(database_url) == 1
        with write() as session:
            set_mark(session, 100)
    assert mark_on(database_url) == 100


def test_busy_tells_the_reader_when_to_try_again() -> None:
    assert Busy.status == 503
    assert Busy.retry_after == 5


def total_after(url: str, how: str) -> int:
    """What the number is after every process has added to it as often as it should."""
    command = ("-m", "tests.counting", url, how)
    ended = run_at_once([(command, {})] * counting.PROCESSES)
    assert [process.code for process in ended] == [0] * counting.PROCESSES
    return mark_on(url)


ALL = 1 + counting.PROCESSES * counting.THREADS * counting.TIMES


def test_eight_writers_of_two_processes_lose_no_update(database_url: str) -> None:
    assert total_after(database_url, "guarded") == ALL


def test_eight_plain_writers_do_lose_updates(database_url: str) -> None:
    """The negative control: without ``write()`` the test above would fail."""
    assert total_after(database_url, "plain") < ALL


OPEN = """
import sys, sqlalchemy as sa
from showcase.db import prepare_sqlite
engine = sa.create_engine("sqlite:///" + sys.argv[1], connect_args={"timeout": 1})
prepare_sqlite(engine, writes=True)
print("ready", flush=True)
sys.stdin.readline()
engine.connect().close()
"""


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_new_file_is_opened_by_many_at_once(engine: str, tmp_path: Path) -> None:
    for number in range(rounds(3, full=30)):
        command = ("-c", OPEN, str(tmp_path / f"{number}.sqlite3"))
        ended = run_at_once([(command, {})] * 4, patience=30)

        assert [process.code for process in ended] == [0] * 4
