"""How many people can register, and whether a seat is sold once, by real forms over sockets."""

import json
import statistics
import sys
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from tests.bench.arrivals import FULL
from tests.bench.content import LARGE_FAIR, SMALL_FAIR, SMALL_SEATS, SUMMIT
from tests.bench.machine import run
from tests.bench.servers import Running, Site, serving

CLIENTS: Final = 64
CROWD: Final = 1_000
# The burst of a national summit.
PEOPLE: Final = 10_000
BURST_SECONDS: Final = 60
_SECONDS: Final = 3
_PATIENCE_SECONDS: Final = 180
_TRIES_TO_OVERSELL: Final = 5
_CREATED: Final = "303"
_REFUSED: Final = "409"


@dataclass(frozen=True)
class Rate:
    """Registrations a second, and milliseconds within which half and 99 % were answered."""

    per_second: float
    p50: float
    p99: float


@dataclass(frozen=True)
class Sale:
    """What became of people who wanted one seat each, and within which milliseconds and seconds
    they were told."""

    sold: int
    confirmed: int
    refused: int
    failed: int
    unanswered: int
    p50: float
    p99: float
    seconds: float

    def is_exact(self, seats: int, people: int) -> bool:
        told = (self.sold, self.confirmed, self.refused, self.failed, self.unanswered)
        return told == (seats, seats, people - seats, 0, 0)


def rate(running: Running, *, seconds: float = _SECONDS) -> Rate:
    statuses, times, taken = _crowd(running, LARGE_FAIR, CLIENTS, seconds)
    if set(statuses) != {_CREATED}:
        raise RuntimeError(f"not everybody was registered: {statuses}")
    return Rate(len(times) / taken, *_percentiles(times))


def sale(site: Site, *, workers: int, guarded: bool = True) -> Sale:
    site = site.copy()
    with serving(site, workers=workers, guarded=guarded) as running:
        seen = _crowd(running, SMALL_FAIR, CROWD, 0)
    return _sale(seen, _sold(site.database_url, SMALL_FAIR))


def burst(site: Site, *, workers: int) -> Sale:
    """10,000 people in a minute for 2,000 seats; each opens the form and sends it."""
    site = site.copy()
    with serving(site, workers=workers) as running:
        seen = _crowd(running, SUMMIT, PEOPLE, BURST_SECONDS, client="tests.bench.arrivals")
    return _sale(seen, _sold(site.database_url, SUMMIT))


def _sale(seen: tuple[dict[str, int], list[float], float], sold: int) -> Sale:
    statuses, times, seconds = seen
    answered = {_CREATED, _REFUSED, FULL, "none"}
    p50, p99 = _percentiles(times)
    return Sale(
        sold=sold,
        confirmed=statuses.get(_CREATED, 0),
        refused=statuses.get(_REFUSED, 0) + statuses.get(FULL, 0),
        failed=sum(n for status, n in statuses.items() if status not in answered),
        unanswered=statuses.get("none", 0),
        p50=p50,
        p99=p99,
        seconds=seconds,
    )


def oversale(site: Site, *, workers: int) -> Sale:
    """The same without the guard. If it cannot oversell, an exact sale proves nothing."""
    for _ in range(_TRIES_TO_OVERSELL):
        told = sale(site, workers=workers, guarded=False)
        if told.sold > SMALL_SEATS:
            return told
    raise RuntimeError("without the guard nothing was oversold: the races prove nothing")


def _crowd(
    running: Running,
    slug: str,
    clients: int,
    seconds: float,
    *,
    client: str = "tests.bench.client",
) -> tuple[dict[str, int], list[float], float]:
    path = f"/en/events/{slug}/register"
    address = ["127.0.0.1", str(running.port), path]
    told = run(
        [sys.executable, "-m", client, *address, str(clients), str(seconds)],
        seconds=_PATIENCE_SECONDS,
    )
    seen = json.loads(told)
    return seen["statuses"], seen["times"], seen["seconds"]


def _percentiles(times: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(times, n=100)
    return cuts[49] * 1000, cuts[98] * 1000


def _sold(address: str, slug: str) -> int:
    """Counted by people, not by the pool's own counter, which must agree."""
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    with engine.connect() as connection:
        sold = connection.scalar(sa.text(_SOLD), {"slug": slug})
        taken = connection.scalar(sa.text(_TAKEN), {"slug": slug})
    if sold != taken:
        raise RuntimeError(f"{sold} people have a seat, the pool says {taken}")
    return int(sold or 0)


_SOLD: Final = """
SELECT coalesce(sum(party), 0) FROM registrations JOIN events ON events.id = event_id
WHERE slug = :slug AND state = 'confirmed'
"""
_TAKEN: Final = (
    "SELECT taken FROM seat_pools JOIN events ON events.id = event_id WHERE slug = :slug"
)
