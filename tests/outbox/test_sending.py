from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from showcase.db import db, now, write
from showcase.errors import Busy
from showcase.outbox import leases, sending
from showcase.outbox.actions import Email, Sms, compose_with, put, void
from showcase.outbox.leases import LEASE, claim_due
from showcase.outbox.sending import PAUSE, Sender, send_due
from showcase.registrations.actions import cancel
from tests.conftest import AppMaker
from tests.outbox.builders import TICKET, free_port, mail_server, messages, owe, sms_gateway, states
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
            Sender(app)._deal_with(claim)

    assert states(app) == ["void", "ready"]


def test_a_message_that_cannot_be_made_waits_and_does_not_hold_up_the_next(
    app: Flask,
) -> None:
    first, second = owe(app), owe(app, phone="+8801811000000")
    started = now()

    def compose(registration_id: int, *_: object) -> Sms:
        if registration_id == first:
            raise RuntimeError
        return Sms("+8801811000000", f"for {second}")

    compose_with(app, compose)
    work(app)

    failed, sent = messages(app)
    assert (failed.state, failed.last_error, failed.attempts) == ("ready", "RuntimeError", 1)
    assert failed.due_at - started >= timedelta(minutes=1)
    assert sent.state == "sent"


def test_a_server_out_of_reach_costs_no_message_a_try_and_holds_up_no_other_channel(
    make: AppMaker,
) -> None:
    app = make(SMTP_URL="smtp://127.0.0.1:1", SMS_URL="")
    for number in range(3):
        owe(app, phone=f"+880171100000{number}", email=f"rahima{number}@example.com")

    dealt_with = work(app)

    found = messages(app)
    emails = [message for message in found if message.channel == "email"]
    assert dealt_with == 3
    assert [message.state for message in found if message.channel == "sms"] == ["sent"] * 3
    assert {(m.state, m.attempts, m.leased_until) for m in emails} == {("ready", 0, None)}
    assert {message.last_error for message in emails} == {"ConnectionRefusedError"}


def test_a_server_out_of_reach_is_left_alone_for_a_while_and_then_gets_all_in_order(
    make: AppMaker,
) -> None:
    port = free_port()
    app = make(SMTP_URL=f"smtp://127.0.0.1:{port}")
    wanted = [f"rahima{number}@example.com" for number in range(3)]
    for address in wanted:
        owe(app, phone=None, email=address)
    sender = Sender(app)

    def round_of_sending() -> int:
        with app.app_context():
            return sender.send_due(10)

    with time_machine.travel(now(), tick=False) as clock:
        at_first = round_of_sending()
        with mail_server(port) as box:
            soon = round_of_sending()
            clock.shift(PAUSE)
            later = round_of_sending()
            sender.hang_up()

    assert (at_first, soon, later) == (0, 0, 3)
    assert box.recipients == wanted


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
            patched.setattr(sending, "mark_sent", die)
            with pytest.raises(Killed):
                work(app)
        before_the_lease_ends = work(app)
        with time_machine.travel(now() + LEASE + timedelta(seconds=1)):
            after = work(app)

    assert (before_the_lease_ends, after) == (0, 1)
    first, second = box.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert states(app) == ["sent"]


def test_what_is_left_of_a_round_is_not_sent_when_the_lease_runs_out_but_given_back(
    app: Flask,
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
    assert [(m.state, m.leased_until) for m in messages(app)] == [("sent", None), ("ready", None)]


def test_a_sender_that_is_stopped_finishes_its_message_and_gives_back_the_others(
    app: Flask,
) -> None:
    for number in range(3):
        owe(app, phone=f"+880171100000{number}")
    sender = Sender(app)

    def stop_meanwhile(*_: object) -> Sms:
        sender.stop.set()
        return Sms("+8801711000000", "the last one")

    compose_with(app, stop_meanwhile)
    with app.app_context():
        sender.send_due(10)

    assert states(app) == ["sent", "ready", "ready"]
    with app.app_context():
        assert len(claim_due(limit=10, at=now())) == 2


def test_messages_to_one_person_go_in_the_order_they_were_made_also_when_one_must_wait(
    make: AppMaker,
) -> None:
    with mail_server() as box:
        app = make(SMTP_URL=box.url)
        with time_machine.travel(NOON, tick=False) as clock:
            rahima = owe(app, phone=None, email="rahima@example.com")
            again(app, rahima)
            again(app, rahima)
            box.answer = "450 4.2.1 try again"
            refused = work(app)
            box.answer = "250 OK"
            too_soon = work(app)
            clock.shift(timedelta(minutes=1))
            one_each_round = [work(app) for _ in range(4)]

    assert (refused, too_soon, one_each_round) == (1, 0, [1, 1, 1, 0])
    assert [letter["Message-ID"].split(".")[0] for letter in box.letters] == ["<1", "<2", "<3"]


def again(app: Flask, registration_id: int) -> None:
    """Owe the ticket once more."""
    with app.app_context(), write() as session:
        put(
            session,
            registration_id=registration_id,
            kind=TICKET,
            phone=None,
            email="rahima@example.com",
            at=NOON,
        )


def test_a_message_taken_back_while_it_is_tried_stays_taken_back(make: AppMaker) -> None:
    app = make()
    rahima = owe(app)

    def cancel_meanwhile(*_: object) -> Sms:
        with write() as session:
            void(session, registration_id=rahima)
        raise RuntimeError

    compose_with(app, cancel_meanwhile)
    work(app)

    assert [(m.state, m.last_error) for m in messages(app)] == [("void", None)]


def test_a_message_sent_is_marked_however_long_others_hold_the_database(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(app)
    with app.app_context():
        (claim,) = claim_due(limit=1, at=now())
        tries: list[int] = []

        def busy_twice() -> object:
            tries.append(1)
            if len(tries) < 3:
                raise Busy
            return write()

        monkeypatch.setattr(leases, "write", busy_twice)
        leases.mark_sent(claim, at=now())

    assert len(tries) == 3
    assert states(app) == ["sent"]


def test_a_slow_server_holds_no_transaction_open(app: Flask) -> None:
    owe(app)
    seen: list[bool] = []

    class Slow:
        def send(self, _parcel: object) -> None:
            seen.append(db.session().in_transaction())

        def close(self) -> None:
            pass

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sending, "carrier_for", lambda *_: Slow())
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
