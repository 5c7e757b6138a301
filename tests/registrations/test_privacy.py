"""A stranger learns nothing; nothing personal is logged or cached; what is erased is gone."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from showcase.db import now, write
from showcase.errors import Busy
from showcase.events.models import Event
from showcase.limits import FORMS, counter
from showcase.outbox import sending
from showcase.pagecache import Page, PageCache
from showcase.registrations import actions
from showcase.registrations.erasure import erase, purge
from showcase.registrations.models import Registration
from showcase.registrations.seats.held import owe
from tests.registrations.canary import (
    CANARY,
    EMAIL,
    NAME,
    NEEDS,
    NEW_EMAIL,
    PHONE,
    TRACES,
    WORDS,
    found_in_files,
    found_in_tables,
    live_through_everything,
    make_fair,
    send_all,
)
from tests.registrations.forms import hidden, send_form
from tests.registrations.people import ask, owed, registration, secret_of, stored

Erase = Callable[[Flask, int, str], None]


def by_her_link(app: Flask, event_id: int, secret: str) -> None:
    with app.app_context():
        assert erase(secret=secret, at=now())
        # The one maintenance run; nothing is due.
        assert purge(at=now(), days=90).registrations == 0


def by_the_worker(app: Flask, event_id: int, secret: str) -> None:
    with app.app_context():
        with write() as session:
            over = now() - timedelta(days=91)
            session.execute(sa.update(Event).where(Event.id == event_id).values(ends=over))
        assert purge(at=now(), days=90).registrations == 2


@pytest.mark.parametrize("erase_her", [by_her_link, by_the_worker])
def test_what_is_erased_is_in_no_table_and_no_file(
    app: Flask, client: FlaskClient, tmp_path: Path, engine: str, erase_her: Erase
) -> None:
    event_id = make_fair(app)
    secret = live_through_everything(app, client, event_id)
    # Or the search would find nothing whatever is left.
    before = found_in_tables(app) | found_in_files(tmp_path)
    assert before == {*WORDS, *TRACES}
    assert len(list((tmp_path / "outbox").iterdir())) > 10
    others = {path.name for path in (tmp_path / "outbox").glob("[0-9]*")} - letters(app, tmp_path)
    assert others
    if engine == "sqlite":
        assert set(TRACES) <= found_in_files(tmp_path, but="outbox")

    erase_her(app, event_id, secret)

    assert found_in_tables(app) == set()
    assert found_in_files(tmp_path) == set()
    left = {path.name for path in (tmp_path / "outbox").iterdir()}
    assert left == (others if erase_her is by_her_link else set())
    with app.app_context():
        assert {state for _, _, state in owed(CANARY)} == {"sent", "void"}


def letters(app: Flask, instance: Path) -> set[str]:
    """The files of messages to her."""
    found = set()
    for path in (instance / "outbox").iterdir():
        if any(word.encode() in path.read_bytes().lower() for word in TRACES):
            found.add(path.name)
    return found


def test_a_stranger_who_types_her_number_anywhere_sees_what_anybody_sees(
    app: Flask, client: FlaskClient
) -> None:
    event_id = make_fair(app)
    with app.app_context():
        ask(event_id, name="A Stranger", phone="+8801999000000")
    send_form(client, name=NAME, phone=PHONE, email=EMAIL)
    strangers = f"/en/tickets/{secret_of(app)}/contact"

    def seen(phone: str) -> list[Any]:
        browser = app.test_client()
        registered = send_form(browser, name="A Stranger", phone=phone, party="1")
        lost = post(browser, "/en/tickets/lost", contact=phone)
        code = post(browser, "/en/tickets/lost/code", phone=phone, code="XXXXXXXX")
        changed = post(browser, strangers, phone=phone, email="")
        pages = [browser.get(answer.location) for answer in (registered, lost, changed)]
        answers = [registered, lost, code, changed, *pages]
        return [
            (answer.status_code, headers_of(answer), body_of(answer, phone)) for answer in answers
        ]

    with app.app_context(), write() as session:
        # Both are asked of a fair that is full, where more could be told.
        session.execute(sa.text("UPDATE seat_pools SET capacity = 3, taken = 2"))
    unknown, hers = seen("01555000000"), seen(PHONE)

    assert [status for status, _, _ in unknown] == [303, 303, 422, 303, 200, 200, 200]
    assert hers == unknown
    for _, _, body in hers:
        assert not any(word in body.lower() for word in ("zebronica", NEEDS))


def post(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    token = hidden(client.get(path), "csrf_token")
    return client.post(path, data={**typed, "csrf_token": token})


def headers_of(answer: TestResponse) -> dict[str, str]:
    return {k: v for k, v in answer.headers.items() if k != "Content-Length"}


def body_of(answer: TestResponse, typed: str) -> str:
    """Without what differs in every answer: token and key of a form, and what was typed."""
    body = answer.text
    for node in ("csrf_token", "key"):
        if f'name="{node}"' in body:
            body = body.replace(hidden(answer, node), node.upper())
    return body.replace(typed, "NUMBER").replace(f"+88{typed}", "NUMBER")


def raising(error: Exception) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def refused_by_the_database(app: Flask) -> Exception:
    """As either database words it: PostgreSQL tells the whole row."""
    row: dict[str, Any] = {"name": NAME, "party": 99}
    row |= {"phone": PHONE, "event_id": 1, "public_id": "x", "secret_hash": "x", "code": "x"}
    row |= {"needs": NEEDS, "answers": {}, "may_contact": False, "language": "en", "changes": 0}
    row |= {"state": "confirmed", "is_guest": False, "registered_at": now(), "id": 999}
    with app.app_context(), pytest.raises(sa.exc.IntegrityError) as told, write() as session:
        session.execute(sa.insert(Registration).values(row))
    return told.value


def everything_that_goes_wrong(
    app: Flask, client: FlaskClient, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> list[TestResponse]:
    """Her words in every answer there is: 400, 404, 409, 413, 422, 429, 500, 503."""
    hers: dict[str, Any] = {"name": NAME, "phone": PHONE, "email": EMAIL, "needs": NEEDS}
    secret = secret_of(app, CANARY)
    answers = [
        send_form(client, **hers),
        send_form(client, **hers, party="99"),
        send_form(client, **{**hers, "phone": f"{PHONE}000"}),
        send_form(client, **{**hers, "phone": "", "email": f"{EMAIL}@"}),
        send_form(client, **hers, csrf_token="wrong"),
        send_form(client, **{**hers, "needs": NEEDS * 100_000}),
        send_form(client, **{**hers, "email": ""}),
        post(client, "/en/tickets/lost", contact=PHONE),
        post(client, "/en/tickets/lost", contact=EMAIL),
        post(client, "/en/tickets/lost", contact=f"{PHONE} {EMAIL}"),
        post(client, "/en/tickets/lost/code", phone=PHONE, code=NAME),
        post(client, f"/en/tickets/{secret}/contact", phone=f"{PHONE}0", email=EMAIL),
        post(client, f"/en/tickets/{secret}/contact", phone="01999000000", email=NEW_EMAIL),
        client.get(f"/en/tickets/{secret}"),
        client.get(f"/en/tickets/{NAME}"),
        client.get("/en/events/kurigram-fair", query_string={"name": NAME}),
        client.post("/en/events/kurigram-fair", data=hers),
    ]
    for error in (Busy(), RuntimeError(f"{NAME} {PHONE}"), refused_by_the_database(app)):
        with monkeypatch.context() as patched:
            patched.setattr(actions, "register", raising(error))
            answers.append(send_form(client, **hers))
    with app.app_context():
        counter().shared.hit(FORMS.item, FORMS.name, "127.0.0.1", cost=FORMS.item.amount)
    answers.append(send_form(client, **hers))
    return answers


def outbox_that_fails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        broken = type("Broken", (), {"send": raising(OSError(EMAIL)), "close": lambda self: None})
        patched.setattr(sending, "carrier_for", lambda *_: broken())
        with app.app_context(), write() as session:
            owe(session, registration(CANARY), "confirmation", now())
        send_all(app)


def hits(text: str) -> list[str]:
    return [word for word in TRACES if word in text.lower()]


def test_nothing_of_her_is_logged_cached_or_put_into_an_address(
    app: Flask,
    client: FlaskClient,
    cached: dict[str, str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app.testing = False
    for name in ("showcase", "werkzeug", "flask-limiter", "limits"):
        caplog.set_level(logging.DEBUG, logger=name)
    event_id = make_fair(app)
    secret = live_through_everything(app, client, event_id)
    for path in ("/en/", "/en/events", "/en/events/kurigram-fair", "/en/events/kurigram-fair.ics"):
        client.get(path)

    answers = everything_that_goes_wrong(app, client, event_id, monkeypatch)
    outbox_that_fails(app, monkeypatch)
    with app.app_context():
        erase(secret=secret, at=now())

    statuses = {answer.status_code for answer in answers}
    assert statuses >= {200, 303, 400, 404, 405, 409, 413, 422, 429, 500, 503}
    logged = "\n".join([caplog.text, *(repr(vars(record)) for record in caplog.records)])
    assert "unexpected error in registrations.create: RuntimeError" in logged
    assert "was not sent: OSError" in logged
    assert hits(logged) == []
    assert secret not in logged
    for answer in answers:
        told = [value for name, value in answer.headers.items() if name != "Set-Cookie"]
        assert hits(" ".join(told)) == []
    assert any("/events/kurigram-fair" in address for address in cached)
    assert hits(repr(cached)) == []
    assert secret not in repr(cached)


@pytest.fixture
def cached(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the page cache is given to keep, by its key."""
    pages: dict[str, str] = {}
    keep = PageCache._keep

    def look_at(cache: PageCache, key: tuple[str, ...], page: Page) -> None:
        body = brotli.decompress(page.body) if key[-1] == "br" else page.body
        pages[" ".join(key)] = body.decode()
        keep(cache, key, page)

    monkeypatch.setattr(PageCache, "_keep", look_at)
    return pages


def test_the_search_sees_what_is_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Or the test above would find nothing whatever is logged."""
    log = logging.getLogger("showcase.tried")
    caplog.set_level(logging.DEBUG, logger="showcase")

    log.debug("registered %s", NAME)
    try:
        raise refused_by_the_database(app)
    except sa.exc.IntegrityError:
        log.exception("refused")

    assert "zebronica" in hits(caplog.text)


def test_an_error_of_the_database_shows_no_values_of_the_statement(app: Flask) -> None:
    """PostgreSQL tells the row by itself, so such an error's words are never logged."""
    error = refused_by_the_database(app)
    assert isinstance(error, sa.exc.IntegrityError)

    assert "SQL parameters hidden" in str(error)
    assert hits(str(error).replace(str(error.orig), "")) == []


def test_the_answer_to_a_repeat_is_the_same_while_she_waits(
    app: Flask, client: FlaskClient
) -> None:
    """The waiting list tells nobody who is on it."""
    event_id = make_fair(app)
    with app.app_context():
        ask(event_id, phone="+8801999000000", party=2)
    first = send_form(client, name=NAME, phone=PHONE, wait="y")
    again = send_form(app.test_client(), name="A Stranger", phone=PHONE, wait="y")

    assert (again.status_code, again.location) == (first.status_code, first.location)
    assert len(stored(app)) == 2
