"""How fast pages are read: by wrk, from the other core than the server's."""

import http.client
import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from tests.bench.machine import CLIENT_CORE, on_core, run
from tests.bench.servers import Running

CONNECTIONS: Final = 32
ROUNDS: Final = 3
_SECONDS: Final = 2

_RATE: Final = re.compile(r"Requests/sec:\s+([0-9.]+)")
_P99: Final = re.compile(r"99%\s+([0-9.]+)(us|ms|s)")
_MILLISECONDS: Final = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Target:
    """A page to ask for, and the answer that is the right one."""

    name: str
    url: str
    headers: Mapping[str, str]
    status: int = 200


@dataclass(frozen=True)
class Speed:
    """Requests a second, and milliseconds within which 99 % were answered."""

    per_second: float
    p99: float


def speeds(targets: Sequence[Target]) -> dict[str, Speed]:
    """The median of each; the rounds are interleaved, so that the machine's moods hit all alike."""
    for target in targets:
        _check(target)
    rounds = [{target.name: _wrk(target) for target in targets} for _ in range(ROUNDS)]
    return {
        target.name: Speed(
            statistics.median(one[target.name].per_second for one in rounds),
            statistics.median(one[target.name].p99 for one in rounds),
        )
        for target in targets
    }


@dataclass(frozen=True)
class _Answer:
    status: int
    body: bytes
    headers: dict[str, str]


def fetch(running: Running, path: str, encoding: str = "br") -> tuple[bytes, dict[str, str]]:
    """The body as it comes over the wire, and the headers by their names in small letters."""
    answer = _get(running.url(path), {"Accept-Encoding": encoding})
    return answer.body, answer.headers


def _get(url: str, headers: Mapping[str, str]) -> _Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", parts._replace(scheme="", netloc="").geturl(), headers=dict(headers))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return _Answer(answer.status, body, {k.lower(): v for k, v in answer.getheaders()})


def _check(target: Target) -> None:
    """Speed is worth nothing if it is that of an error."""
    status = _get(target.url, target.headers).status
    if status != target.status:
        raise RuntimeError(f"{target.name}: {status} instead of {target.status}")


def _wrk(target: Target) -> Speed:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{_SECONDS}s", "--latency", target.url]
    for name, value in target.headers.items():
        command += ["-H", f"{name}: {value}"]
    told = run(on_core(CLIENT_CORE, command), seconds=60)
    if "Non-2xx" in told:
        raise RuntimeError(f"{target.name} answered with errors:\n{told}")
    rate, p99 = _RATE.search(told), _P99.search(told)
    if not rate or not p99:
        raise RuntimeError(f"wrk tells something else than expected:\n{told}")
    return Speed(float(rate[1]), float(p99[1]) * _MILLISECONDS[p99[2]])
