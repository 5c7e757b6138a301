"""Real servers, real sockets, many visitors at once; and a line that loses answers."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from tests.bench.client import Answer, Visitor
from tests.bench.servers import Running, Site

Form = Mapping[str, str]

SLUG: Final = "kurigram-fair"
_PATH: Final = f"/en/events/{SLUG}/register"
_HOST: Final = "127.0.0.1"
# Whose answer never came.
NONE: Final = Answer("none", "", b"")
# Forms are opened by so many at once: that is not what is tested here.
_OPEN_AT_ONCE: Final = 50
_PATIENCE_SECONDS: Final = 30.0


def site_on(database_url: str, folder: Path) -> Site:
    """The site of a test's own database, to be served by real processes."""
    (folder / "site").mkdir()
    return Site(folder / "site", folder / "content", database_url)


async def visitors(port: int, count: int) -> list[Visitor]:
    """Each with the form open."""
    crowd = [Visitor(_HOST, port, _PATH) for _ in range(count)]
    turn = asyncio.Semaphore(_OPEN_AT_ONCE)

    async def open_form(visitor: Visitor) -> None:
        async with turn:
            await visitor.open_form()

    await asyncio.gather(*map(open_form, crowd))
    return crowd


async def send(visitor: Visitor, form: Form, port: int) -> Answer:
    """Over a connection of its own; ``NONE`` when it ends without an answer."""
    visitor.address = _HOST, port
    try:
        await visitor.connect()
        return await visitor.send(form)
    except (OSError, EOFError, TimeoutError):
        return NONE
    finally:
        with suppress(AttributeError):
            visitor.leave()


async def all_at_once(port: int, forms: Sequence[Form]) -> list[Answer]:
    """Everybody opens the form, and then all send it at the same moment."""
    crowd = await visitors(port, len(forms))
    pairs = zip(crowd, forms, strict=True)
    return await asyncio.gather(*(send(visitor, form, port) for visitor, form in pairs))


async def same_again(visitor: Visitor, form: Form, port: int, times: int) -> list[Answer]:
    """One form sent many times at the same moment, as by a finger that does not stop."""
    copies = []
    for _ in range(times):
        copies.append(Visitor(_HOST, port, _PATH))
        copies[-1].token, copies[-1].cookie = visitor.token, visitor.cookie
    return await asyncio.gather(*(send(copy, form, port) for copy in copies))


@asynccontextmanager
async def losing_answers(port: int) -> AsyncIterator[int]:
    """A line to the server that is cut as soon as the whole answer has arrived; its port."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_server = await asyncio.open_connection(_HOST, port)
        request = await reader.readuntil(b"\r\n\r\n")
        length = int(request.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        to_server[1].write(request + await reader.readexactly(length))
        await to_server[0].readuntil(b"\r\n\r\n")
        to_server[1].close()
        writer.transport.abort()

    server = await asyncio.start_server(carry, _HOST, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def kill(running: Running) -> None:
    """The whole server, at once: nothing is finished, nobody is answered."""
    for pid in (running.pid, *running.worker_pids):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def counted(database_url: str) -> Iterator[int]:
    """How many registrations there are, asked anew each time past the site's own connections."""
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        while True:
            yield int(connection.scalar(sa.text("SELECT count(*) FROM registrations")) or 0)
            connection.rollback()


async def kill_after_the_first_commit(running: Running, database_url: str) -> None:
    """At the moment at which somebody is registered and has no answer yet."""
    before, give_up = None, time.monotonic() + _PATIENCE_SECONDS
    for count in counted(database_url):
        before = count if before is None else before
        if count > before or time.monotonic() > give_up:
            break
        await asyncio.sleep(0.001)
    kill(running)
