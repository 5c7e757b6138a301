"""Letting tickets in: once each, and only those that have a seat."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from showcase.gate.actions import CheckedIn, check_in
from showcase.gate.errors import GateError, NotConfirmed, UnknownCode, WrongNumber
from showcase.gate.models import CheckIn
from showcase.gate.queries import Arrivals, arrival_of, arrival_with, arrivals_at, is_checked_in
from showcase.registrations.models import CANCELLED, WAITING
from showcase.registrations.secret import CODE_ALPHABET
from showcase.text import bangla_digits
from tests.voice.fair import NOON, Visitor, change, make_fair, register, rows

CROWD = 24


def let_in(app: Flask, event: int, code: str, admitted: int | None = None) -> CheckedIn:
    with app.app_context():
        return check_in(event_id=event, code=code, admitted=admitted, at=NOON)


@pytest.fixture
def event(app: Flask) -> int:
    return make_fair(app)


@pytest.fixture
def family(app: Flask, event: int) -> Visitor:
    return register(app, event, party=4)


def test_the_whole_party_comes_in(app: Flask, event: int, family: Visitor) -> None:
    assert let_in(app, event, family.code) == CheckedIn(family.id, 4, NOON, is_new=True)

    with app.app_context():
        assert is_checked_in(family.id)
        assert arrivals_at(event) == Arrivals(tickets=1, people=4)


def test_fewer_may_come_than_registered(app: Flask, event: int, family: Visitor) -> None:
    assert let_in(app, event, family.code, 3).admitted == 3


@pytest.mark.parametrize("admitted", [0, -1, 5, 10**12])
def test_nobody_and_more_than_registered_are_refused(
    app: Flask, event: int, family: Visitor, admitted: int
) -> None:
    with pytest.raises(WrongNumber):
        let_in(app, event, family.code, admitted)

    assert rows(app, CheckIn.registration_id) == []


def test_shown_again_the_first_time_stands(app: Flask, event: int, family: Visitor) -> None:
    let_in(app, event, family.code, 3)

    with app.app_context():
        later = NOON + timedelta(hours=2)
        again = check_in(event_id=event, code=family.code, admitted=4, at=later)

    assert again == CheckedIn(family.id, 3, NOON, is_new=False)


def test_a_code_may_be_typed_as_people_type(app: Flask, event: int, family: Visitor) -> None:
    typed = bangla_digits(f" {family.code[:4].lower()}-{family.code[4:]} ")

    assert let_in(app, event, typed).registration_id == family.id


@pytest.mark.parametrize("code", ["", "ZZZZZZZZ", "\x00", "’; DROP TABLE check_ins", "C" * 9_999])
def test_a_code_that_nobody_has_is_unknown(app: Flask, event: int, code: str) -> None:
    with pytest.raises(UnknownCode):
        let_in(app, event, code)


def test_a_ticket_of_another_event_is_unknown(app: Flask, event: int, family: Visitor) -> None:
    other = make_fair(app, "rangpur-fair")

    with pytest.raises(UnknownCode):
        let_in(app, other, family.code)


@pytest.mark.parametrize("state", [CANCELLED, WAITING])
def test_a_ticket_without_a_seat_lets_nobody_in(
    app: Flask, event: int, family: Visitor, state: str
) -> None:
    change(app, family, state=state)

    with pytest.raises(NotConfirmed):
        let_in(app, event, family.code)

    assert rows(app, CheckIn.registration_id) == []


def test_each_has_a_certificate_of_its_own(app: Flask, event: int) -> None:
    for visitor in (register(app, event), register(app, event)):
        let_in(app, event, visitor.code)

    (first,), (second,) = rows(app, CheckIn.certificate)
    assert first != second
    assert all(re.fullmatch(f"[{CODE_ALPHABET}]{{12}}", code) for code in (first, second))


def test_a_certificate_leads_to_its_arrival(app: Flask, event: int, family: Visitor) -> None:
    let_in(app, event, family.code)

    with app.app_context():
        arrival = arrival_of(family.id)
        assert arrival
        assert arrival_with(arrival.certificate) == arrival
        assert arrival_with("C" * 12) is None


def test_a_crowd_at_one_gate_lets_one_ticket_in_once(
    app: Flask, event: int, family: Visitor
) -> None:
    start = Barrier(CROWD)

    def one(_: int) -> bool:
        start.wait()
        return let_in(app, event, family.code).is_new

    with ThreadPoolExecutor(CROWD) as crowd:
        outcomes = list(crowd.map(one, range(CROWD)))

    assert sorted(outcomes) == [False] * (CROWD - 1) + [True]
    assert len(rows(app, CheckIn.registration_id)) == 1


def test_every_refusal_says_what_to_do() -> None:
    for error in (UnknownCode, NotConfirmed, WrongNumber):
        assert issubclass(error, GateError)
        assert str(error.sentence) != str(GateError.sentence)
