from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.registrations.builders import make_event
from tests.registrations.forms import (
    ANSWERS,
    hidden,
    new_key,
    send_form,
    summary_of,
    texts,
    value_of,
)
from tests.registrations.people import ask, stored

PAGE = "/en/events/kurigram-fair/register"
SENT = "/en/events/kurigram-fair/register/sent"


def test_a_full_event_tells_so_and_keeps_what_was_typed(app: Flask, client: FlaskClient) -> None:
    event = make_event(app, seats=1)
    opened = client.get(PAGE)
    with app.app_context():
        ask(event, phone="+8801811000000")

    fields = {**ANSWERS, "csrf_token": hidden(opened, "csrf_token"), "key": hidden(opened, "key")}
    answer = client.post(PAGE, data=fields)
    page = client.get(PAGE)

    told = "All seats are taken. When somebody cancels, a seat becomes free: look again."
    assert answer.status_code == 409
    assert texts(answer, ".banner-title") == [told]
    assert value_of(answer, "name") == "Rahima Begum"
    assert page.status_code == 200
    assert texts(page, ".banner-title") == [told]
    assert texts(page, "form") == []


def test_a_party_larger_than_what_is_left_is_told_at_its_field(
    app: Flask, client: FlaskClient
) -> None:
    make_event(app, seats=2)

    answer = send_form(client, party="3")

    assert answer.status_code == 409
    assert summary_of(answer) == {
        "party": "Only 2 seats are left. Come with fewer people, or look again later."
    }
    assert value_of(answer, "party") == "3"
    assert send_form(client, party="2").status_code == 303


SHUT: list[tuple[dict[str, Any], str]] = [
    (
        {"registration": {"opens": "2090-01-01", "closes": "2090-01-13 18:00"}},
        "Registration opens on Sunday, 1 January 2090, 12:00 am.",
    ),
    (
        {"registration": {"opens": "2020-01-01", "closes": "2020-01-13 18:00"}},
        "Registration closed on Monday, 13 January 2020, 6:00 pm.",
    ),
    ({"state": "cancelled"}, "The event is cancelled: it will not take place."),
    ({"state": "postponed"}, "The event is postponed. Register when its new date is known."),
    (
        {"starts": "2020-02-01 09:00", "ends": "2020-02-01 18:00"},
        "The event is over.",
    ),
    ({"registration": None}, "You need not register: simply come."),
]


@pytest.mark.parametrize(("shut", "told"), SHUT)
def test_an_event_that_takes_nobody_now_says_why(
    app: Flask, client: FlaskClient, shut: dict[str, Any], told: str
) -> None:
    make_event(app, "open-fair")
    make_event(app, "shut-fair", **shut)
    token = hidden(client.get("/en/events/open-fair/register"), "csrf_token")

    page = client.get("/en/events/shut-fair/register")
    answer = client.post("/en/events/shut-fair/register", data={**ANSWERS, "csrf_token": token})

    assert (page.status_code, answer.status_code) == (200, 409)
    assert texts(page, ".banner-title") == texts(answer, ".banner-title") == [told]
    assert texts(page, "form") == texts(answer, "form") == []
    assert stored(app) == []


def test_a_form_whose_answer_got_lost_is_answered_after_registration_closed(
    app: Flask, client: FlaskClient
) -> None:
    make_event(app, registration={"opens": "2020-01-01", "closes": "2089-01-01"})
    key = new_key()
    with time_machine.travel(datetime(2088, 12, 31, tzinfo=UTC)):
        first = send_form(client, key=key)
        token = hidden(client.get(PAGE), "csrf_token")

    with time_machine.travel(datetime(2089, 1, 2, tzinfo=UTC)):
        fields = {**ANSWERS, "csrf_token": token}
        again = client.post(PAGE, data={**fields, "key": key})
        another = client.post(PAGE, data={**fields, "key": new_key()})

    assert (again.status_code, again.location) == (first.status_code, first.location)
    assert another.status_code == 409
