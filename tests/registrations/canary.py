"""A visitor whose every word can be searched for, on her way through all that can happen."""

from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from showcase.db import db, now, write
from showcase.gate.actions import check_in
from showcase.outbox import actions as outbox
from showcase.outbox.sending import send_due
from showcase.registrations import answering, changing
from showcase.registrations.actions import cancel
from showcase.registrations.changing import Wish
from showcase.registrations.message_kinds import KINDS
from showcase.registrations.queries import places_of, ticket_by_id
from showcase.registrations.seats.held import owe
from showcase.registrations.tickets.links import contact_link
from showcase.voice.actions import give_feedback
from tests.registrations.builders import make_event
from tests.registrations.forms import hidden, send_form
from tests.registrations.people import ask, registration, secret_of

NAME = "Zebronica Begum"
NEEDS = "zebronica needs a ramp"
ANSWER = "zebronica answers"
FEEDBACK = "zebronica liked it"
EMAIL = "zebronica@example.com"
NEW_EMAIL = "zebronica.new@example.com"
PHONE = "01712345678"
NEW_PHONE = "01812345679"

# Each is searched for in small letters; numbers without what stands before them here or there.
WORDS = (
    "zebronica begum",
    NEEDS,
    ANSWER,
    FEEDBACK,
    EMAIL,
    NEW_EMAIL,
    "1712345678",
    "1812345679",
)
# What is hers in any of them.
TRACES = ("zebronica", "1712345678", "1812345679")

CANARY = 2


def make_fair(app: Flask) -> int:
    return make_event(
        app,
        seats=2,
        registration={"waiting_list": "yes"},
        questions=[{"key": "why", "label": "Why do you come?", "kind": "text"}],
    )


def send_all(app: Flask) -> None:
    with app.app_context():
        while send_due(100):
            pass


def live_through_everything(app: Flask, client: FlaskClient, event_id: int) -> str:
    """She waits, is offered seats, comes, changes all there is and speaks; her ticket's secret."""
    with app.app_context():
        ask(event_id, name="Somebody Else", phone="+8801999000000", party=2)
    typed = {"name": NAME, "phone": PHONE, "email": EMAIL, "needs": NEEDS, "q-why": ANSWER}
    assert send_form(client, **typed, wait="y").status_code == 303
    send_all(app)
    with app.app_context():
        secret = secret_of(app, CANARY)
        cancel(secret=secret_of(app, 1), at=now())
        (offer,) = places_of(CANARY)
        answering.accept_offer(secret=secret, wait_id=offer.wait_id, needs_approval=False, at=now())
        wish = Wish(NAME, 2, (), NEEDS, {"why": ANSWER}, True, "en")
        changing.change(secret=secret, wish=wish, joins_list=False, at=now())
    send_all(app)
    _move_to_new_contacts(app, client, secret)
    with app.app_context():
        _be_written_to(app)
        code = registration(CANARY).code
        check_in(event_id=event_id, code=code, admitted=None, at=now())
        give_feedback(registration_id=CANARY, event_id=event_id, score=5, text=FEEDBACK, at=now())
    return secret


def _move_to_new_contacts(app: Flask, client: FlaskClient, secret: str) -> None:
    """The new number is confirmed; the new address still waits."""
    path = f"/en/tickets/{secret}/contact"
    token = hidden(client.get(path), "csrf_token")
    fields = {"phone": NEW_PHONE, "email": NEW_EMAIL, "csrf_token": token}
    assert client.post(path, data=fields).status_code == 303
    send_all(app)
    with app.app_context():
        ticket = ticket_by_id(CANARY)
        assert ticket is not None
        link = contact_link(ticket, outbox.SMS)
    asked = client.get(urlsplit(link or "").path, follow_redirects=True)
    token = hidden(asked, "csrf_token")
    assert client.post(asked.request.path, data={"csrf_token": token}).status_code == 303
    send_all(app)


def _be_written_to(app: Flask) -> None:
    """Every kind of message, as far as it is true, and one that is not sent yet."""
    for kind in KINDS:
        with write() as session:
            owe(session, registration(CANARY), kind, now())
    send_all(app)
    with write() as session:
        owe(session, registration(CANARY), "lost", now())


def found_in_files(folder: Path, but: str | None = None) -> set[str]:
    """Which of her words lie in any file of the folder, whatever it is; ``but`` is left out."""
    found = set()
    for path in folder.rglob("*"):
        if not path.is_file() or path.parent.name == but:
            continue
        content = path.read_bytes().lower()
        found |= {word for word in (*WORDS, *TRACES) if word.encode() in content}
    return found


def found_in_tables(app: Flask) -> set[str]:
    """Which of her words stand in any column of any row, whatever its type."""
    found = set()
    with app.app_context():
        db.session.rollback()
        for table in sa.inspect(db.engine).get_table_names():
            for row in db.session.execute(sa.text(f'SELECT * FROM "{table}"')):  # noqa: S608
                content = repr(tuple(row)).lower()
                found |= {word for word in (*WORDS, *TRACES) if word in content}
    return found
