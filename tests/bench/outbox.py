"""How many tickets a worker sends through a mail server on the loopback."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from showcase import create_app
from showcase.db import db
from tests.bench.content import LARGE_FAIR
from tests.bench.machine import SERVER_CORE, on_core, run
from tests.bench.servers import SHOWCASE, Site, free_port
from tests.outbox.builders import owe_crowd

LETTERS: Final = 1_000
# As large as a ticket with its calendar file.
_BYTES: Final = 5_000
_PATIENCE_SECONDS: Final = 180.0
_STOP_SECONDS: Final = 15.0


@dataclass
class Counting:
    """A mail server that takes everything and notes when."""

    port: int
    taken_at: list[float] = field(default_factory=list)

    async def handle_DATA(  # as aiosmtpd calls it
        self, _server: object, _session: object, _envelope: Envelope
    ) -> str:
        self.taken_at.append(time.perf_counter())
        return "250 OK"

    def per_second(self) -> float:
        """From the first letter to the last: the start of a process is not counted."""
        if len(self.taken_at) != LETTERS:
            raise RuntimeError(f"{len(self.taken_at)} letters came, not {LETTERS}")
        return (LETTERS - 1) / (self.taken_at[-1] - self.taken_at[0])


@contextmanager
def _mail_server() -> Iterator[Counting]:
    server = Counting(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def rate(site: Site) -> float:
    """Tickets a second of one worker."""
    site = site.copy()
    _owe(site)
    with _mail_server() as server:
        environ = {**site.environ(), "SMTP_URL": f"smtp://127.0.0.1:{server.port}"}
        with (site.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(  # noqa: S603 - a command of ours
                on_core(SERVER_CORE, [SHOWCASE, "worker"]), env=environ, stderr=log
            )
            try:
                _wait_for_all(server)
            finally:
                worker.terminate()
                worker.wait(_STOP_SECONDS)
    return server.per_second()


def _owe(site: Site) -> None:
    app = create_app(site.environ())
    owe_crowd(app, [f"visitor{n}@example.com" for n in range(LETTERS)], slug=LARGE_FAIR)
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def _wait_for_all(server: Counting) -> None:
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while len(server.taken_at) < LETTERS and time.monotonic() < give_up:
        time.sleep(0.05)


def bare_rate() -> float:
    """Letters a second of smtplib alone, in a process of its own as the worker is."""
    with _mail_server() as server:
        command = [sys.executable, "-m", "tests.bench.outbox", str(server.port), str(LETTERS)]
        run(on_core(SERVER_CORE, command), seconds=_PATIENCE_SECONDS)
    return server.per_second()


def bare_loop(port: int, letters: int) -> None:
    letter = "Subject: a ticket\r\n\r\n" + ("x" * 68 + "\r\n") * (_BYTES // 70)
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for number in range(letters):
            smtp.sendmail("showcase@localhost", f"visitor{number}@example.com", letter)


if __name__ == "__main__":
    bare_loop(*map(int, sys.argv[1:]))
