import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from showcase.db import db, now
from showcase.outbox import actions, worker
from showcase.outbox.actions import Email, Sms, compose_with
from showcase.outbox.leases import LEASE, claim_due
from showcase.outbox.worker import send_due, start_in_background
from showcase.registrations.actions import cancel
from tests.conftest import AppMaker
from tests.outbox.builders import mail_server, messages, owe, sms_gateway, states
from tests.registrations.people import NOON, registration, secret_of

CANARY = "Canary Wharfinger"


def work(app: Flask, limit: int = 10) -> int:
    with app.app_context():
        return send_due(limit)


def test_everything_owed_is_sent_once(make: AppMaker) -> None:
    with mail_server() as box, sms_gateway() as gateway:
        app = make(SMTP_URL=box.url, SMS_URL=gateway.url)
        owe(app, email="rahima@example.com")

        assert work(app) == 2
        assert work(app) == 0

    assert box.recipients == ["rahima@example.com"]
    assert [form["to"] for form in gateway.forms] == ["8801711000000"]
    assert states(app) == ["sent", "sent"]
    assert all(message.sent_at for message in messages(app))


def test_a_cancelled_registration_is_sent_its_cancellation_only(make: AppMaker) -> None:
    with sms_gateway() as gateway:
        app = make(SMS_URL=gateway.url)
        owe(app)
        with app.app_context():
            cancel(secret=secret_of(app), at=now())

        work(app)

    assert [form["text"] for form in gateway.forms] == [
        f"Kurigram Fair: your registration {_code(app)} is cancelled."
    ]
    assert states(app) == ["void", "sent"]


def _code(app: Flask) -> str:
    with app.app_context():
        return registration(1).code


def test_a_registration_cancelled_while_its_ticket_is_claimed_is_not_sent_it(app: Flask) -> None:
    owe(app)
    with app.app_context():
        claims = claim_due(limit=10, at=now())
        cancel(secret=secret_of(app), at=now())

        for claim in claims:
            worker._deal_with(claim)

    assert states(app) == ["void", "ready"]


def test_a_message_that_cannot_be_sent_waits_and_does_not_hold_up_the_next(
    make: AppMaker,
) -> None:
    with mail_server() as box:
        app = make(SMTP_URL="smtp://127.0.0.1:1", SMS_URL="")
        owe(app, phone=None, email="rahima@example.com")
        owe(app, phone="+8801811000000")
        started = now()

        work(app)

    failed, sent = messages(app)
    assert (failed.state, failed.last_error) == ("ready", "ConnectionRefusedError")
    assert failed.due_at - started >= timedelta(minutes=1)
    assert sent.state == "sent"
    assert box.letters == []


def test_a_server_down_for_a_day_loses_nothing(make: AppMaker) -> None:
    with mail_server() as box:
        app = make(SMTP_URL=box.url)
        box.answer = "450 4.2.1 try again"
        with time_machine.travel(NOON, tick=False) as clock:
            owe(app, phone=None, email="rahima@example.com")
            for _ in range(25):
                work(app)
                clock.shift(timedelta(hours=1))
            refused = states(app)
            box.answer = "250 OK"
            clock.shift(timedelta(hours=24))
            work(app)

    assert refused == ["ready"]
    assert states(app) == ["sent"]
    assert box.recipients == ["rahima@example.com"]


def test_an_address_that_does_not_exist_is_given_up_at_once(make: AppMaker) -> None:
    with mail_server() as box:
        app = make(SMTP_URL=box.url)
        box.answer = "550 5.1.1 No such mailbox"
        owe(app, phone=None, email="nobody@example.com")

        work(app)

    (message,) = messages(app)
    assert (message.state, message.last_error) == ("dead", "RefusedForGood")


def test_a_worker_killed_between_sending_and_marking_sends_again_the_same_message(
    make: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As if the process were gone: no handler runs."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    with mail_server() as box:
        app = make(SMTP_URL=box.url)
        owe(app, phone=None, email="rahima@example.com")
        with monkeypatch.context() as patched:
            patched.setattr(worker, "mark_sent", die)
            with pytest.raises(Killed):
                work(app)
        before_the_lease_ends = work(app)
        with time_machine.travel(now() + LEASE + timedelta(seconds=1)):
            after = work(app)

    assert (before_the_lease_ends, after) == (0, 1)
    first, second = box.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert states(app) == ["sent"]


def test_what_is_left_of_a_round_is_not_sent_when_the_lease_runs_out(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(app)
    owe(app, phone="+8801811000000")
    with time_machine.travel(now(), tick=False) as clock:

        def slowly(*_: object) -> Sms:
            clock.shift(LEASE - timedelta(seconds=30))
            return Sms("+8801711000000", "slow")

        compose_with(app, slowly)
        dealt_with = work(app)

    assert dealt_with == 1
    assert states(app) == ["sent", "ready"]


def test_a_slow_server_holds_no_transaction_open(app: Flask) -> None:
    owe(app)
    seen: list[bool] = []

    class Slow:
        def send(self, _parcel: object) -> None:
            seen.append(db.session().in_transaction())

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(worker, "carrier_for", lambda *_: Slow())
        work(app)

    assert seen == [False]


def test_logs_tell_no_personal_data(make: AppMaker, caplog: pytest.LogCaptureFixture) -> None:
    app = make(SMTP_URL="smtp://127.0.0.1:1")
    owe(app, name=CANARY, email="canary@example.com")

    told_by_the_error = f"cannot write to {CANARY} at canary@example.com"

    def fail(*_: object) -> Email:
        raise RuntimeError(told_by_the_error)

    with caplog.at_level("DEBUG"):
        work(app)
        compose_with(app, fail)
        owe(app, name=CANARY, phone="+8801811000000")
        work(app)

    assert states(app) == ["sent", "ready", "ready"]
    for told in (CANARY, "canary@example.com", "1711000000", "1811000000", secret_of(app)):
        assert told not in caplog.text
    assert "RuntimeError" in caplog.text


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


def test_the_background_worker_outlives_every_error(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[int] = []
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.01)

    def broken(*_: object) -> int:
        rounds.append(1)
        raise RuntimeError("no database")

    monkeypatch.setattr(worker, "send_due", broken)
    thread, stop = _background(app)
    try:
        assert _soon(lambda: len(rounds) > 3, seconds=5)
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(10)


def test_start_in_background_makes_a_thread_that_ends_with_the_process(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_send_until", lambda *_: None)

    assert start_in_background(app).daemon


def _background(app: Flask) -> tuple[threading.Thread, threading.Event]:
    stop = threading.Event()
    thread = threading.Thread(target=worker._send_until, args=(app, stop), daemon=True)
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


def test_the_worker_command_sends_and_stops_when_told_to(app: Flask, make: AppMaker) -> None:
    owe(app)
    environ = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": app.config["DATABASE_URL"],
        "SHOWCASE_INSTANCE": str(app.config["INSTANCE"]),
        "SHOWCASE_SECRET_KEY": app.config["SECRET_KEY"],
    }
    command = [sys.executable, "-c", "from showcase.cli import main; main()", "worker"]
    process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        assert _soon(lambda: states(app) == ["sent"], seconds=30)
    finally:
        process.send_signal(signal.SIGTERM)

    assert process.wait(10) == 0
