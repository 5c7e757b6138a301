"""How long a narrowed list and a search take, with few stories and with very many."""

import http.client
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench import machine, servers
from tests.bench.servers import Running, Site

_TIMES: Final = 200
# A full page however many there are; three facets and a sort; a word of the invented stories and
# the beginning of another.
FIRST: Final = "/bn/stories?sort=cost"
LIST: Final = "/bn/stories?sector=land&sector=health&stage=piloting&pain=queue&sort=cost"
SEARCH: Final = "/en/search?q=village+offi"


@dataclass(frozen=True)
class Latency:
    """Milliseconds of one request after another, none of them kept by the page cache."""

    p50: float
    p99: float


@dataclass(frozen=True)
class Finding:
    first: Latency
    list: Latency
    search: Latency
    memory: float


def measure(site: Site) -> Finding:
    with servers.serving(site, core=machine.SERVER_CORE) as running:
        first, narrowed, searched = _latencies(running, [FIRST, LIST, SEARCH])
        return Finding(first, narrowed, searched, machine.pss_mib(running.worker_pids[0]))


def _latencies(running: Running, addresses: Sequence[str]) -> list[Latency]:
    """Rounds interleaved, so that the machine's moods hit all alike."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
    taken: dict[str, list[float]] = {address: [] for address in addresses}
    for number in range(_TIMES):
        for address in addresses:
            # A parameter that the page does not declare: it is made anew each time.
            taken[address].append(_ask(connection, f"{address}&round={number}"))
    connection.close()
    return [_latency(taken[address]) for address in addresses]


def _ask(connection: http.client.HTTPConnection, path: str) -> float:
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "identity"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} instead of 200")
    return (time.perf_counter() - started) * 1_000


def _latency(taken: list[float]) -> Latency:
    return Latency(statistics.median(taken), statistics.quantiles(taken, n=100)[98])
