"""The form of an event with sessions, questions and a waiting list."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from showcase.registrations.queries import places_of, seats_left, sessions_left, ticket_by_id
from tests.pages import parse
from tests.registrations.builders import make_event
from tests.registrations.forms import ANSWERS, hidden, send_form, summary_of, texts
from tests.registrations.people import ask, stored

PAGE = "/en/events/kurigram-fair/register"
SESSIONS = [
    {
        "key": "land-records",
        "title": {"en": "Land records", "bn": "জমির কাগজ"},
        "starts": "2090-01-14 11:00",
        "ends": "2090-01-14 12:00",
        "seats": "2",
    },
    {
        "key": "pensions",
        "title": {"en": "Pensions", "bn": "পেনশন"},
        "starts": "2090-01-14 11:30",
        "ends": "2090-01-14 12:30",
        "seats": "60",
    },
    {
        "key": "closing",
        "title": {"en": "Closing", "bn": "সমাপনী"},
        "starts": "2090-01-15 15:00",
        "ends": "2090-01-15 16:00",
        "opens": "2089-12-01",
    },
    {
        "key": "evening",
        "title": {"en": "Evening", "bn": "সন্ধ্যা"},
        "starts": "2090-01-15 18:00",
        "ends": "2090-01-15 20:00",
    },
]
QUESTIONS = [
    {
        "key": "way",
        "label": {"en": "How do you come?", "bn": "কীভাবে আসবেন?"},
        "kind": "choice",
        "choices": [{"en": "By bus", "bn": "বাসে"}, {"en": "On foot", "bn": "হেঁটে"}],
    },
    {
        "key": "deed",
        "label": {"en": "Do you have a deed?", "bn": "দলিল আছে?"},
        "kind": "yes-no",
        "required": "yes",
        "sessions": ["land-records"],
    },
    {"key": "village", "label": {"en": "Your village", "bn": "আপনার গ্রাম"}, "kind": "text"},
]
LIST = {"waiting_list": "yes"}


def fair(app: Flask, **changed: Any) -> int:
    return make_event(app, **{"sessions": SESSIONS, "questions": QUESTIONS, **changed})


def chosen_by(app: Flask) -> list[tuple[str, ...]]:
    with app.app_context():
        tickets = [ticket_by_id(row.id) for row in stored(app)]
        return [ticket.sessions for ticket in tickets if ticket]


def test_sessions_are_shown_by_day_with_their_seats(app: Flask, client: FlaskClient) -> None:
    fair(app)

    page = client.get(PAGE)

    assert texts(page, ".choice-day") == [
        "Saturday, 14 January 2090",
        "Sunday, 15 January 2090",
    ]
    assert texts(page, "fieldset .choice b") == ["Land records", "Pensions", "Closing", "Evening"]
    assert "2 seats left" in page.text
    assert "Can be chosen from Thursday, 1 December 2089." in page.text
    assert [n.attrs["value"] for n in parse(page.text).query("input[name=sessions][disabled]")] == [
        "closing"
    ]


def test_seats_are_taken_in_the_event_and_in_every_session(app: Flask, client: FlaskClient) -> None:
    event = fair(app)

    answer = send_form(client, party="2", sessions=["land-records", "evening"], **{"q-deed": "yes"})

    assert answer.status_code == 303
    assert chosen_by(app) == [("evening", "land-records")]
    with app.app_context():
        assert sessions_left(event)["land-records"] == 0


@pytest.mark.parametrize(
    ("sessions", "told"),
    [
        (
            ["land-records", "pensions"],
            "“Land records” and “Pensions” are at the same time. Choose one of them.",
        ),
        (
            ["closing"],
            "A session that you chose cannot be chosen any more. Look through the list.",
        ),
        (
            ["of-another-event"],
            "A session that you chose cannot be chosen any more. Look through the list.",
        ),
    ],
)
def test_what_cannot_be_chosen_is_refused_in_words(
    app: Flask, client: FlaskClient, sessions: list[str], told: str
) -> None:
    fair(app)

    answer = send_form(client, sessions=sessions, **{"q-deed": "no"})

    assert answer.status_code == 422
    assert summary_of(answer) == {"sessions-0": told}
    ticked = parse(answer.text).query("input[name=sessions][checked]")
    assert [node.attrs["value"] for node in ticked] == [
        key for key in sessions if key != "of-another-event"
    ]
    assert stored(app) == []


def test_answers_are_kept_as_the_document_writes_them(app: Flask, client: FlaskClient) -> None:
    fair(app)

    send_form(
        client,
        path="/bn/events/{slug}/register",
        **{"q-way": "On foot", "q-village": " রৌমারী ", "q-deed": "yes"},
    )

    # The deed is asked of those who come to the session about land alone.
    assert stored(app)[0].answers == {"way": "On foot", "village": "রৌমারী"}


def test_a_question_that_needs_an_answer_says_so(app: Flask, client: FlaskClient) -> None:
    fair(app)

    answer = send_form(client, sessions=["land-records"])

    assert summary_of(answer) == {"q-deed-0": "Answer this question: the organiser needs to know."}


def test_an_answer_that_was_not_offered_is_refused(app: Flask, client: FlaskClient) -> None:
    fair(app)

    answer = send_form(client, **{"q-way": "By helicopter", "q-village": "x" * 501})

    assert summary_of(answer) == {
        "q-way-0": "Choose one of the answers.",
        "q-village": "This is 501 characters long; write at most 500.",
    }


def test_a_full_session_is_named_and_takes_nothing(app: Flask, client: FlaskClient) -> None:
    event = fair(app, registration=LIST)
    with app.app_context():
        ask(event, phone="+8801811000000", party=2, sessions=["land-records"])

    answer = send_form(client, sessions=["land-records", "evening"], **{"q-deed": "yes"})

    assert answer.status_code == 409
    assert summary_of(answer) == {
        "sessions-0": "There are not enough seats left for your group in: Land records."
    }
    assert texts(answer, "button")[-2:] == ["Register for free", "Wait for what is full"]
    assert len(stored(app)) == 1


def test_who_waits_for_a_session_comes_to_the_rest(app: Flask, client: FlaskClient) -> None:
    event = fair(app, registration=LIST)
    with app.app_context():
        ask(event, phone="+8801811000000", party=2, sessions=["land-records"])

    answer = send_form(client, sessions=["land-records", "evening"], wait="y", **{"q-deed": "yes"})

    assert answer.status_code == 303
    with app.app_context():
        (place,) = places_of(2)
    assert (place.sessions, place.ahead, place.is_for_event) == (("land-records",), 0, False)
    assert stored(app)[1].state == "confirmed"
    assert chosen_by(app)[1] == ("evening",)


def full_fair(app: Flask, **registration: str) -> int:
    event = fair(app, seats=2, registration={**LIST, **registration})
    with app.app_context():
        ask(event, phone="+8801811000000", party=2)
    return event


def test_a_full_event_offers_its_list(app: Flask, client: FlaskClient) -> None:
    full_fair(app)

    page = client.get(PAGE)

    assert texts(page, ".banner-title") == [
        "All seats are taken. You can join the waiting list: "
        "seats that become free are offered in order."
    ]
    assert texts(page, ".form button") == ["Join the waiting list"]


def test_joining_the_list_is_answered_as_registering(app: Flask, client: FlaskClient) -> None:
    full_fair(app)

    answer = send_form(client, wait="y", sessions=["evening"])

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/register/sent")
    assert stored(app)[1].state == "waiting"
    with app.app_context():
        (place,) = places_of(2)
    assert (place.sessions, place.is_for_event) == (("evening",), True)


def test_an_event_without_a_list_lets_nobody_wait(app: Flask, client: FlaskClient) -> None:
    event = make_event(app, seats=2)
    opened = client.get(PAGE)
    with app.app_context():
        ask(event, phone="+8801811000000", party=2)

    names = ("key", "csrf_token")
    answer = client.post(
        PAGE, data={**ANSWERS, **{name: hidden(opened, name) for name in names}, "wait": "y"}
    )

    assert answer.status_code == 409
    assert len(stored(app)) == 1


def test_a_party_larger_than_the_event_is_not_left_waiting(app: Flask, client: FlaskClient) -> None:
    full_fair(app)

    answer = send_form(client, wait="y", party="3")

    assert answer.status_code == 409
    assert "Your group is larger than all the seats there are." in answer.text
    assert len(stored(app)) == 1


def test_an_event_that_asks_for_approval_keeps_the_seats_meanwhile(
    app: Flask, client: FlaskClient
) -> None:
    event = make_event(app, seats=3, registration={"approval": "yes"})

    send_form(client, party="2")
    refused = send_form(client, phone="01811000000", party="2")

    assert [row.state for row in stored(app)] == ["requested"]
    assert refused.status_code == 409
    with app.app_context():
        assert seats_left(event) == 1
