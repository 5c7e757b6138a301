"""A certificate: for who came and for nobody else, and verified by its code."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from segno import make_qr
from werkzeug.test import TestResponse

from showcase.certificates.page import certificate_page
from showcase.certificates.queries import certificate_with
from showcase.gate.queries import arrival_of
from showcase.registrations.models import CANCELLED
from tests.pages import parse, words
from tests.voice.fair import NOON, Visitor, change, come, make_fair, register, take_off


@pytest.fixture
def event(app: Flask) -> int:
    return make_fair(app)


@pytest.fixture
def visitor(app: Flask, event: int) -> Visitor:
    return come(app, event)


def code_of(app: Flask, visitor: Visitor) -> str:
    with app.app_context():
        arrival = arrival_of(visitor.id)
        assert arrival
        return arrival.certificate


def shown(client: FlaskClient, code: str, language: str = "en") -> TestResponse:
    return client.get(f"/{language}/certificates/{code}")


def text_of(response: TestResponse) -> str:
    return words(parse(response.text).query("main")[0])


def test_it_says_who_came_to_what_when_and_where(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    code = code_of(app, visitor)

    page = shown(client, code)

    assert page.status_code == 200
    text = text_of(page)
    for told in (
        "Certificate of attendance",
        "Rahima Begum",
        "came on 15 January 2026 to",
        "Kurigram Fair",
        "14–16 January 2026",
        "College Field, College Road",
        "District Administration",
        f"{code[:4]} {code[4:8]} {code[8:]}",
    ):
        assert told in text


def test_it_speaks_bangla(app: Flask, client: FlaskClient, visitor: Visitor) -> None:
    text = text_of(shown(client, code_of(app, visitor), "bn"))

    assert "কুড়িগ্রাম মেলা" in text
    assert "কলেজ মাঠ" in text
    assert "১৫ জানুয়ারি ২০২৬" in text


def test_nothing_else_of_the_visitor_is_shown(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    page = shown(client, code_of(app, visitor)).text

    assert visitor.secret not in page
    assert visitor.code not in page
    assert not re.search("880|01711", page)


def test_its_code_opens_the_same_page(
    app: Flask, client: FlaskClient, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(content: str, **options: Any) -> Any:
        drawn.append(content)
        return make_qr(content, **options)

    monkeypatch.setattr("showcase.qr.segno.make_qr", draw)
    code = code_of(app, visitor)

    page = shown(client, code)

    assert drawn == [f"{app.config['PUBLIC_URL']}/en/certificates/{code}"]
    assert drawn[0].partition("://")[2] in text_of(page)
    assert len(parse(page.text).query(".certificate-qr svg")) == 1


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: f"{code[:4]}-{code[4:8]}-{code[8:]}",
        lambda code: f" {code} ",
    ],
)
def test_a_code_may_be_typed_as_people_type(
    app: Flask, client: FlaskClient, visitor: Visitor, typed: Callable[[str], str]
) -> None:
    assert shown(client, typed(code_of(app, visitor))).status_code == 200


@pytest.mark.parametrize("code", ["CCCCCCCCCCCC", "x", "C" * 9_999, "%00", "’--", "১২৩৪৫৬৭৮৯০১২"])
def test_a_wrong_code_is_told_in_words(client: FlaskClient, visitor: Visitor, code: str) -> None:
    page = shown(client, code)

    assert page.status_code == 404
    assert "No certificate has this code." in text_of(page)


def test_a_ticket_that_was_not_shown_has_none(app: Flask, client: FlaskClient, event: int) -> None:
    visitor = register(app, event)

    with app.app_context():
        assert arrival_of(visitor.id) is None
    assert shown(client, visitor.code).status_code == 404
    assert shown(client, visitor.secret).status_code == 404


def test_who_came_keeps_it_after_cancelling(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    change(app, visitor, state=CANCELLED)

    assert "Rahima Begum" in text_of(shown(client, code_of(app, visitor)))


@pytest.mark.parametrize("name", ["", "Rahima Begum"])
def test_after_erasure_the_name_is_gone_and_the_code_stays_true(
    app: Flask, client: FlaskClient, visitor: Visitor, name: str
) -> None:
    """Also where the row should still have it."""
    change(app, visitor, erased_at=NOON, name=name)

    page = shown(client, code_of(app, visitor))

    text = text_of(page)
    assert page.status_code == 200
    assert "A certificate with this code was issued for this event." in text
    assert "(name erased)" in text
    assert "Kurigram Fair" in text
    assert "Rahima" not in page.text


def test_a_sample_event_marks_its_certificates(app: Flask, client: FlaskClient) -> None:
    visitor = come(app, make_fair(app, "sample-fair", sample="yes"))

    page = parse(shown(client, code_of(app, visitor)).text)

    assert "Sample data" in words(page.query(".certificate .sample")[0])


def test_it_is_kept_out_of_caches_and_indexes(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    for code in (code_of(app, visitor), "CCCCCCCCCCCC"):
        page = shown(client, code)

        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"] == "noindex"


def test_a_certificate_of_an_event_off_the_site_is_not_shown(
    app: Flask, client: FlaskClient
) -> None:
    event = make_fair(app, "hidden-fair")
    code = code_of(app, come(app, event))
    assert shown(client, code).status_code == 200

    take_off(app, event)

    assert shown(client, code).status_code == 404


def test_the_address_is_shown_without_its_scheme(app: Flask, visitor: Visitor) -> None:
    code = code_of(app, visitor)
    with app.test_request_context(f"/bn/certificates/{code}"):
        app.preprocess_request()
        certificate = certificate_with(code)
        assert certificate
        page = certificate_page(certificate)

    assert page.address.endswith(f"/bn/certificates/{code}")
    assert "://" not in page.address
