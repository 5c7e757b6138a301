"""A fair in January 2026 with stalls and a vote, and the visitors who come to it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from showcase.db import db, write
from showcase.documents.models import Document
from showcase.gate.actions import check_in
from showcase.registrations.models import Registration
from tests.registrations.builders import make_event
from tests.registrations.forms import hidden, texts
from tests.registrations.people import ask, registration, secret_of

SLUG = "kurigram-fair"
BEFORE = datetime(2026, 1, 10, 6, tzinfo=UTC)
# The second day, while the vote is open; and when all of it is over.
NOON = datetime(2026, 1, 15, 6, tzinfo=UTC)
CLOSED = datetime(2026, 1, 16, 12, tzinfo=UTC)
A_WEEK_LATER = datetime(2026, 1, 23, 12, tzinfo=UTC)
A_MONTH_LATER = datetime(2026, 2, 15, 12, tzinfo=UTC)

STORY = "animal-health-camp"
STALLS: list[dict[str, Any]] = [
    {"number": "3", "office": "Land Office", "services": ["Mutation"]},
    {"number": "14", "office": "Livestock Office", "story": STORY, "services": ["Vaccination"]},
    {"number": "20", "office": "Museum"},
]
VOTING = {
    "opens": "2026-01-14 10:00",
    "closes": "2026-01-16 16:00",
    "categories": [
        {"key": "best", "label": {"en": "Best stall", "bn": "সেরা স্টল"}},
        {"key": "kindest", "label": {"en": "Kindest stall", "bn": "সবচেয়ে আন্তরিক স্টল"}},
    ],
}

_numbers = count(1711000000)


def make_fair(app: Flask, slug: str = SLUG, **fields: Any) -> int:
    usual = {
        "starts": "2026-01-14 09:00",
        "ends": "2026-01-16 18:00",
        "stalls": STALLS,
        "voting": VOTING,
        "seats": 5_000,
    }
    return make_event(app, slug, **{**usual, **fields})


@dataclass(frozen=True)
class Visitor:
    """A ticket; its pages are below ``/en/tickets/<secret>``."""

    id: int
    code: str
    secret: str

    def page(self, name: str, language: str = "en") -> str:
        return f"/{language}/tickets/{self.secret}/{name}"


def register(app: Flask, event_id: int, **asked: Any) -> Visitor:
    """A visitor with a number of their own, who has not come yet."""
    with app.app_context():
        receipt = ask(event_id, **{"phone": f"+880{next(_numbers)}", "at": BEFORE, **asked})
        code = registration(receipt.registration_id).code
    return Visitor(receipt.registration_id, code, secret_of(app, receipt.registration_id))


def come(app: Flask, event_id: int, **asked: Any) -> Visitor:
    """A visitor whose ticket was shown at the gate."""
    visitor = register(app, event_id, **asked)
    with app.app_context():
        check_in(event_id=event_id, code=visitor.code, admitted=None, at=NOON)
    return visitor


def change(app: Flask, visitor: Visitor, **values: Any) -> None:
    """As somebody else changed the registration meanwhile."""
    with app.app_context(), write() as session:
        session.execute(
            sa.update(Registration).where(Registration.id == visitor.id).values(**values)
        )


def take_off(app: Flask, event_id: int) -> None:
    """The event is shown to nobody, as before it is published."""
    with app.app_context(), write() as session:
        hidden_until = {"publish_at": datetime(2090, 1, 1, tzinfo=UTC)}
        session.execute(sa.update(Document).where(Document.id == event_id).values(hidden_until))


def send(client: FlaskClient, address: str, **typed: str) -> TestResponse:
    """Open the page, fill in the form, and send it."""
    token = hidden(client.get(address), "csrf_token")
    return client.post(address, data={"csrf_token": token, **typed})


def send_blindly(app: Flask, client: FlaskClient, address: str, **typed: str) -> TestResponse:
    """A form that was opened earlier, when the page still had one."""
    app.config["WTF_CSRF_ENABLED"] = False
    return client.post(address, data=typed)


def rows(app: Flask, *columns: Any) -> list[tuple[Any, ...]]:
    """What a table holds, in order of the columns."""
    with app.app_context():
        return sorted(map(tuple, db.session.execute(sa.select(*columns))), key=str)


def refused(app: Flask, client: FlaskClient, address: str, **answers: str) -> str:
    """Why, as the page says it; a form that is sent all the same is answered so too."""
    page = client.get(address)
    sent = send_blindly(app, client, address, **answers)

    (reason,) = texts(page, ".banner-warning .banner-title")
    assert (page.status_code, sent.status_code) == (200, 409)
    assert texts(sent, ".banner-warning .banner-title") == [reason]
    assert "<form" not in page.text
    return reason
