"""Many at once. Each promise has its control: without the guard, the same test must fail."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from showcase.db import db
from showcase.errors import Busy
from showcase.registrations import actions
from showcase.registrations.errors import FormAlreadyUsed, NotEnoughSeats
from showcase.registrations.message_kinds import CONFIRMATION
from showcase.registrations.models import FormKey, Registration
from showcase.registrations.seats import purchase
from tests.conftest import rounds
from tests.registrations.builders import make_event
from tests.registrations.forms import new_key
from tests.registrations.people import NOON, Books, ask, books, owed, secret_of

CROWD = 64


def all_at_once(app: Flask, attempt: Callable[[int], actions.Receipt]) -> Counter[str]:
    """Let a crowd attempt something at the same moment; how often each outcome came."""
    start = Barrier(CROWD)

    def one(number: int) -> str:
        with app.app_context():
            start.wait()
            try:
                return "new" if attempt(number).is_new else "again"
            except (NotEnoughSeats, FormAlreadyUsed, Busy) as refused:
                return type(refused).__name__

    with ThreadPoolExecutor(CROWD) as crowd:
        return Counter(crowd.map(one, range(CROWD)))


def phone(number: int) -> str:
    return f"+88017110000{number:02}"


@pytest.mark.parametrize("_round", range(rounds(2, full=20)))
def test_a_crowd_gets_exactly_the_seats_there_are(app: Flask, _round: int) -> None:
    event = make_event(app, seats=7)

    outcomes = all_at_once(app, lambda number: ask(event, phone=phone(number)))

    assert outcomes == {"new": 7, "NotEnoughSeats": CROWD - 7}
    with app.app_context():
        assert books(event) == Books(taken=7, people=7, registrations=7)


def test_parties_at_once_fill_the_seats_and_no_more(app: Flask) -> None:
    event = make_event(app, seats=10)

    all_at_once(app, lambda number: ask(event, phone=phone(number), party=1 + number % 3))

    with app.app_context():
        seen = books(event)
    assert seen.taken == seen.people == 10


def test_without_the_guard_a_crowd_would_oversell(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_event(app, seats=7)
    monkeypatch.setattr(purchase, "TAKE_SEATS", purchase.take_seats(sa.true()))
    unguarded = purchase.in_one_statement(sa.true(), CONFIRMATION)
    monkeypatch.setattr(purchase, "IN_ONE_STATEMENT", {CONFIRMATION: unguarded})

    all_at_once(app, lambda number: ask(event, phone=phone(number)))

    with app.app_context():
        assert books(event).taken > 7


@pytest.mark.parametrize("_round", range(rounds(2, full=20)))
def test_one_number_at_once_on_many_forms_makes_one_registration(app: Flask, _round: int) -> None:
    event = make_event(app, seats=500)

    outcomes = all_at_once(app, lambda _: ask(event))

    assert outcomes == {"new": 1, "again": CROWD - 1}
    with app.app_context():
        assert books(event) == Books(taken=1, people=1, registrations=1)


@pytest.mark.parametrize("_round", range(rounds(2, full=20)))
def test_one_form_sent_many_times_at_once_makes_one_registration(app: Flask, _round: int) -> None:
    event = make_event(app, seats=500)
    key = new_key()

    outcomes = all_at_once(app, lambda _: ask(event, key=key))

    assert outcomes == {"new": 1, "again": CROWD - 1}
    with app.app_context():
        assert books(event) == Books(taken=1, people=1, registrations=1)
        winner = db.session.scalars(sa.select(Registration.id)).one()
        assert owed(winner) == [("confirmation", "sms", "ready")]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(FormKey)) == 1


def test_one_key_with_many_answers_at_once_is_answered_for_one(app: Flask) -> None:
    event = make_event(app, seats=500)
    key = new_key()

    outcomes = all_at_once(app, lambda number: ask(event, key=key, phone=phone(number)))

    assert outcomes == {"new": 1, "FormAlreadyUsed": CROWD - 1}
    with app.app_context():
        assert books(event) == Books(taken=1, people=1, registrations=1)


def test_one_repeat_sent_many_times_at_once_is_answered_for_all(app: Flask) -> None:
    event = make_event(app)
    with app.app_context():
        ask(event)
    key = new_key()

    outcomes = all_at_once(app, lambda _: ask(event, key=key))

    assert outcomes == {"again": CROWD}
    with app.app_context():
        assert owed(1) == [("confirmation", "sms", "ready")] * 2


def test_a_ticket_cancelled_many_times_at_once_frees_its_seats_once(app: Flask) -> None:
    event = make_event(app, seats=500)
    with app.app_context():
        ask(event, phone=phone(99), party=5)
        ask(event, party=3)
    secret = secret_of(app, 2)

    def cancel(_: int) -> actions.Receipt:
        return actions.Receipt(2, is_new=actions.cancel(secret=secret, at=NOON))

    outcomes = all_at_once(app, cancel)

    assert outcomes == {"new": 1, "again": CROWD - 1}
    with app.app_context():
        assert books(event) == Books(taken=5, people=5, registrations=1)
