"""The tables' history: each file in ``versions/`` takes the database one step up or down."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from showcase.db import db, prepare_sqlite

FOLDER: Final = Path(__file__).parent
# A process that starts while another still migrates waits for it.
PATIENCE_SECONDS: Final = 60


def config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    return settings


def upgrade(revision: str = "head") -> None:
    command.upgrade(config(), revision)


def downgrade(revision: str) -> None:
    command.downgrade(config(), revision)


def is_ours(name: str | None, kind: str = "table", _parents: object = None) -> bool:
    """What models describe. The index of words has none: it is another table on each database."""
    return kind != "table" or not str(name).startswith("search_words")


def is_current() -> bool:
    """The database stands where this code expects it."""
    with db.engine.connect() as connection:
        stands_at = MigrationContext.configure(connection).get_current_revision()
    return stands_at == ScriptDirectory.from_config(config()).get_current_head()


def engine() -> sa.Engine:
    """An engine for migrations alone, with foreign keys off.

    SQLite alters a table by making it anew; with foreign keys on, dropping the old one deletes
    every child row that cascades. The pragma is ignored inside a transaction, so it is set when
    the connection opens.
    """
    url = current_app.config["DATABASE_URL"]
    if not url.startswith("sqlite"):
        return sa.create_engine(url, poolclass=sa.NullPool)
    made = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"timeout": PATIENCE_SECONDS})
    prepare_sqlite(made, writes=True, foreign_keys=False)
    return made
