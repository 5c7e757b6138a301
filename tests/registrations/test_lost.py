"""Finding a ticket again, without telling a stranger who is known here."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from showcase.db import WRITE, db, forget_for_good
from showcase.outbox.models import READY, OutboxMessage
from showcase.registrations import finding
from showcase.registrations.actions import cancel
from showcase.registrations.erasure import erase
from showcase.text import bangla_digits
from tests.pages import parse, words
from tests.registrations.builders import make_event
from tests.registrations.forms import hidden, summary_of, value_of
from tests.registrations.people import KARIM, NOON, RAHIMA, ask, secret_of, stored

PAGE = "/en/tickets/lost"
CODE_PAGE = "/en/tickets/lost/code"
EMAIL = "rahima@example.com"
NOT_TOGETHER = (
    "We find no ticket with this number and this code together. Look at both again, "
    "or let us send you the link."
)


def ask_for_link(client: FlaskClient, contact: str) -> TestResponse:
    token = hidden(client.get(PAGE), "csrf_token")
    return client.post(PAGE, data={"contact": contact, "csrf_token": token})


def type_code(client: FlaskClient, phone: str, code: str) -> TestResponse:
    token = hidden(client.get(PAGE), "csrf_token")
    return client.post(CODE_PAGE, data={"phone": phone, "code": code, "csrf_token": token})


def links_owed(app: Flask) -> list[tuple[int, str]]:
    """Registration and channel of each message with a lost ticket's link."""
    with app.app_context():
        rows = db.session.execute(
            sa.select(OutboxMessage.registration_id, OutboxMessage.channel)
            .where(OutboxMessage.kind == "lost", OutboxMessage.state == READY)
            .order_by(OutboxMessage.id)
        )
        return [(row.registration_id, row.channel) for row in rows]


@pytest.fixture
def fair(app: Flask) -> int:
    return make_event(app, seats=50)


@pytest.mark.parametrize(
    ("typed", "channel"),
    [
        ("01711000000", "sms"),
        ("০১৭১১ ০০০ ০০০", "sms"),
        ("+880 1711-000000", "sms"),
        ("  Rahima@Example.com ", "email"),
    ],
)
def test_the_link_goes_to_the_contact_that_was_typed_and_to_no_other(
    app: Flask, client: FlaskClient, fair: int, typed: str, channel: str
) -> None:
    with app.app_context():
        ask(fair, phone=RAHIMA, email=EMAIL)
        ask(fair, phone=KARIM)

    answer = ask_for_link(client, typed)

    assert (answer.status_code, answer.location) == (303, "/en/tickets/lost/sent")
    assert links_owed(app) == [(1, channel)]


def test_all_tickets_of_a_contact_for_events_to_come_are_found(
    app: Flask, client: FlaskClient, fair: int
) -> None:
    summit = make_event(app, "summit")
    over = make_event(app, "over", starts="2020-01-01 09:00", ends="2020-01-02 18:00")
    with app.app_context():
        for event in (fair, summit, over):
            ask(event)
        ask(make_event(app, "cancelled-by-her"))
        cancel(secret=secret_of(app, 4), at=NOON)

    ask_for_link(client, "01711000000")

    assert links_owed(app) == [(1, "sms"), (2, "sms")]


def test_a_stranger_cannot_tell_a_known_number_from_an_unknown_one(
    app: Flask, client: FlaskClient, fair: int
) -> None:
    with app.app_context():
        ask(fair, email=EMAIL)
    answers = {
        contact: ask_for_link(client, contact)
        for contact in ("01711000000", "01999000000", EMAIL, "nobody@example.com")
    }

    first, *others = answers.values()
    page = client.get(first.location)
    for other in others:
        assert other.status_code == first.status_code == 303
        assert dict(other.headers) == dict(first.headers)
        assert other.data == first.data
        assert client.get(other.location).data == page.data
    for known in ("Rahima", "01711", EMAIL, "example.com"):
        assert known not in page.text


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """What the database was asked to do, in order."""
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        made.append(statement)

    def note_commit(_connection: object) -> None:
        made.append("COMMIT")

    with app.app_context():
        engine = db.engines[WRITE]
    sa.event.listen(engine, "before_cursor_execute", note)
    sa.event.listen(engine, "commit", note_commit)
    yield made
    sa.event.remove(engine, "before_cursor_execute", note)
    sa.event.remove(engine, "commit", note_commit)


def test_a_known_number_costs_the_same_statements_as_an_unknown_one(
    app: Flask, client: FlaskClient, fair: int, statements: list[str]
) -> None:
    with app.app_context():
        ask(fair)
    made: dict[str, Sequence[str]] = {}
    for contact in ("01711000000", "01999000000"):
        statements.clear()
        ask_for_link(client, contact)
        made[contact] = tuple(statements)

    assert made["01711000000"] == made["01999000000"]
    assert "COMMIT" in made["01711000000"]
    assert len(links_owed(app)) == 1


def test_an_unknown_number_is_committed_as_well(app: Flask, fair: int, engine: str) -> None:
    """Or a disk that is waited for would tell who is known."""
    if engine != "sqlite":
        pytest.skip("seen by the size of SQLite's log of writes")
    with app.app_context():
        ask(fair)
        log = f"{db.engine.url.database}-wal"

        def written(phone: str) -> int:
            assert forget_for_good()
            finding.send_links(phone=phone, email=None, event_ids=[fair], at=NOON)
            with open(log, "rb") as file:
                return len(file.read())

        assert written("+8801999000000") > 0
        assert written(RAHIMA) > 0


def test_nobody_gets_more_than_three_links_an_hour_and_six_a_day(app: Flask, fair: int) -> None:
    with app.app_context():
        ask(fair)
        moments = [NOON + timedelta(minutes=minutes) for minutes in range(0, 24 * 60, 15)]
        for moment in moments:
            finding.send_links(phone=RAHIMA, email=None, event_ids=[fair], at=moment)
        made = db.session.scalars(
            sa.select(OutboxMessage.made_at).where(OutboxMessage.kind == "lost")
        ).all()

    assert len(moments) == 96
    assert [(at - NOON) / timedelta(minutes=1) for at in made] == [0, 15, 30, 75, 90, 105]


def test_no_contact_at_all_finds_nobody(app: Flask, fair: int) -> None:
    """An empty e-mail must not match everybody who gave none."""
    with app.app_context():
        ask(fair)
        finding.send_links(phone=None, email=None, event_ids=[fair], at=NOON)
        finding.send_links(phone=None, email="x@example.com", event_ids=[fair], at=NOON)

    assert links_owed(app) == []


@pytest.mark.parametrize("typed", ["", "  ", "123", "rahima", "0171100000x", "a@b", "x" * 5000])
def test_what_is_neither_number_nor_address_is_told_so_and_kept(
    client: FlaskClient, fair: int, typed: str
) -> None:
    answer = ask_for_link(client, typed)

    assert answer.status_code == 422
    assert summary_of(answer) == {
        "contact": "Write the mobile number, like 01711 000000, or the e-mail address "
        "with which you registered."
    }
    assert value_of(answer, "contact") == typed.strip()
    assert words(parse(answer.text).query("title")[0]).startswith("Error:")


def test_number_and_code_open_the_ticket(app: Flask, client: FlaskClient, fair: int) -> None:
    with app.app_context():
        ask(fair)
    code = stored(app)[0].code

    for phone, typed in (
        ("01711000000", code),
        ("০১৭১১০০০০০০", bangla_digits(code)),
        ("+8801711000000", f" {code[:4].lower()} - {code[4:].lower()} "),
    ):
        answer = type_code(client, phone, typed)
        assert (answer.status_code, answer.location) == (303, f"/en/tickets/{secret_of(app)}")
    assert client.get(answer.location).status_code == 200


def test_a_wrong_pair_does_not_tell_which_of_the_two_is_wrong(
    app: Flask, client: FlaskClient, fair: int
) -> None:
    with app.app_context():
        ask(fair)
        ask(fair, phone=KARIM)
    hers, his = (row.code for row in stored(app))

    pairs = [
        ("01711000000", his),
        ("01999000000", hers),
        ("01711000000", "XXXXXXXX"),
        ("01711000000", ""),
        ("", hers),
        ("no number", hers),
        ("01711000000", "\x00%_'" * 100),
    ]
    told = set()
    for phone, code in pairs:
        answer = type_code(client, phone, code)
        assert answer.status_code == 422
        told.add(tuple(summary_of(answer).items()))
        assert secret_of(app) not in answer.text

    assert told == {(("code", NOT_TOGETHER),)}


def test_the_code_of_an_erased_registration_opens_nothing(
    app: Flask, client: FlaskClient, fair: int
) -> None:
    with app.app_context():
        ask(fair)
        code = stored(app)[0].code
        erase(secret=secret_of(app), at=NOON)

    assert type_code(client, "01711000000", code).status_code == 422


def test_the_pages_speak_bangla(client: FlaskClient) -> None:
    for path in ("/bn/tickets/lost", "/bn/tickets/lost/sent", "/bn/tickets/lost/code"):
        page = client.get(path)
        assert page.status_code == 200
        assert page.headers["X-Robots-Tag"] == "noindex"
