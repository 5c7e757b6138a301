"""What all who come are told: reminders, and what a new document of the event changes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from showcase.db import db, write
from showcase.documents.models import Document
from showcase.events.actions import project
from showcase.events.fields import EventFields
from showcase.registrations.answering import accept_offer, end_what_is_over
from showcase.registrations.messages import compose
from showcase.registrations.queries import places_of, seats_left
from showcase.registrations.reminding import remind
from tests.registrations.builders import make_event
from tests.registrations.forms import texts
from tests.registrations.people import KARIM, NOON, ask, owed, registration, secret_of

STARTS_TOLD = "2090-01-14 09:00"
STARTS = datetime.fromisoformat("2090-01-14T09:00:00+06:00")


def publish_anew(event_id: int, **changed: Any) -> None:
    """The event's document with other values, as a publish stores them."""
    with write() as session:
        document = session.get_one(Document, event_id)
        fields = EventFields.model_validate(
            {**dict(document.fields), **changed}, context={"language": "en"}
        )
        document.fields = fields.model_dump(mode="json")
        project(session, [(document, fields)])


def kinds_owed(registration_id: int) -> list[str]:
    return [kind for kind, _channel, _state in owed(registration_id)]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(hours=25), []),
        (timedelta(hours=24), ["tomorrow"]),
        (timedelta(hours=3), ["tomorrow"]),
        (timedelta(hours=2), []),
        (timedelta(hours=1), ["soon"]),
        (timedelta(minutes=1), ["soon"]),
        (timedelta(), []),
    ],
)
def test_a_reminder_is_owed_in_its_time(app: Flask, before: timedelta, expected: list[str]) -> None:
    event = make_event(app)
    with app.app_context():
        ask(event)
        remind(STARTS - before)
        remind(STARTS - before)

        assert kinds_owed(1) == ["confirmation", *expected]


def test_only_who_is_coming_is_reminded(app: Flask) -> None:
    event = make_event(app, seats=1, registration={"waiting_list": "yes"})
    with app.app_context():
        ask(event)
        ask(event, phone=KARIM, joins_list=True)
        # Just registered: the ticket is in hand.
        other = make_event(app, "other-fair")
        ask(other, phone="+8801911000000", at=STARTS - timedelta(hours=24, minutes=10))

        remind(STARTS - timedelta(hours=24))

        assert [kinds_owed(number)[1:] for number in (1, 2, 3)] == [["tomorrow"], [], []]


def test_a_reminder_of_a_day_that_is_no_longer_the_day_is_not_sent(app: Flask) -> None:
    event = make_event(app)
    with app.app_context():
        ask(event)
        remind(STARTS - timedelta(hours=24))
        publish_anew(event, starts="2090-02-14 09:00", ends="2090-02-16 18:00")

        assert compose(1, "tomorrow", "sms") is None


def test_a_new_date_is_reminded_of_anew(app: Flask) -> None:
    event = make_event(app)
    with app.app_context():
        ask(event)
        remind(STARTS - timedelta(hours=24))
        publish_anew(event, starts="2090-01-15 09:00", ends="2090-01-16 18:00")
        remind(STARTS)

        assert kinds_owed(1) == ["confirmation", "tomorrow", "moved", "tomorrow"]


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"state": "postponed"}, "postponed"),
        ({"state": "cancelled"}, "called_off"),
        ({"starts": "2090-01-14 10:00"}, "moved"),
    ],
)
def test_all_who_come_or_wait_are_told_once_what_changed(
    app: Flask, changed: dict[str, str], kind: str
) -> None:
    event = make_event(app, seats=1, registration={"waiting_list": "yes"})
    with app.app_context():
        ask(event, email="rahima@example.com")
        ask(event, phone=KARIM, joins_list=True)

        publish_anew(event, **changed)
        publish_anew(event, summary="Other words, which change nothing for anybody.")

        assert kinds_owed(1)[2:] == [kind, kind]  # by SMS and by e-mail
        assert kinds_owed(2) == ["place", kind]
        assert compose(1, kind, "email") is not None


def test_what_was_undone_meanwhile_is_not_told(app: Flask) -> None:
    event = make_event(app)
    with app.app_context():
        ask(event)
        publish_anew(event, state="postponed")
        publish_anew(event, state="announced")

        assert compose(1, "postponed", "sms") is None
        assert compose(1, "moved", "sms") is not None


def test_more_seats_are_offered_at_once(app: Flask) -> None:
    event = make_event(app, seats=2, registration={"waiting_list": "yes"})
    with app.app_context():
        ask(event)
        ask(event, phone=KARIM, party=2, joins_list=True)
        stored = db.session.scalar(sa.select(Document.fields)) or {}

        publish_anew(event, registration={**stored["registration"], "seats": 3})

        (place,) = places_of(2)
        assert place.offered_until is not None
        accept_offer(secret=secret_of(app, 2), wait_id=place.wait_id, needs_approval=False, at=NOON)
        assert registration(2).state == "confirmed"
        assert seats_left(event) == 0


def test_fewer_seats_send_nobody_away(app: Flask) -> None:
    event = make_event(app, seats=5)
    with app.app_context():
        ask(event, party=4)
        stored = db.session.scalar(sa.select(Document.fields)) or {}

        publish_anew(event, registration={**stored["registration"], "seats": 2})

        assert registration(1).state == "confirmed"
        assert seats_left(event) == 0


def test_a_session_that_is_gone_is_told_on_the_ticket(app: Flask, client: FlaskClient) -> None:
    session = {"key": "land", "title": "Land", "starts": STARTS_TOLD, "ends": "2090-01-14 12:00"}
    event = make_event(app, sessions=[session])
    with app.app_context():
        ask(event, sessions=["land"])
        publish_anew(event, sessions=[])

    page = client.get(f"/en/tickets/{secret_of(app)}")

    assert texts(page, ".ticket li") == ["A session that you had chosen no longer takes place."]


def test_a_list_that_is_given_up_is_closed_in_words_and_blocks_nobody(app: Flask) -> None:
    event = make_event(app, seats=1, registration={"waiting_list": "yes"})
    with app.app_context():
        ask(event)
        ask(event, phone=KARIM, joins_list=True)
        stored = db.session.scalar(sa.select(Document.fields)) or {}
        publish_anew(
            event, registration={**stored["registration"], "waiting_list": False, "seats": 3}
        )

        end_what_is_over(NOON)

        assert kinds_owed(2) == ["place", "list_closed"]
        assert seats_left(event) == 2
