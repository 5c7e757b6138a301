"""The tables' history, up and down, with rows in them."""

import uuid
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy.exc import IntegrityError

from showcase import migrations
from showcase.db import WRITE, db, now, prepare_sqlite, write
from showcase.documents.models import Document, DocumentText, Revision
from showcase.registrations.actions import register
from tests.at_once import run_at_once
from tests.conftest import create_database, database_on, make_app
from tests.registrations.builders import make_event

SQLITE_ONLY = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

Migration = Callable[[str], Config]


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    """A migration after the last one of the site, which does what its test wants."""

    def write_migration(body: str) -> Config:
        settings = migrations.config()
        own = tmp_path / "versions"
        own.mkdir()
        (own / "next.py").write_text(HEAD.format(head=head()) + dedent(body))
        settings.set_main_option("path_separator", "newline")
        settings.set_main_option("version_locations", f"{migrations.FOLDER}/versions\n{own}")
        return settings

    return write_migration


HEAD = """\
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = {head!r}
"""

BATCH = """
def upgrade():
    with op.batch_alter_table("documents") as documents:
        documents.alter_column("slug", type_=sa.String(130), existing_type=sa.String(120))
        documents.add_column(sa.Column("extra", sa.String(10)))


def downgrade():
    with op.batch_alter_table("documents") as documents:
        documents.drop_column("extra")
        documents.alter_column("slug", type_=sa.String(120), existing_type=sa.String(130))
"""


def head() -> str | None:
    return ScriptDirectory.from_config(migrations.config()).get_current_head()


def stands_at(url: str) -> str | None:
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def rows(url: str) -> dict[str, int]:
    """How many there are in each table."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    names = sorted(
        name for name in sa.inspect(engine).get_table_names() if migrations.is_ours(name)
    )
    with engine.connect() as connection:
        return {
            name: connection.execute(
                sa.select(sa.func.count()).select_from(sa.table(name))
            ).scalar_one()
            for name in names
        }


def fill(app: Flask) -> None:
    """Rows in the parents and in their children."""
    event_id = make_event(app)
    with app.app_context():
        register(
            event_id=event_id,
            name="Rahima Begum",
            phone="+8801711000000",
            email=None,
            party=2,
            needs="",
            language="bn",
            key=str(uuid.uuid4()),
            at=now(),
        )


def test_models_are_what_the_migrations_make(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        looked_at = MigrationContext.configure(
            connection, opts={"include_name": migrations.is_ours}
        )
        differences = compare_metadata(looked_at, db.metadata)

    assert differences == []


def test_checks_are_what_the_migrations_make(app: Flask) -> None:
    """Which the comparison above does not look at."""
    with app.app_context():
        inspector = sa.inspect(db.engine)
        found = {
            (table, check["name"])
            for table in inspector.get_table_names()
            for check in inspector.get_check_constraints(table)
        }
    wanted = {
        (table.name, check.name)
        for table in db.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, sa.CheckConstraint)
    }

    assert found == wanted


def test_all_the_way_down_and_up_again(app: Flask, database_url: str) -> None:
    fill(app)
    before = rows(database_url)

    with app.app_context():
        migrations.downgrade("base")
        down = rows(database_url)
        migrations.upgrade()

    assert down == {"alembic_version": 0}
    assert rows(database_url) == dict.fromkeys(before, 0) | {
        "alembic_version": 1,
        "site_marks": 2,
    }
    fill(app)
    assert rows(database_url) == before


def test_parent_that_is_made_anew_keeps_its_children(
    app: Flask, database_url: str, migration: Migration
) -> None:
    fill(app)
    before = rows(database_url)
    settings = migration(BATCH)

    with app.app_context():
        command.upgrade(settings, "head")
        up = rows(database_url)
        command.downgrade(settings, "-1")

    assert up == before
    assert rows(database_url) == before
    assert before["document_texts"] == 2
    assert before["registrations"] == 1


@SQLITE_ONLY
def test_children_would_be_lost_with_foreign_keys_on(
    context: None, database_url: str, migration: Migration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the test above."""
    add_document()
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    prepare_sqlite(engine, writes=True)
    monkeypatch.setattr(migrations, "engine", lambda: engine)

    command.upgrade(migration(BATCH), "head")

    found = rows(database_url)
    assert (found["documents"], found["document_texts"]) == (1, 0)


def add_document() -> None:
    with write() as session:
        document = Document(kind="page", slug="x", status="draft", language="en", fields={})
        session.add(document)
        session.flush()
        revision = Revision(
            document_id=document.id, language="en", number=1, source="", origin="files", by="tests"
        )
        session.add(revision)
        session.flush()
        session.add(
            DocumentText(
                document_id=document.id,
                language="en",
                path="pages/x/index.md",
                title="x",
                summary="x",
                html="",
                revision_id=revision.id,
                file_hash="",
            )
        )


@SQLITE_ONLY
def test_foreign_keys_are_off_for_migrations_alone(context: None) -> None:
    engines = [migrations.engine(), db.engine, db.engines[WRITE]]

    found = []
    for engine in engines:
        with engine.connect() as connection:
            found.append(connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one())

    assert found == [0, 1, 1]


def test_migration_that_leaves_orphans_is_undone(
    app: Flask, database_url: str, migration: Migration
) -> None:
    fill(app)
    before = rows(database_url)
    settings = migration("""
        def upgrade():
            op.execute("DELETE FROM events")
        """)

    with app.app_context(), pytest.raises((RuntimeError, IntegrityError)):
        command.upgrade(settings, "head")

    assert rows(database_url) == before
    assert stands_at(database_url) == head()


def test_migration_that_fails_half_way_leaves_nothing(
    app: Flask, database_url: str, migration: Migration
) -> None:
    before = rows(database_url)
    settings = migration("""
        def upgrade():
            op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
            op.execute("INSERT INTO half (id) VALUES (1)")
            raise ConnectionError("the machine stops here")
        """)

    with app.app_context(), pytest.raises(ConnectionError):
        command.upgrade(settings, "head")

    assert rows(database_url) == before
    assert stands_at(database_url) == head()


def test_site_knows_whether_its_tables_are_current(context: None) -> None:
    current = migrations.is_current()
    with write() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))

    assert (current, migrations.is_current()) == (True, False)


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if engine == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    server: str = request.getfixturevalue("postgresql")
    name = f"empty_{uuid.uuid4().hex[:12]}"
    create_database(server, name)
    return database_on(server, name)


UPGRADE = """
import sys
from showcase import create_app, migrations
app = create_app()
print("ready", flush=True)
sys.stdin.readline()
with app.app_context():
    migrations.upgrade()
"""


def test_processes_that_start_at_once_migrate_once(empty_url: str, tmp_path: Path) -> None:
    ended = run_at_once(
        [
            (
                ("-c", UPGRADE),
                {"DATABASE_URL": empty_url, "SHOWCASE_INSTANCE": str(tmp_path / str(number))},
            )
            for number in range(2)
        ],
        patience=30,
    )

    assert [process.code for process in ended] == [0, 0], ended
    assert stands_at(empty_url) == head()
    with make_app(empty_url, tmp_path).app_context():
        assert migrations.is_current()
        for made in db.engines.values():
            made.dispose()
