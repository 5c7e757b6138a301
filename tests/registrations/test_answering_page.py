"""What a ticket's owner is asked on its page, and what happens with the answer."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from showcase.registrations.guests import Guest, invite
from showcase.registrations.queries import places_of, seats_left
from tests.pages import parse
from tests.registrations.builders import make_event
from tests.registrations.forms import hidden, summary_of, texts
from tests.registrations.people import KARIM, NOON, ask, registration, secret_of
from tests.registrations.test_choosing import QUESTIONS, SESSIONS


def press(client: FlaskClient, page: TestResponse, words: str, **typed: str) -> TestResponse:
    """Send the form whose button says this."""
    for form in parse(page.text).query("form[method=post]"):
        if words in form.to_text():
            data = {"csrf_token": hidden(page, "csrf_token"), **typed}
            return client.post(str(form.attrs["action"]), data=data)
    raise AssertionError(f"no button says {words}")


@pytest.fixture
def waiting(app: Flask) -> str:
    """Rahima waits behind Karim's party of two; her ticket's secret."""
    event = make_event(app, seats=2, registration={"waiting_list": "yes"})
    with app.app_context():
        ask(event, phone=KARIM, party=2)
        ask(event, party=2, joins_list=True)
    return secret_of(app, 2)


def cancel_first(app: Flask, client: FlaskClient) -> None:
    page = client.get(f"/en/tickets/{secret_of(app, 1)}/cancel")
    press(client, page, "Yes, cancel it")


def test_who_waits_is_told_the_place_and_what_must_happen(
    client: FlaskClient, waiting: str
) -> None:
    page = client.get(f"/en/tickets/{waiting}")

    assert texts(page, "h1") == ["Waiting list: Kurigram Fair"]
    assert texts(page, ".banner-title") == ["You have no seat yet, so this page lets nobody in."]
    assert "You are the first in line." in page.text
    assert "The last offers are made on Friday, 13 January 2090, 9:00 pm." in page.text
    assert not parse(page.text).query(".ticket-qr, .ticket-code")


def test_seats_that_become_free_are_offered_and_taken(
    app: Flask, client: FlaskClient, waiting: str
) -> None:
    cancel_first(app, client)

    offered = client.get(f"/en/tickets/{waiting}")
    answer = press(client, offered, "Take the seats")
    after = client.get(f"/en/tickets/{waiting}")

    assert texts(offered, ".answer h2") == ["Seats for you"]
    assert "2 seats are free for you." in offered.text
    assert answer.status_code == 303
    assert texts(after, "h1") == ["Ticket: Kurigram Fair"]
    assert parse(after.text).query(".ticket-qr")


def test_an_offer_can_be_left_to_others(app: Flask, client: FlaskClient, waiting: str) -> None:
    cancel_first(app, client)

    press(client, client.get(f"/en/tickets/{waiting}"), "No, leave them to others")

    after = client.get(f"/en/tickets/{waiting}")
    assert "You said that you do not come. The seats went to others." in after.text
    with app.app_context():
        assert seats_left(1) == 2


def test_the_list_can_be_left(app: Flask, client: FlaskClient, waiting: str) -> None:
    press(client, client.get(f"/en/tickets/{waiting}"), "Leave the waiting list")

    with app.app_context():
        assert places_of(2) == []
        assert registration(2).state == "cancelled"


def test_an_offer_that_is_over_is_answered_in_words(
    app: Flask, client: FlaskClient, waiting: str
) -> None:
    cancel_first(app, client)
    offered = client.get(f"/en/tickets/{waiting}")
    press(client, offered, "Take the seats")

    again = press(client, offered, "Take the seats")

    assert again.status_code == 409
    assert "This offer is no longer open." in again.text


def test_anothers_secret_answers_no_offer(app: Flask, client: FlaskClient, waiting: str) -> None:
    cancel_first(app, client)
    offered = client.get(f"/en/tickets/{waiting}")
    token = hidden(offered, "csrf_token")
    with app.app_context():
        (place,) = places_of(2)

    foreign = f"/en/tickets/{secret_of(app, 1)}/offers/{place.wait_id}/accept"
    answer = client.post(foreign, data={"csrf_token": token})

    assert answer.status_code == 409
    with app.app_context():
        assert registration(2).state == "waiting"


@pytest.fixture
def invited(app: Flask) -> str:
    event = make_event(app, seats=5)
    with app.app_context():
        guest = Guest("Rahima Begum", None, "rahima@example.com", 3, "en")
        until = NOON + timedelta(days=20_000)
        invite(event_id=event, guests=[guest], answer_by=until, at=NOON)
    return secret_of(app)


def test_a_guest_comes_with_as_many_as_seats_are_kept_or_fewer(
    app: Flask, client: FlaskClient, invited: str
) -> None:
    page = client.get(f"/en/tickets/{invited}")
    too_many = press(client, page, "Yes, I come", party="4")
    answer = press(client, page, "Yes, I come", party="২")

    assert texts(page, "h1") == ["Invitation: Kurigram Fair"]
    assert too_many.status_code == 422
    assert summary_of(too_many) == {"party": "Write a whole number from 1 to 3."}
    assert answer.status_code == 303
    with app.app_context():
        assert registration(1).state == "confirmed"
        assert seats_left(1) == 3


def test_a_guest_link_used_twice_shows_the_ticket(
    app: Flask, client: FlaskClient, invited: str
) -> None:
    page = client.get(f"/en/tickets/{invited}")
    press(client, page, "Yes, I come", party="3")

    again = press(client, page, "Yes, I come", party="1")

    assert again.status_code == 303
    with app.app_context():
        assert registration(1).party == 3


def test_a_guest_who_does_not_come_gives_the_seats_back(
    app: Flask, client: FlaskClient, invited: str
) -> None:
    press(client, client.get(f"/en/tickets/{invited}"), "No, I cannot come")

    with app.app_context():
        assert registration(1).state == "declined"
        assert seats_left(1) == 5


def test_a_registration_is_changed_in_one_form(app: Flask, client: FlaskClient) -> None:
    event = make_event(app, sessions=SESSIONS, questions=QUESTIONS)
    with app.app_context():
        ask(event, sessions=["land-records"], answers={"way": "On foot"})
    address = f"/en/tickets/{secret_of(app)}/change"

    page = client.get(address)
    answer = client.post(
        address,
        data={
            "csrf_token": hidden(page, "csrf_token"),
            "name": "Rahima Khatun",
            "party": "২",
            "sessions": ["pensions", "evening"],
            "q-village": "Rowmari",
            "language": "bn",
        },
    )

    ticked = parse(page.text).query("input[checked]")
    assert [node.attrs["value"] for node in ticked] == ["land-records", "On foot", "en"]
    assert answer.status_code == 303
    ticket = client.get(f"/en/tickets/{secret_of(app)}")
    assert "Rahima Khatun" in ticket.text
    assert texts(ticket, ".ticket li") == [
        "Pensions: Saturday, 14 January 2090, 11:30 am – 12:30 pm",
        "Evening: Sunday, 15 January 2090, 6:00 pm – 8:00 pm",
    ]
    with app.app_context():
        changed = registration(1)
        assert (changed.party, changed.language, changed.answers) == (
            2,
            "bn",
            {"village": "Rowmari"},
        )


def test_what_cannot_be_changed_is_told_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient
) -> None:
    event = make_event(app, seats=3)
    with app.app_context():
        ask(event, phone=KARIM, party=2)
        ask(event)
    address = f"/en/tickets/{secret_of(app, 2)}/change"
    data = {"csrf_token": hidden(client.get(address), "csrf_token"), "language": "en"}

    answer = client.post(address, data={**data, "name": "Rahima Khatun", "party": "2"})

    assert answer.status_code == 409
    assert summary_of(answer) == {
        "party": "No more seats are left: come with as many people as before, or fewer."
    }
    assert "Rahima Khatun" in answer.text
    with app.app_context():
        assert registration(2).name == "Rahima Begum"
