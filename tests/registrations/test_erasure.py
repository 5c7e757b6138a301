"""Who somebody was is forgotten; how many they were is not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from showcase.chores import run_due
from showcase.db import db, write
from showcase.events.models import Event
from showcase.gate.actions import check_in
from showcase.gate.queries import arrivals_at
from showcase.registrations import erasure
from showcase.registrations.actions import cancel
from showcase.registrations.commands import purge as purge_command
from showcase.registrations.erasure import Purged, erase, purge, when_erased
from showcase.registrations.errors import NotActive, TicketKeyChanged
from showcase.registrations.messages import compose
from showcase.registrations.models import FormKey, Registration, SeatPool
from showcase.registrations.queries import ticket_by_secret
from showcase.voice.actions import vote
from showcase.voice.models import Vote
from tests.registrations.builders import make_event
from tests.registrations.forms import hidden
from tests.registrations.people import (
    KARIM,
    NOON,
    Books,
    ask,
    books,
    owed,
    registration,
    secret_of,
    stored,
)

ENDED = datetime(2090, 1, 16, 12, tzinfo=UTC)
LONG_AFTER = ENDED + timedelta(days=90)
PERSONAL = {
    "name": "Rahima Begum",
    "email": "rahima@example.com",
    "needs": "a wheelchair",
    "answers": {"stall": "land"},
    "may_contact": True,
}
BLANK: tuple[Any, ...] = ("", None, None, None, None, "", {}, False)


@pytest.fixture
def fair(app: Flask) -> int:
    return make_event(app, seats=3, registration={"waiting_list": "yes"})


def known_of(row: Registration) -> tuple[Any, ...]:
    return (
        row.name,
        row.phone,
        row.email,
        row.new_phone,
        row.new_email,
        row.needs,
        row.answers,
        row.may_contact,
    )


def test_everything_personal_is_blanked_and_the_link_opens_nothing(
    app: Flask, client: FlaskClient, fair: int
) -> None:
    with app.app_context():
        ask(fair, **PERSONAL)
        ask(fair, phone=KARIM, name="Karim Mia")
        before = registration(1)
        secret = secret_of(app)
        old = (before.public_id, before.secret_hash)

        assert erase(secret=secret, at=NOON)

        after = registration(1)
        assert known_of(after) == BLANK
        assert after.erased_at == NOON
        assert after.public_id not in old
        assert after.secret_hash not in old
        assert after.state == "cancelled"
        assert ticket_by_secret(secret) is None
        assert {state for _, _, state in owed(1)} == {"void"}
        assert db.session.scalars(sa.select(FormKey.registration_id)).all() == [2]
        assert not erase(secret=secret, at=NOON)
        assert registration(2).name == "Karim Mia"
        assert {state for _, _, state in owed(2)} == {"ready"}

    for page in ("", "/contact", "/erase", "/change", "/cancel", ".ics"):
        assert client.get(f"/en/tickets/{secret}{page}").status_code == 404
    assert client.get(f"/t/{secret}").status_code == 404


def test_the_seats_go_to_who_waits(app: Flask, fair: int) -> None:
    with app.app_context():
        ask(fair, party=3)
        ask(fair, phone=KARIM, party=2, joins_list=True)
        assert registration(2).state == "waiting"

        erase(secret=secret_of(app), at=NOON)

        assert [kind for kind, _, state in owed(2) if state == "ready"][-1] == "offer"
        assert books(fair).taken == 2


@pytest.mark.parametrize("state", ["waiting", "offered"])
def test_who_waits_or_is_offered_seats_leaves_the_line(app: Flask, fair: int, state: str) -> None:
    with app.app_context():
        ask(fair, party=3)
        ask(fair, phone=KARIM, party=2, joins_list=True)
        ask(fair, phone="+8801999000000", party=3, joins_list=True)
        if state == "offered":
            cancel(secret=secret_of(app, 1), at=NOON)

        erase(secret=secret_of(app, 2), at=NOON)

        pool = db.session.scalars(sa.select(SeatPool)).one()
        assert (pool.taken, pool.waiting) == ((3, 0) if state == "offered" else (3, 1))
        assert known_of(registration(2)) == BLANK


def test_who_came_stays_counted(app: Flask, fair: int) -> None:
    with app.app_context():
        ask(fair, party=2)
        check_in(event_id=fair, code=registration(1).code, admitted=None, at=NOON)
        vote(registration_id=1, event_id=fair, chosen={"best": 14}, at=NOON)

        erase(secret=secret_of(app), at=NOON)

        assert books(fair) == Books(taken=2, people=2, registrations=1)
        assert arrivals_at(fair) == (1, 2)
        assert db.session.scalars(sa.select(Vote.stall)).all() == [14]


def test_after_the_event_nothing_is_given_back(app: Flask, fair: int) -> None:
    with app.app_context():
        ask(fair, party=2)

        erase(secret=secret_of(app), at=ENDED)

        assert books(fair) == Books(taken=2, people=2, registrations=1)
        assert known_of(registration(1)) == BLANK


def test_who_was_erased_may_register_anew(app: Flask, fair: int) -> None:
    with app.app_context():
        ask(fair)
        erase(secret=secret_of(app), at=NOON)
        again = ask(fair)

    assert again.is_new


def test_nothing_is_written_to_who_was_erased(app: Flask, fair: int) -> None:
    with app.app_context():
        ask(fair)
        erase(secret=secret_of(app), at=NOON)
        with pytest.raises(TicketKeyChanged):
            compose(1, "confirmation", "sms")


def test_the_button_asks_first_and_then_erases(app: Flask, client: FlaskClient, fair: int) -> None:
    with app.app_context():
        ask(fair, **PERSONAL)
    path = f"/en/tickets/{secret_of(app)}/erase"

    asked = client.get(path)
    assert asked.status_code == 200
    assert "Your registration ends" in asked.text
    assert known_of(stored(app)[0]) != BLANK

    answer = client.post(path, data={"csrf_token": hidden(asked, "csrf_token")})
    assert (answer.status_code, answer.location) == (303, "/en/tickets/erased")
    assert client.get(answer.location).status_code == 200
    assert client.get("/bn/tickets/erased").status_code == 200
    assert known_of(stored(app)[0]) == BLANK
    again = client.post(
        path, data={"csrf_token": hidden(client.get("/en/tickets/lost"), "csrf_token")}
    )
    assert again.status_code == 404


def ends_earlier(event_id: int, ends: datetime, announced: str = "announced") -> None:
    with write() as session:
        session.execute(
            sa.update(Event).where(Event.id == event_id).values(ends=ends, announced=announced)
        )


def test_purging_takes_what_ended_so_many_days_ago_and_nothing_else(app: Flask) -> None:
    events = [make_event(app, f"fair-{number}", seats=9) for number in range(5)]
    old, just, young, postponed, cancelled = events
    with app.app_context():
        for event in events:
            ask(event, **PERSONAL)
        ends_earlier(old, NOON - timedelta(days=200))
        ends_earlier(just, NOON - timedelta(days=90))
        ends_earlier(young, NOON - timedelta(days=90) + timedelta(seconds=1))
        ends_earlier(postponed, NOON - timedelta(days=200), "postponed")
        ends_earlier(cancelled, NOON - timedelta(days=200), "cancelled")

        assert purge(at=NOON, days=90) == Purged(registrations=3, events=3)

        blank = [known_of(row) == BLANK for row in stored(app)]
        assert blank == [True, True, False, False, True]
        assert purge(at=NOON, days=90) == Purged(registrations=0, events=0)


def test_purging_keeps_every_count(app: Flask) -> None:
    event = make_event(app, seats=6)
    with app.app_context():
        for number, party in enumerate((1, 2, 3)):
            ask(event, phone=f"+880171100000{number}", party=party)
        for number in (1, 2):
            code = registration(number).code
            check_in(event_id=event, code=code, admitted=None, at=NOON)
            vote(registration_id=number, event_id=event, chosen={"best": number}, at=NOON)
        cancel(secret=secret_of(app, 3), at=NOON)
        before = (books(event), arrivals_at(event))

        assert purge(at=LONG_AFTER, days=90) == Purged(registrations=3, events=1)

        assert (books(event), arrivals_at(event)) == before
        assert [row.state for row in stored(app)] == ["confirmed", "confirmed", "cancelled"]
        assert len(db.session.scalars(sa.select(Vote.stall)).all()) == 2


def test_purging_goes_on_in_batches(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    event = make_event(app, seats=99)
    monkeypatch.setattr(erasure, "_AT_ONCE", 2)
    with app.app_context():
        for number in range(5):
            ask(event, phone=f"+880171100000{number}")

        assert purge(at=LONG_AFTER, days=90) == Purged(registrations=5, events=1)

        assert all(known_of(row) == BLANK for row in stored(app))


def test_two_workers_that_purge_at_once_count_nobody_twice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_event(app, seats=99)
    monkeypatch.setattr(erasure, "_AT_ONCE", 2)
    with app.app_context():
        for number in range(20):
            ask(event, phone=f"+8801711{number:06}")
    start = Barrier(2)

    def work(_: int) -> int:
        with app.app_context():
            start.wait()
            return purge(at=LONG_AFTER, days=90).registrations

    with ThreadPoolExecutor(2) as pool:
        erased = sum(pool.map(work, range(2)))

    assert erased == 20
    assert all(known_of(row) == BLANK for row in stored(app))


def test_what_others_keep_is_forgotten_in_the_same_transaction(app: Flask, fair: int) -> None:
    seen: list[list[int]] = []

    def act(session: Session, ids: Any) -> None:
        seen.append(list(ids))
        if len(seen) == 2:
            raise NotActive

    when_erased(app, act)
    with app.app_context():
        ask(fair)
        ask(fair, phone=KARIM)
        erase(secret=secret_of(app, 1), at=NOON)
        with pytest.raises(NotActive):
            erase(secret=secret_of(app, 2), at=NOON)

        assert seen == [[1], [2]]
        assert known_of(registration(2)) != BLANK
        assert registration(2).state == "confirmed"


def test_the_command_tells_numbers_and_nobody(app: Flask, fair: int) -> None:
    with app.app_context():
        ask(fair, **PERSONAL)
        ends_earlier(fair, NOON - timedelta(days=400))

    told = [
        CliRunner().invoke(purge_command, obj=lambda: app, catch_exceptions=False) for _ in range(2)
    ]

    assert [result.exit_code for result in told] == [0, 0]
    assert [result.output for result in told] == [
        "1 registrations of 1 events erased.\n",
        "0 registrations of 0 events erased.\n",
    ]


def test_the_worker_purges_by_itself(app: Flask, fair: int) -> None:
    with app.app_context():
        ask(fair, **PERSONAL)

    run_due(app, LONG_AFTER - timedelta(days=1))
    assert known_of(stored(app)[0]) != BLANK
    for chore in app.extensions["chores"]:
        chore.next_at = 0
    run_due(app, LONG_AFTER + timedelta(days=1))

    assert known_of(stored(app)[0]) == BLANK
