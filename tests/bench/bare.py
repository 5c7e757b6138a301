"""The same transaction without a site around it: what SQLite and this disk can do at most."""

import sqlite3
import time
import uuid
from typing import Final

import sqlalchemy as sa

from showcase.db import _SQLITE_PRAGMAS
from tests.bench.content import LARGE_FAIR
from tests.bench.servers import Site

SECONDS: Final = 2.0


def bare_loop(site: Site, *, seconds: float = SECONDS) -> float:
    """Transactions a second of the same statements by Python's sqlite3 alone: nothing waits."""
    file = sa.make_url(site.database_url).database or ""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in (*_SQLITE_PRAGMAS, "journal_mode=wal"):
        connection.execute(f"pragma {pragma}")
    event = connection.execute("SELECT id FROM events WHERE slug = ?", [LARGE_FAIR]).fetchone()[0]
    done = 0
    started = time.perf_counter()
    while (taken := time.perf_counter() - started) < seconds:
        _register(connection, event, done)
        done += 1
    connection.close()
    return done / taken


def _register(connection: sqlite3.Connection, event: int, number: int) -> None:
    unique = uuid.uuid4().hex
    connection.execute("BEGIN IMMEDIATE")
    row = (
        event,
        unique,
        unique * 2,
        f"{number:08}",
        "Rahima Begum",
        f"+8802{number:08}",
        1,
        "",
        "en",
        _NOW,
    )
    (registration,) = connection.execute(_INSERT_REGISTRATION, row).fetchone()
    connection.execute(_INSERT_FORM_KEY, (unique, event, unique * 2, registration, _NOW))
    connection.execute(_INSERT_MESSAGE, (registration, _NOW, _NOW))
    connection.execute(_TAKE_SEAT, (event,))
    connection.execute("COMMIT")


_NOW: Final = "2026-11-24 00:00:00.000000"
_INSERT_REGISTRATION: Final = """
INSERT INTO registrations (event_id, public_id, secret_hash, code, name, phone, party, needs,
    language, state, registered_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'confirmed', ?) RETURNING id
"""
_INSERT_FORM_KEY: Final = """
INSERT INTO form_keys (key, event_id, body_hash, registration_id, made_at) VALUES (?, ?, ?, ?, ?)
"""
_INSERT_MESSAGE: Final = """
INSERT INTO outbox (registration_id, kind, channel, state, attempts, due_at, made_at)
VALUES (?, 'confirmation', 'sms', 'ready', 0, ?, ?)
"""
_TAKE_SEAT: Final = """
UPDATE seat_pools SET taken = taken + 1, moves = moves + 1
WHERE event_id = ? AND taken + 1 <= capacity - held
"""
