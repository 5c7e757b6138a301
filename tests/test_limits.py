"""Who tries too often is told to wait; a school behind one address is not."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from showcase.config import SettingsError
from showcase.limits import FORMS, WRONG_LINKS, WRONG_LINKS_IN_ALL, Counter, Limit, counter
from showcase.registrations.secret import CODE_ALPHABET, SECRET_LENGTH
from tests.conftest import AppMaker
from tests.pages import parse, words
from tests.registrations.builders import make_event
from tests.registrations.forms import ANSWERS, hidden, new_key, send_form
from tests.registrations.people import NOON, ask, secret_of, stored

FEW_WRONG = WRONG_LINKS.item.amount
MANY_WRONG = WRONG_LINKS_IN_ALL.item.amount
LOST = "/en/tickets/lost"
PUPILS = 500


@pytest.fixture
def engine() -> str:
    """The database plays no part in what is shown here."""
    return "sqlite"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still, so that no window ends by itself."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def fair(app: Flask) -> int:
    return make_event(app, seats=5_000)


def told(response: TestResponse) -> str:
    return words(parse(response.text).query("p.lead")[0])


def guess(client: FlaskClient, number: int, address: str = "127.0.0.1") -> TestResponse:
    path = f"/en/tickets/{number:0{SECRET_LENGTH}}"
    return client.get(path, environ_base={"REMOTE_ADDR": address})


def spend(app: Flask, limit: Limit, address: str = "127.0.0.1", but: int = 0) -> None:
    """As if so many had come already, ``but`` so many."""
    with app.app_context():
        cost = limit.item.amount - but
        counter().shared.hit(limit.item, limit.name, address, cost=cost)


def test_wrong_tickets_are_told_to_wait_in_both_languages(client: FlaskClient) -> None:
    answers = [guess(client, number) for number in range(FEW_WRONG + 1)]

    assert {answer.status_code for answer in answers[:-1]} == {404}
    last = answers[-1]
    assert last.status_code == 429
    assert 0 < int(last.headers["Retry-After"]) <= 600
    assert last.headers["Cache-Control"] == "no-store"
    assert told(last) == (
        "There were too many tries from your network or for this number. "
        "Nothing is lost: wait ten minutes and try again."
    )
    bangla = client.get("/bn/tickets/nope")
    assert bangla.status_code == 429
    assert parse(bangla.text).query("html")[0].attrs["lang"] == "bn"


@pytest.mark.parametrize(
    "path",
    ["/en/certificates/{}", "/t/{}", "/c/{}", "/en/contact/{}", "/en/tickets/{}/erase"],
)
def test_every_kind_of_secret_address_is_counted(client: FlaskClient, path: str) -> None:
    for number in range(FEW_WRONG):
        assert client.get(path.format(f"X{number}")).status_code == 404

    assert guess(client, 1).status_code == 429


def test_pages_that_are_no_secret_are_not_counted(client: FlaskClient) -> None:
    answers = {client.get(f"/en/events/none-{number}").status_code for number in range(100)}

    assert answers == {404}
    assert guess(client, 1).status_code == 404


def test_the_limit_ends_with_its_window(client: FlaskClient, clock: time_machine.Traveller) -> None:
    for number in range(FEW_WRONG + 1):
        last = guess(client, number)

    clock.shift(timedelta(seconds=int(last.headers["Retry-After"])))

    assert guess(client, 1).status_code == 404


def test_a_right_ticket_opens_while_a_neighbour_guesses(
    app: Flask, client: FlaskClient, fair: int
) -> None:
    """A mobile operator puts a whole district behind one address."""
    with app.app_context():
        ask(fair)
    for number in range(FEW_WRONG + 10):
        last = guess(client, number)

    assert last.status_code == 429
    assert client.get(f"/en/tickets/{secret_of(app)}").status_code == 200


def test_another_address_is_another_person(client: FlaskClient) -> None:
    for number in range(FEW_WRONG + 1):
        guess(client, number, "203.0.113.7")

    assert guess(client, 1, "203.0.113.7").status_code == 429
    assert guess(client, 1, "203.0.113.8").status_code == 404


def test_an_ipv6_subscriber_cannot_change_the_address(client: FlaskClient) -> None:
    for number in range(FEW_WRONG + 1):
        guess(client, number, f"2001:db8:1:2::{number:x}")

    assert guess(client, 1, "2001:db8:1:2:ffff::1").status_code == 429
    assert guess(client, 1, "2001:db8:1:3::1").status_code == 404


def test_a_hundred_thousand_guesses_find_nothing_and_are_cut_off(
    app: Flask, client: FlaskClient, fair: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first few by hand; then as if all but the last of the others had come."""
    with app.app_context():
        for number in range(20):
            ask(fair, phone=f"+8801711{number:06}")
    found = [guess(client, number).status_code for number in range(2 * FEW_WRONG)]
    assert set(found[:FEW_WRONG]) == {404}
    assert set(found[FEW_WRONG:]) == {429}

    spend(app, WRONG_LINKS_IN_ALL, but=2 * FEW_WRONG + 1)
    assert guess(client, 1).status_code == 429
    looked_up: list[str] = []
    monkeypatch.setattr(
        "showcase.registrations.queries.hash_of", lambda secret: looked_up.append(secret)
    )
    assert [guess(client, number).status_code for number in range(50)] == [429] * 50
    assert looked_up == []
    # A try every ten minutes' share, for a hundred years, among a million tickets.
    tries = MANY_WRONG * 6 * 24 * 365 * 100
    assert tries * 1_000_000 / 62**SECRET_LENGTH < 1e-20


def test_a_flood_from_elsewhere_shuts_nobody_out(
    app: Flask, client: FlaskClient, fair: int
) -> None:
    with app.app_context():
        ask(fair)
    spend(app, WRONG_LINKS_IN_ALL, "203.0.113.7")
    path = f"/en/tickets/{secret_of(app)}"

    flooder = client.get(path, environ_base={"REMOTE_ADDR": "203.0.113.7"})

    assert flooder.status_code == 429
    assert client.get(path).status_code == 200


def test_a_school_of_five_hundred_registers_within_ten_minutes(
    app: Flask, client: FlaskClient, fair: int, clock: time_machine.Traveller
) -> None:
    """All behind one address, and each finds the ticket again as well."""
    opened = client.get("/en/events/kurigram-fair/register")
    token = hidden(opened, "csrf_token")
    answers = []
    for pupil in range(PUPILS):
        fields = {**ANSWERS, "phone": f"01711{pupil:06}", "key": new_key(), "csrf_token": token}
        answers.append(client.post("/en/events/kurigram-fair/register", data=fields).status_code)
        clock.shift(timedelta(seconds=1))

    assert answers == [303] * PUPILS
    assert len(stored(app)) == PUPILS


def test_a_program_that_fills_forms_all_night_is_stopped(
    app: Flask, client: FlaskClient, fair: int
) -> None:
    spend(app, FORMS, but=1)

    assert send_form(client).status_code == 303
    refused = send_form(client, phone="01811000000")

    assert refused.status_code == 429
    assert "Retry-After" in refused.headers
    assert len(stored(app)) == 1
    assert client.get("/en/events/kurigram-fair/register").status_code == 200


def test_who_asks_for_links_without_end_is_stopped(client: FlaskClient, fair: int) -> None:
    token = hidden(client.get(LOST), "csrf_token")

    def ask_for(contact: str) -> int:
        fields = {"contact": contact, "csrf_token": token}
        return client.post(LOST, data=fields).status_code

    asked = [ask_for(f"01711{number:06}") for number in range(300)]

    assert set(asked) == {303}
    assert ask_for("01711999999") == 429


def try_code(client: FlaskClient, phone: str, code: str) -> TestResponse:
    token = hidden(client.get(LOST), "csrf_token")
    fields = {"phone": phone, "code": code, "csrf_token": token}
    return client.post(f"{LOST}/code", data=fields)


def test_codes_are_not_guessed_for_a_number(
    app: Flask, client: FlaskClient, fair: int, clock: time_machine.Traveller
) -> None:
    with app.app_context():
        ask(fair)
        ask(fair, phone="+8801811000000")
    hers, his = (row.code for row in stored(app))
    for number in range(10):
        wrong = try_code(client, "01711000000", CODE_ALPHABET[number] * 8)
        assert wrong.status_code == 422

    # Not even the right one, in whatever way the number is written; but others find their tickets.
    refused = try_code(client, "০১৭১১ ০০০০০০", hers)
    assert refused.status_code == 429
    assert 600 < int(refused.headers["Retry-After"]) <= 3600
    assert told(refused).endswith("wait an hour and try again.")
    assert try_code(client, "01811000000", his).status_code == 303
    clock.shift(timedelta(hours=1, seconds=1))
    assert try_code(client, "01711000000", hers).status_code == 303


def test_right_codes_are_not_counted(app: Flask, client: FlaskClient, fair: int) -> None:
    with app.app_context():
        ask(fair)
    code = stored(app)[0].code

    assert {try_code(client, "01711000000", code).status_code for _ in range(15)} == {303}


def test_an_unknown_number_is_stopped_as_a_known_one_is(
    app: Flask, client: FlaskClient, fair: int
) -> None:
    with app.app_context():
        ask(fair)

    def statuses(phone: str) -> list[int]:
        return [try_code(client, phone, "XXXXXXXX").status_code for _ in range(12)]

    assert statuses("01711000000") == statuses("01999000000")


def test_neither_number_nor_address_is_kept_or_logged(
    app: Flask, client: FlaskClient, fair: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(11):
        try_code(client, "01711000000", "XXXXXXXX")
    for number in range(FEW_WRONG + 1):
        guess(client, number, "203.0.113.7")

    with app.app_context():
        kept = " ".join(counter().shared.storage.storage)  # type: ignore[attr-defined]
    assert "wrong links" in kept
    for written in (kept, caplog.text):
        assert "1711000000" not in written
    assert "203.0.113.7" not in caplog.text
    assert "too many requests to lost.open_by_code" in caplog.text


def test_a_counter_that_is_away_refuses_nobody_and_is_asked_again_later(
    app: Flask, client: FlaskClient, fair: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0

    def is_away(*_: object, **__: object) -> int:
        nonlocal asked
        asked += 1
        raise ConnectionError("redis://01711000000 is away")

    with app.app_context():
        storage = counter().shared.storage
    for name in ("incr", "get"):
        monkeypatch.setattr(storage, name, is_away)

    assert send_form(client).status_code == 303
    statuses = [guess(client, number).status_code for number in range(FEW_WRONG + 1)]
    assert statuses == [404] * FEW_WRONG + [429]
    assert asked == 1
    monkeypatch.setattr(Counter, "AWAY_SECONDS", 0)
    with app.app_context():
        counter().away_until = 0
    guess(client, 1)
    assert asked > 1


@pytest.mark.parametrize("wrong", ["redis", "http://localhost", "file:///tmp/x"])
def test_another_counter_is_no_setting(make: AppMaker, wrong: str) -> None:
    with pytest.raises(SettingsError, match="SHOWCASE_RATE_LIMIT_URL: write memory://"):
        make(SHOWCASE_RATE_LIMIT_URL=wrong)


@pytest.mark.parametrize("wrong", ["0", "-1", "ninety", ""])
def test_days_are_a_number(make: AppMaker, wrong: str) -> None:
    if wrong:
        with pytest.raises(SettingsError, match="SHOWCASE_KEEP_DAYS: write a whole number"):
            make(SHOWCASE_KEEP_DAYS=wrong)
    else:
        assert make(SHOWCASE_KEEP_DAYS=wrong).config["KEEP_DAYS"] == 90
