from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from showcase.db import db
from tests.pages import parse
from tests.registrations.builders import make_event
from tests.registrations.forms import (
    ANSWERS,
    hidden,
    send_form,
    summary_of,
    texts,
    value_of,
)
from tests.registrations.people import Books, books, stored

PAGE = "/en/events/kurigram-fair/register"
BANGLA_PAGE = "/bn/events/kurigram-fair/register"
SENT = "/en/events/kurigram-fair/register/sent"


def test_the_form_asks_for_little_and_says_why(app: Flask, client: FlaskClient) -> None:
    make_event(app)

    page = client.get(PAGE)

    assert page.status_code == 200
    assert texts(page, "h1") == ["Register: Kurigram Fair"]
    assert texts(page, "title") == ["Register: Kurigram Fair – Showcase"]
    fields = parse(page.text).query("form input, form textarea")
    assert [field.attrs["name"] for field in fields] == [
        "csrf_token",
        "key",
        "name",
        "phone",
        "email",
        "party",
        "needs",
        "may_contact",
        "consent",
    ]


def test_each_form_has_a_key_of_its_own(app: Flask, client: FlaskClient) -> None:
    make_event(app)

    assert hidden(client.get(PAGE), "key") != hidden(client.get(PAGE), "key")


def test_form_pages_are_kept_by_nobody(app: Flask, client: FlaskClient) -> None:
    make_event(app)

    for page in (client.get(PAGE), client.get(SENT), send_form(client)):
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_registering_leads_to_a_page_that_tells_what_happens_next(
    app: Flask, client: FlaskClient
) -> None:
    event = make_event(app)

    answer = send_form(client, party="2", needs="A wheelchair")

    assert (answer.status_code, answer.location) == (303, SENT)
    assert texts(client.get(SENT), "h1") == ["Your ticket is on its way"]
    (row,) = stored(app)
    assert (row.name, row.phone, row.email) == ("Rahima Begum", "+8801711000000", None)
    assert (row.party, row.needs, row.language) == (2, "A wheelchair", "en")
    with app.app_context():
        assert books(event) == Books(taken=2, people=2, registrations=1)


def test_registering_in_bangla_with_bangla_digits(app: Flask, client: FlaskClient) -> None:
    make_event(app)

    answer = send_form(client, path=BANGLA_PAGE, name="রহিমা বেগম", phone="০১৭১১ ০০০০০০", party="২")

    assert (answer.status_code, answer.location) == (303, f"{BANGLA_PAGE}/sent")
    (row,) = stored(app)
    assert (row.name, row.phone, row.party) == ("রহিমা বেগম", "+8801711000000", 2)
    assert row.language == "bn"


def test_registering_by_email_alone(app: Flask, client: FlaskClient) -> None:
    make_event(app)

    answer = send_form(client, phone="", email=" Rahima@Example.COM ")

    assert answer.status_code == 303
    (row,) = stored(app)
    assert (row.phone, row.email) == (None, "rahima@example.com")


def test_a_name_keeps_its_joiner_and_loses_what_cannot_be_seen(
    app: Flask, client: FlaskClient
) -> None:
    make_event(app)

    send_form(client, name="  র‍্যাব\u202e\x00  আলী ")

    (row,) = stored(app)
    assert row.name == "র‍্যাব আলী"


WRONG: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"name": ""}, {"name": "Write your name, as you want to be called at the gate."}),
    ({"name": "R"}, {"name": "Write your name, as you want to be called at the gate."}),
    ({"name": "12345"}, {"name": "Write your name, as you want to be called at the gate."}),
    (
        {"name": "\u200d\u200d\u200d"},
        {"name": "Write your name, as you want to be called at the gate."},
    ),
    ({"name": None}, {"name": "Write your name, as you want to be called at the gate."}),
    ({"name": "র" * 101}, {"name": "This is 101 characters long; write at most 100."}),
    (
        {"phone": "", "email": ""},
        {"phone": "Write a mobile number or an e-mail address, so that we can send your ticket."},
    ),
    (
        {"phone": "029555555"},
        {
            "phone": "Write a Bangladeshi mobile number, like 01711 000000, "
            "or leave it empty and write an e-mail address."
        },
    ),
    (
        {"phone": "", "email": "rahima"},
        {"email": "Write an e-mail address in Latin letters, like name@example.com."},
    ),
    ({"party": "0"}, {"party": "Write a whole number from 1 to 10."}),
    ({"party": "-1"}, {"party": "Write a whole number from 1 to 10."}),
    ({"party": "11"}, {"party": "Write a whole number from 1 to 10."}),
    ({"party": "১১"}, {"party": "Write a whole number from 1 to 10."}),
    ({"party": "1.5"}, {"party": "Write a whole number from 1 to 10."}),
    ({"party": "two"}, {"party": "Write a whole number from 1 to 10."}),
    ({"party": "²"}, {"party": "Write a whole number from 1 to 10."}),
    ({"party": "9" * 5_000}, {"party": "Write a whole number from 1 to 10."}),
    ({"needs": "x" * 501}, {"needs": "This is 501 characters long; write at most 500."}),
    (
        {"consent": None},
        {"consent": "Tick the box: without your agreement we may not keep your registration."},
    ),
]


@pytest.mark.parametrize(("typed", "told"), WRONG)
def test_a_wrong_answer_is_told_at_its_field_and_in_the_summary(
    app: Flask, client: FlaskClient, typed: dict[str, Any], told: dict[str, str]
) -> None:
    make_event(app)

    answer = send_form(client, **typed)

    assert answer.status_code == 422
    assert summary_of(answer) == told
    at_fields = [text.removeprefix("Error: ") for text in texts(answer, ".wrong")]
    assert at_fields == list(told.values())
    assert texts(answer, "title") == ["Error: Register: Kurigram Fair – Showcase"]
    assert stored(app) == []


def test_nothing_typed_is_lost_when_an_answer_is_wrong(app: Flask, client: FlaskClient) -> None:
    make_event(app)

    answer = send_form(
        client, name="Rahima", phone="০১৭১১ ০০০০০০", email="rahima@", party="২", needs="A ramp"
    )

    assert answer.status_code == 422
    kept = {name: value_of(answer, name) for name in ("name", "phone", "email", "party", "needs")}
    assert kept == {
        "name": "Rahima",
        "phone": "০১৭১১ ০০০০০০",
        "email": "rahima@",
        "party": "২",
        "needs": "A ramp",
    }
    assert "checked" in parse(answer.text).query("#consent")[0].attrs


def test_a_party_may_be_as_large_as_the_event_allows(app: Flask, client: FlaskClient) -> None:
    make_event(app, registration={"party_max": "4"})

    assert summary_of(send_form(client, party="5")) == {
        "party": "Write a whole number from 1 to 4."
    }
    assert send_form(client, party="4").status_code == 303


HOSTILE = (
    "x" * 10_000,
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "\x00\x01Rahima",
    "😀 Rahima",
    "=1+1",
)


@pytest.mark.parametrize("field", ["name", "phone", "email", "party", "needs", "key", "consent"])
def test_whatever_is_posted_is_answered(app: Flask, client: FlaskClient, field: str) -> None:
    make_event(app)

    for typed in HOSTILE:
        answer = send_form(client, **{field: typed})

        assert answer.status_code in (303, 422), typed
        assert "<script>alert" not in answer.text


def test_a_field_that_comes_many_times_counts_once(app: Flask, client: FlaskClient) -> None:
    make_event(app)

    answer = send_form(
        client, name=["Rahima", "Karim"], party=["1", "9"], phone=["01711000000", ""]
    )

    assert answer.status_code == 303
    (row,) = stored(app)
    assert (row.name, row.party) == ("Rahima", 1)


def test_columns_that_the_form_does_not_have_cannot_be_posted(
    app: Flask, client: FlaskClient
) -> None:
    make_event(app)

    send_form(client, state="cancelled", code="AAAAAAAA", event_id="7", secret_hash="x", id="99")

    (row,) = stored(app)
    assert (row.state, row.event_id) == ("confirmed", 1)
    assert row.id == 1
    assert row.code != "AAAAAAAA"


def test_without_its_token_the_form_is_refused(app: Flask, client: FlaskClient) -> None:
    make_event(app)

    assert send_form(client, csrf_token=None).status_code == 400
    assert send_form(client, csrf_token="forged").status_code == 400
    assert stored(app) == []


def test_htmx_gets_the_form_alone_and_its_title(app: Flask, client: FlaskClient) -> None:
    make_event(app)
    fields = {**ANSWERS, "name": "", "csrf_token": hidden(client.get(PAGE), "csrf_token")}

    answer = client.post(PAGE, data=fields, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.text.lstrip().startswith(
        "<title>Error: Register: Kurigram Fair – Showcase</title>"
    )
    assert len(texts(answer, "#registration")) == 1
    assert texts(answer, "header") == []
    assert answer.vary == {"HX-Request", "Cookie", "Accept-Encoding"}


def test_htmx_is_sent_on_after_success(app: Flask, client: FlaskClient) -> None:
    make_event(app)
    fields = {**ANSWERS, "csrf_token": hidden(client.get(PAGE), "csrf_token")}

    answer = client.post(PAGE, data=fields, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, SENT)


@pytest.mark.parametrize("path", ["register", "register/sent"])
def test_an_unknown_event_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/en/events/no-such-fair/{path}").status_code == 404
    assert client.post("/en/events/no-such-fair/register").status_code in (400, 404)


def test_the_page_after_the_form_leads_to_the_mailbox_only_where_nothing_is_sent(
    app: Flask, make: Any
) -> None:
    make_event(app)
    sends = make(SMTP_URL="smtp://mail.example", SMS_URL="https://sms.example")

    def leads_to_mailbox(site: Flask) -> bool:
        return 'href="/mailbox"' in site.test_client().get(SENT).text

    assert leads_to_mailbox(app)
    assert not leads_to_mailbox(sends)


def test_the_event_is_read_once_however_many_register(app: Flask, client: FlaskClient) -> None:
    make_event(app, seats=50)
    statements: list[str] = []
    with app.app_context():
        sa.event.listen(
            db.engine, "before_cursor_execute", lambda *args: statements.append(args[2])
        )
    token = hidden(client.get(PAGE), "csrf_token")
    statements.clear()

    for number in range(5):
        fields = {**ANSWERS, "phone": f"0171100000{number}", "csrf_token": token}
        assert client.post(PAGE, data=fields).status_code == 303

    assert [statement for statement in statements if "documents" in statement] == []
    assert len(stored(app)) == 5
