"""A mail server with moods, workers that are killed, and what must be true when all is over."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes

import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from flask import Flask

from showcase.db import now, write
from showcase.outbox.actions import put_to_all
from showcase.outbox.models import DEAD, READY, SENT, VOID, OutboxMessage
from showcase.registrations.models import CANCELLED, Registration
from tests.outbox.builders import TICKET, crowd, free_port, messages, owe_crowd
from tests.registrations.people import NOON

# What becomes of each address, by its beginning.
GONE, SPAM, BUSY, FULL, CANCELS, FINE = "gone", "spam", "busy", "full", "cancels", "fine"
MIX = (FINE, BUSY, FINE, FULL, FINE, GONE, FINE, CANCELS, FINE, SPAM)

MESSAGES_EACH = 3
_PATIENCE_SECONDS = 120.0


@dataclass
class Moody:
    """What the server took, in order; where it stops to be killed at; how it is today."""

    url: str = ""
    taken: list[tuple[int, str]] = field(default_factory=list)
    """Number in the outbox, and Message-ID."""
    stops: str = ""
    """``before`` it takes a letter, or ``after``, and does not answer; once."""
    letters_before_stop: int = 0
    has_stopped: threading.Event = field(default_factory=threading.Event)
    answer_to_all: str = ""
    seconds: float = 0.0
    _seen: set[tuple[str, int]] = field(default_factory=set)

    async def handle_RCPT(  # as aiosmtpd calls it
        self, _server: object, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.answer_to_all:
            return self.answer_to_all
        if address.startswith(GONE):
            return "550 5.1.1 No such mailbox"
        if address.startswith(BUSY) and self._is_first(address):
            return "450 4.2.1 Mailbox busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # as aiosmtpd calls it
        self, _server: object, _session: object, envelope: Envelope
    ) -> str:
        (address,) = envelope.rcpt_tos
        content = envelope.content
        assert isinstance(content, bytes)
        message_id = str(message_from_bytes(content)["Message-ID"])
        number = int(message_id.strip("<").split(".")[0])
        if address.startswith(SPAM):
            return "554 5.7.1 We do not want this"
        if address.startswith(FULL) and self._is_first(address, number):
            return "452 4.2.2 Mailbox full"
        await asyncio.sleep(self.seconds)
        await self._stop_if(self._is_time_to_stop("before"))
        self.taken.append((number, message_id))
        await self._stop_if(self._is_time_to_stop("after"))
        return "250 OK"

    def _is_first(self, address: str, number: int = 0) -> bool:
        is_first = (address, number) not in self._seen
        self._seen.add((address, number))
        return is_first

    def _is_time_to_stop(self, where: str) -> bool:
        if self.stops != where:
            return False
        self.letters_before_stop -= 1
        return self.letters_before_stop < 0

    async def _stop_if(self, is_time: bool) -> None:
        """Until the client is dead, whereupon aiosmtpd cancels us."""
        if is_time:
            self.stops = ""
            self.has_stopped.set()
            await asyncio.sleep(_PATIENCE_SECONDS)

    def stop_at(self, where: str, letters: int) -> None:
        self.has_stopped.clear()
        self.letters_before_stop = letters
        self.stops = where


@contextmanager
def moody_server(port: int = 0) -> Iterator[Moody]:
    moody = Moody()
    controller = Controller(moody, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        moody.url = f"smtp://127.0.0.1:{controller.port}"
        yield moody
    finally:
        controller.stop()


def owe_storm(app: Flask, people: int, moods: Sequence[str] = MIX) -> None:
    """Three letters to each of many, some of whom cancel before any was sent."""
    owe_crowd(app, [f"{moods[n % len(moods)]}{n}@example.com" for n in range(people)])
    with app.app_context(), write() as session:
        for _ in range(MESSAGES_EACH - 1):
            put_to_all(session, crowd(), kind=TICKET, at=NOON)
        session.execute(
            sa.update(Registration)
            .where(Registration.email.startswith(CANCELS))
            .values(state=CANCELLED, ended_at=NOON)
        )


@dataclass(frozen=True)
class Findings:
    """All are counts of messages; a message is doubled as often as it came too often."""

    lost: int
    doubled: int
    under_two_ids: int
    out_of_order: int
    wrongly_sent: int
    wrongly_marked: int

    def is_fine(self, *, kills: int) -> bool:
        others = (self.lost, self.under_two_ids, self.out_of_order, self.wrongly_sent)
        return not any((*others, self.wrongly_marked)) and self.doubled <= kills


def findings(app: Flask, moody: Moody) -> Findings:
    times = Counter(number for number, _ in moody.taken)
    ids: dict[int, set[str]] = defaultdict(set)
    for number, message_id in moody.taken:
        ids[number].add(message_id)
    addresses = _addresses(app)
    rows = messages(app)
    wanted = [row for row in rows if mood_of(addresses[row.registration_id]) in (FINE, BUSY, FULL)]
    return Findings(
        lost=sum(times[row.id] == 0 for row in wanted),
        doubled=sum(count - 1 for count in times.values()),
        under_two_ids=sum(len(found) > 1 for found in ids.values()),
        out_of_order=_out_of_order(rows, moody),
        wrongly_sent=len(set(times) - {row.id for row in wanted}),
        wrongly_marked=sum(
            row.state != _STATE[mood_of(addresses[row.registration_id])] for row in rows
        ),
    )


_STATE = {FINE: SENT, BUSY: SENT, FULL: SENT, GONE: DEAD, SPAM: DEAD, CANCELS: VOID}


def mood_of(address: str) -> str:
    return address.partition("@")[0].rstrip("0123456789")


def _addresses(app: Flask) -> dict[int, str]:
    with app.app_context(), write() as session:
        rows = session.execute(sa.select(Registration.id, Registration.email)).tuples()
        return {number: email or "" for number, email in rows}


def _out_of_order(rows: Sequence[OutboxMessage], moody: Moody) -> int:
    """Letters that came for the first time after a younger one to the same person."""
    whose = {row.id: row.registration_id for row in rows}
    newest: dict[int, int] = {}
    late = 0
    for number in dict.fromkeys(number for number, _ in moody.taken):
        late += newest.get(whose[number], 0) > number
        newest[whose[number]] = max(number, newest.get(whose[number], 0))
    return late


def environ(app: Flask, **settings: str) -> dict[str, str]:
    """The same site for another process."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": app.config["DATABASE_URL"],
        "SHOWCASE_INSTANCE": str(app.config["INSTANCE"]),
        "SHOWCASE_SECRET_KEY": app.config["SECRET_KEY"],
        **settings,
    }


def start_worker(app: Flask, url: str, changed: str = "") -> subprocess.Popen[bytes]:
    """``showcase worker``; ``changed`` is code that spoils it first, for a negative control."""
    code = f"{changed}\nfrom showcase.cli import main; main()"
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code, "worker"],
        env=environ(app, SMTP_URL=url),
        stderr=subprocess.DEVNULL,
    )


def kill_somewhere(
    app: Flask, moody: Moody, where: str, chance: random.Random, changed: str = ""
) -> None:
    """One life of a worker, ended by SIGKILL before or after a letter is taken, or anywhere."""
    before = len(moody.taken)
    if where != "anywhere":
        moody.stop_at(where, chance.randrange(6))
    process = start_worker(app, moody.url, changed)
    try:
        if where == "anywhere":
            wait_until(lambda: len(moody.taken) > before)
            time.sleep(chance.uniform(0, 0.1))
        else:
            assert moody.has_stopped.wait(_PATIENCE_SECONDS)
    finally:
        process.kill()
        process.wait()
    let_time_pass(app)


def let_time_pass(app: Flask) -> None:
    """As if every lease had ended and every wait were over."""
    with app.app_context(), write() as session:
        session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.state == READY)
            .values(due_at=NOON, leased_until=None)
        )


def finish(app: Flask, moody: Moody, changed: str = "", workers: int = 1) -> list[int]:
    """Let workers send all that is left and tell them to stop; how they ended."""
    processes = [start_worker(app, moody.url, changed) for _ in range(workers)]
    try:
        _wait_while_it_shrinks(app)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
    return [process.wait(20) for process in processes]


def _wait_while_it_shrinks(app: Flask) -> None:
    left = _left(app)
    while left:
        before = left
        wait_until(lambda: _left(app) < before)  # noqa: B023 - asked at once
        left = _left(app)


def _left(app: Flask) -> int:
    """Lets pass the time of those that wait to be tried again, not that of leases."""
    waiting = [OutboxMessage.state == READY, OutboxMessage.due_at > now()]
    with app.app_context(), write() as session:
        session.execute(sa.update(OutboxMessage).where(*waiting).values(due_at=NOON))
        left = session.scalar(sa.select(sa.func.count()).where(OutboxMessage.state == READY))
    return left or 0


def wait_until(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < give_up, "it did not come to pass"
        time.sleep(0.05)
