"""Visitors who register, each over a connection of its own.

A process of its own, on bare sockets: what asks must not be slower than what answers. Prints what
it saw as JSON. ``python -m tests.bench.client HOST PORT PATH CLIENTS SECONDS``; with 0 seconds
everybody sends one form, all at the same moment.
"""

import asyncio
import json
import re
import resource
import sys
import time
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import count
from typing import Final, NamedTuple
from urllib.parse import urlencode

_TOKEN: Final = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
_COOKIE: Final = re.compile(rb"\r\nset-cookie: ([^;\r]+)", re.IGNORECASE)
_LENGTH: Final = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_LOCATION: Final = re.compile(rb"\r\nlocation: ([^\r]+)", re.IGNORECASE)
_STATUS: Final = slice(9, 12)
# Of one answer, a form's or a receipt's; a visitor who waits longer counts as unanswered.
_PATIENCE_SECONDS: Final = 60.0


@dataclass(frozen=True)
class Seen:
    """Answers by status, their times in seconds, and from when to when."""

    statuses: dict[str, int]
    times: list[float]
    seconds: float


class Answer(NamedTuple):
    """``location`` is where the browser is sent, if it is."""

    status: str
    location: str
    body: bytes


class NoForm(Exception):
    """The page holds none, with this status: 200 where it says that the seats are gone."""


def form(number: int, **changed: str) -> dict[str, str]:
    """What a person types, with a mobile number that ends in these digits and a key of its own."""
    return {
        "key": str(uuid.uuid4()),
        "name": "Rahima Begum",
        "phone": f"017{number:08}",
        "email": "",
        "party": "1",
        "needs": "",
        "consent": "y",
        **changed,
    }


class Visitor:
    """One browser: a cookie, the token of its form, and a connection."""

    def __init__(self, host: str, port: int, path: str) -> None:
        self.address = host, port
        self.path = path
        self.cookie = ""
        self.token = ""

    async def connect(self) -> None:
        self.reader, self.writer = await asyncio.open_connection(*self.address)

    async def open_form(self) -> None:
        """And close the connection: servers do, long before a person has filled in a form."""
        await self.connect()
        host, port = self.address
        request = f"GET {self.path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"
        head, body = await self._ask(request.encode())
        self.leave()
        token, cookie = _TOKEN.search(body), _COOKIE.search(head)
        if not token or not cookie:
            raise NoForm(head[_STATUS].decode())
        self.token, self.cookie = token[1].decode(), cookie[1].decode()

    async def register(self, number: int) -> str:
        """The status of the answer to a form that nobody has sent before."""
        return (await self.send(form(number))).status

    async def send(self, form: Mapping[str, str]) -> Answer:
        host, port = self.address
        body = urlencode({"csrf_token": self.token, **form})
        request = (
            f"POST {self.path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {self.cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )
        head, answer = await self._ask(request.encode())
        to = _LOCATION.search(head)
        return Answer(head[_STATUS].decode(), to[1].decode() if to else "", answer)

    async def _ask(self, request: bytes) -> tuple[bytes, bytes]:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            self.writer.write(request)
            head = await self.reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            return head, await self.reader.readexactly(int(length[1]) if length else 0)

    def leave(self) -> None:
        self.writer.close()


async def crowd(host: str, port: int, path: str, clients: int, seconds: float) -> Seen:
    visitors = [Visitor(host, port, path) for _ in range(clients)]
    await asyncio.gather(*(visitor.open_form() for visitor in visitors))
    await asyncio.gather(*(visitor.connect() for visitor in visitors))
    # Mobile numbers that were not used by an earlier crowd: the clock's last digits lead.
    numbers = count(int(time.time() * 10) % 100_000 * 1_000)
    statuses: Counter[str] = Counter()
    times: list[float] = []
    started = time.perf_counter()

    async def keep_registering(visitor: Visitor) -> None:
        while True:
            asked = time.perf_counter()
            try:
                statuses[await visitor.register(next(numbers))] += 1
            except (OSError, EOFError, TimeoutError):
                statuses["none"] += 1
                return
            times.append(time.perf_counter() - asked)
            if time.perf_counter() - started >= seconds:
                return

    await asyncio.gather(*(keep_registering(visitor) for visitor in visitors))
    taken = time.perf_counter() - started
    for visitor in visitors:
        visitor.leave()
    return Seen(dict(statuses), times, taken)


def open_many_files() -> None:
    """As many connections at once as the system lets a process have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main(host: str, port: str, path: str, clients: str, seconds: str) -> None:
    open_many_files()
    seen = asyncio.run(crowd(host, int(port), path, int(clients), float(seconds)))
    print(json.dumps(asdict(seen)))


if __name__ == "__main__":
    main(*sys.argv[1:])
