"""How long an offer takes when 50,000 parties wait, and a place at the end of that line."""

import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from flask import Flask

from showcase import create_app
from showcase.db import db, write
from showcase.registrations.actions import cancel
from showcase.registrations.models import Registration, SeatPool, Wait, WaitPool
from tests.bench.servers import Site
from tests.registrations.lines import come, fair, places, secret
from tests.registrations.people import NOON

LINE: Final = 50_000
SEATS: Final = 100
_SESSIONS: Final = ("health", "land")
_CANCELLED: Final = 40


@dataclass(frozen=True)
class Line:
    """Who waits: parties of these sizes; half of them for a session as well."""

    parties: tuple[int, ...]
    with_sessions: bool = False


# As people come; and the worst: nobody fits into a seat that becomes free, all are looked at.
FAMILIES: Final = (1, 2, 3, 4)
CROWDS: Final = (10,)
LINES: Final = {
    "families": Line(FAMILIES),
    "all too large for what is free": Line(CROWDS),
    "families, half for a session as well": Line(FAMILIES, with_sessions=True),
    "all too large, half for a session as well": Line(CROWDS, with_sessions=True),
}


@dataclass(frozen=True)
class Offering:
    """Milliseconds: of a cancellation with the offers that it leads to, of the last one's place."""

    p50: float
    longest: float
    place: float
    offers: int


def measure(site: Site, line: Line) -> Offering:
    copy = site.copy()
    app = create_app({**copy.environ(), "DATABASE_URL": copy.database_url})
    with app.app_context():
        try:
            return _measure(app, line)
        finally:
            for engine in db.engines.values():
                engine.dispose()


def _measure(app: Flask, line: Line) -> Offering:
    sizes = dict.fromkeys(_SESSIONS, SEATS // 2) if line.with_sessions else {}
    event = fair(app, SEATS, slug="fair-with-a-long-line", sessions=sizes)
    sessions = itertools.cycle(sizes or [None])
    coming = [come(event, n, 1, *filter(None, [next(sessions)])) for n in range(SEATS)]
    last = _let_wait(event, line)
    links = [secret(one) for one in coming[:_CANCELLED]]
    taken = [_timed(lambda link=link: cancel(secret=link, at=NOON)) for link in links]  # type: ignore[misc]
    place = _timed(lambda: places(last))
    offers = sa.select(sa.func.count()).select_from(Wait).where(Wait.state == "offered")
    return Offering(statistics.median(taken), max(taken), place, db.session.scalar(offers) or 0)


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _let_wait(event: int, line: Line) -> int:
    """Put them in line, past all forms; the number of the last registration."""
    chance = random.Random(1)  # noqa: S311 - the same in each run
    parties = [chance.choice(line.parties) for _ in range(LINE)]
    with write() as session:
        first = (session.scalar(sa.select(sa.func.max(Registration.id))) or 0) + 1
        session.execute(sa.insert(Registration), list(_registrations(event, first, parties)))
        session.execute(
            sa.insert(Wait),
            [
                {
                    "id": first + number,
                    "registration_id": first + number,
                    "event_id": event,
                    "party": party,
                    "is_for_event": True,
                    "since": NOON,
                }
                for number, party in enumerate(parties)
            ],
        )
        for pool in session.scalars(sa.select(SeatPool).where(SeatPool.event_id == event)):
            waiting = [first + n for n in range(LINE) if _wants(pool, n)]
            session.execute(
                sa.insert(WaitPool), [{"wait_id": wait, "pool_id": pool.id} for wait in waiting]
            )
            pool.waiting = len(waiting)
        session.flush()
        # As autovacuum does soon after so much was written.
        session.execute(sa.text("ANALYZE"))
    return first + LINE - 1


def _wants(pool: SeatPool, number: int) -> bool:
    """Every second party one of the sessions, in turn."""
    if not pool.session_key:
        return True
    return number % 4 == 1 + 2 * _SESSIONS.index(pool.session_key)


def _registrations(event: int, first: int, parties: list[int]) -> Iterator[dict[str, Any]]:
    for number, party in enumerate(parties, start=first):
        yield {
            "id": number,
            "event_id": event,
            "public_id": f"{number:032}",
            "secret_hash": f"{number:064}",
            "code": f"{number:08}",
            "name": "Rahima Begum",
            "phone": f"+8801{number:09}",
            "party": party,
            "needs": "",
            "language": "bn",
            "state": "waiting",
            "registered_at": NOON,
        }
