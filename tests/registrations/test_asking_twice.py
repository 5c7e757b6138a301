import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from showcase.db import db
from showcase.registrations.actions import _known
from tests.registrations.builders import make_event
from tests.registrations.forms import (
    hidden,
    new_key,
    send_form,
    texts,
    value_of,
)
from tests.registrations.people import Books, books, owed, stored

PAGE = "/en/events/kurigram-fair/register"
SENT = "/en/events/kurigram-fair/register/sent"


def test_the_same_form_again_gets_the_same_answer_and_no_second_seat(
    app: Flask, client: FlaskClient
) -> None:
    make_event(app)
    key = new_key()

    answers = [send_form(client, key=key) for _ in range(3)]

    assert {(answer.status_code, answer.location) for answer in answers} == {(303, SENT)}
    assert len(stored(app)) == 1
    with app.app_context():
        assert len(owed(1)) == 1


def test_the_same_key_with_other_answers_is_shown_again_with_a_new_key(
    app: Flask, client: FlaskClient
) -> None:
    make_event(app)
    key = new_key()
    send_form(client, key=key)

    answer = send_form(client, key=key, name="Karim", phone="01811000000")

    assert answer.status_code == 422
    assert texts(answer, ".error-summary li") == [
        "This form was already sent once with other answers. "
        "Look through what it says now and send it again if you want one more registration."
    ]
    assert value_of(answer, "name") == "Karim"
    assert hidden(answer, "key") != key
    again = send_form(client, key=hidden(answer, "key"), name="Karim", phone="01811000000")
    assert again.status_code == 303
    assert len(stored(app)) == 2


@pytest.mark.parametrize("key", [None, "", "not-a-key", "x" * 10_000])
def test_a_form_without_a_key_is_taken_as_a_new_one(
    app: Flask, client: FlaskClient, key: str | None
) -> None:
    make_event(app)

    assert send_form(client, key=key).status_code == 303


def test_a_stranger_cannot_tell_a_repeat_from_a_new_registration(
    app: Flask, client: FlaskClient
) -> None:
    make_event(app)
    send_form(client, name="Rahima Begum", phone="01711000000", email="rahima@example.com")
    stranger = app.test_client()

    new = send_form(stranger, name="X Y", phone="01999000000")
    repeat = send_form(stranger, name="X Y", phone="01711000000", email="x@example.com")

    assert repeat.status_code == new.status_code == 303
    assert dict(repeat.headers) == dict(new.headers)
    assert repeat.data == new.data
    page = stranger.get(repeat.location)
    for known in ("Rahima", "rahima@example.com", "01711000000", stored(app)[0].code):
        assert known not in page.text
    assert not re.search("tickets/", page.text)


def test_a_repeat_with_another_party_size_changes_nothing(app: Flask, client: FlaskClient) -> None:
    event = make_event(app)
    send_form(client, party="2")

    send_form(client, party="4")

    with app.app_context():
        assert books(event) == Books(taken=2, people=2, registrations=1)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("email", [None, "rahima@example.com"])
def test_who_is_known_already_is_found_without_looking_through_all(
    app: Flask, email: str | None
) -> None:
    asked = {"event_id": 1, "phone": "+8801711000000", "email": email}

    statement = _known(asked).compile(db.engine, compile_kwargs={"render_postcompile": True})

    values = tuple(statement.params[name] for name in statement.positiontup or ())
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    steps = [step for step in plan.scalars(3) if "registrations" in step]
    by_contact = [step for step in steps if "_active" in step]
    assert all("phone=?" in step or "email=?" in step for step in by_contact)
    assert len(by_contact) == (2 if email else 1)
    assert all("INTEGER PRIMARY KEY" in step for step in steps if step not in by_contact)
