"""Run by Alembic for each command."""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from showcase.db import UtcDateTime, db
from showcase.migrations import engine, is_ours

# Two processes that start at once must not both migrate: PostgreSQL queues them on this number.
_LOCK = 7_303_014


def run() -> None:
    with engine().connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            include_name=is_ours,
            # SQLite can undo DDL too, and its transaction is what makes a second process wait.
            transactional_ddl=True,
            render_item=_render_item,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            context.run_migrations()
            _refuse_orphans(connection)


def _render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """A migration is history: it must not depend on what our own types become."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _refuse_orphans(connection: sa.Connection) -> None:
    """What foreign keys would have refused, had they been on."""
    if connection.dialect.name == "sqlite":
        orphans = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
        if orphans:
            raise RuntimeError(f"a migration left rows without their parent: {orphans[:5]}")


run()
