import signal
import subprocess
import sys
import threading
import time
from textwrap import dedent

import pytest
from flask import Flask

from showcase.chores import every
from showcase.outbox import actions, worker
from showcase.outbox.sending import Sender
from tests.outbox.builders import mail_server, owe, states
from tests.outbox.storm import environ


def test_the_background_worker_sends_at_once_after_a_commit(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 60.0)
    thread, stop = _background(app)
    try:
        time.sleep(0.2)
        owe(app)

        assert _soon(lambda: states(app) == ["sent"], seconds=5)
    finally:
        stop.set()
        actions.wake()
        thread.join(10)
    assert not thread.is_alive()


def test_the_worker_does_the_chores_before_it_sends(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So what a chore owes is sent in the same round."""
    monkeypatch.setattr(worker, "POLL_SECONDS", 60.0)
    every(app, 60, "owe a ticket", lambda _: owed.append(owe(app)))
    owed: list[int] = []
    thread, stop = _background(app)
    try:
        assert _soon(lambda: states(app) == ["sent"], seconds=10)
    finally:
        stop.set()
        actions.wake()
        thread.join(10)
    assert owed == [1]


def test_the_background_worker_outlives_every_error(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[int] = []
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.01)

    def broken(*_: object) -> int:
        rounds.append(1)
        raise RuntimeError("no database")

    monkeypatch.setattr(Sender, "send_due", broken)
    thread, stop = _background(app)
    try:
        assert _soon(lambda: len(rounds) > 3, seconds=5)
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(10)


def _background(app: Flask) -> tuple[threading.Thread, threading.Event]:
    stop = threading.Event()
    thread = threading.Thread(target=worker._work_until, args=(app, stop), daemon=True)
    thread.start()
    return thread, stop


def _soon(condition: object, *, seconds: float) -> bool:
    assert callable(condition)
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_the_worker_command_sends_and_stops_when_told_to(app: Flask) -> None:
    owe(app)
    command = [sys.executable, "-c", "from showcase.cli import main; main()", "worker"]
    process = subprocess.Popen(command, env=environ(app), stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        assert _soon(lambda: states(app) == ["sent"], seconds=30)
    finally:
        process.send_signal(signal.SIGTERM)

    assert process.wait(10) == 0


IN_BACKGROUND = dedent("""
    import sys
    from showcase import create_app
    from showcase.outbox.worker import start_in_background
    start_in_background(create_app())
    sys.stdin.readline()
""")


def test_a_server_process_that_ends_finishes_the_message_it_sends(app: Flask) -> None:
    with mail_server() as box:
        box.seconds = 1.0
        owe(app, phone=None, email="rahima@example.com")
        owe(app, phone=None, email="karim@example.com")
        process = subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", IN_BACKGROUND],
            env=environ(app, SMTP_URL=box.url),
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert _soon(lambda: box.connections == 1, seconds=30)
        process.communicate(b"end\n", timeout=10)

    assert process.returncode == 0
    assert states(app) == ["sent", "ready"]
    assert box.recipients == ["rahima@example.com"]
