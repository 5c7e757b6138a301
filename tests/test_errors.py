"""What a reader is told when something does not work, in the language of the address."""

import logging
from collections.abc import Callable

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse, encode_multipart

from showcase.access import PUBLIC, access
from showcase.errors import BROKEN_PAGE, Busy
from showcase.i18n import _, speaking
from tests.pages import check_html, parse, words

FORM = "/{language}/events/kurigram-fair-2027/register"
LOST = (
    "There is no such page. If you typed the address, check it; "
    "if a link brought you here, the page may have moved."
)


@pytest.fixture
def engine() -> str:
    """The database plays no part in what is shown here."""
    return "sqlite"


def lost(app: Flask, language: str) -> tuple[int, str, str]:
    with app.app_context(), speaking(language):
        sentence = _(LOST)
    assert (sentence == LOST) == (language == "en")
    return 404, language, sentence


def told(response: TestResponse) -> tuple[int, str, str]:
    """Status, language of the page, and the sentence for the reader."""
    page = parse(response.text)
    sentence = words(page.query("p.lead")[0])
    return response.status_code, page.query("html")[0].attrs["lang"], sentence


def with_view(app: Flask, view: Callable[[], str]) -> FlaskClient:
    app.add_url_rule("/en/tried", "tried", access(PUBLIC)(view))
    return app.test_client()


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize(
    "path", ["/nope", "/stories/nope", "/events/nope", "/tickets/nope", "/a/b"]
)
def test_missing_page_is_told_in_the_language_of_its_address(
    app: Flask, client: FlaskClient, language: str, path: str
) -> None:
    assert told(client.get(f"/{language}{path}")) == lost(app, language)


@pytest.mark.parametrize(
    ("preferred", "language"), [("en", "en"), ("bn,en;q=0.5", "bn"), ("fr", "bn"), ("", "bn")]
)
def test_missing_page_without_language_is_told_in_the_one_preferred(
    app: Flask, client: FlaskClient, preferred: str, language: str
) -> None:
    response = client.get("/nope", headers={"Accept-Language": preferred})

    assert told(response) == lost(app, language)


def test_error_page_is_kept_by_nobody_and_leads_on(client: FlaskClient) -> None:
    response = client.get("/en/nope")

    links = [a.attrs["href"] for a in parse(response.text).query("main a")]
    assert response.headers["Cache-Control"] == "no-store"
    assert links == ["/en/", "/en/stories", "/en/events"]


def test_wrong_method_tells_which_are_right(client: FlaskClient) -> None:
    response = client.post("/en/stories")

    assert told(response) == (
        405,
        "en",
        "This address cannot be used that way. Go back and use the buttons on the page.",
    )
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"name": "x" * 2_000_000}, id="two-megabytes"),
        pytest.param({f"field{i}": "x" for i in range(300)}, id="too-many-fields"),
    ],
)
def test_form_that_is_too_large_is_refused_in_words(
    client: FlaskClient, form: dict[str, str]
) -> None:
    boundary, body = encode_multipart(form)
    response = client.post(
        FORM.format(language="en"),
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
    )

    assert told(response) == (
        413,
        "en",
        "What you sent is too large. Shorten the text and send once more.",
    )


def test_two_megabytes_in_one_urlencoded_field_are_refused(client: FlaskClient) -> None:
    response = client.post(FORM.format(language="en"), data={"name": "x" * 2_000_000})

    assert response.status_code == 413


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", "localhost:x"])
def test_request_that_names_another_host_is_refused(
    client: FlaskClient, language: str, host: str
) -> None:
    response = client.get(f"/{language}/", headers={"Host": host})

    assert told(response)[:2] == (400, language)
    assert "evil" not in response.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:5000"])
def test_request_that_names_our_host_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/en/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("token", [None, "", "forged"])
def test_form_without_its_token_is_refused_in_words(client: FlaskClient, token: str | None) -> None:
    response = client.post(FORM.format(language="en"), data={"csrf_token": token} if token else {})

    assert told(response) == (
        400,
        "en",
        "The form was open for too long or your browser did not keep its cookie. Go back, load "
        "the page again and send once more; what you typed is still in your browser.",
    )


def test_busy_is_told_with_the_time_to_wait(app: Flask) -> None:
    def view() -> str:
        raise Busy

    response = with_view(app, view).get("/en/tried")

    assert told(response) == (
        503,
        "en",
        "Very many people are using the site at this moment. Nothing was lost: "
        "wait a few seconds and send once more.",
    )
    assert response.headers["Retry-After"] == "5"


def test_page_that_was_taken_away_is_gone(app: Flask) -> None:
    response = with_view(app, lambda: abort(410)).get("/en/tried")

    assert told(response) == (410, "en", "This page was here once and has been taken away.")


def broken() -> str:
    # In two parts: the log shows this line, and must not show what it makes.
    raise ZeroDivisionError(" ".join(["a secret", "of the visitor"]))


def test_unexpected_error_is_a_page_of_its_own(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app.testing = False

    response = with_view(app, broken).get("/en/tried")

    assert (response.status_code, response.text) == (500, BROKEN_PAGE)
    assert response.headers["Cache-Control"] == "no-store"
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    (told,) = (record.getMessage() for record in errors)
    assert told.startswith("unexpected error in tried: ZeroDivisionError\n")
    assert "test_errors.py" in told
    assert "a secret of" not in told


def test_unexpected_error_is_seen_by_tests(app: Flask) -> None:
    client = with_view(app, broken)

    with pytest.raises(ZeroDivisionError):
        client.get("/en/tried")


@pytest.mark.parametrize("path", ["/en/tried", "/en/nope"])
def test_broken_page_depends_on_nothing(app: Flask, path: str) -> None:
    """Neither on templates, nor on what they use: here even the error page cannot be made."""
    app.testing = False
    client = with_view(app, lambda: abort(410))
    del app.jinja_env.globals["asset"]

    response = client.get(path)

    assert (response.status_code, response.text) == (500, BROKEN_PAGE)


def test_broken_page_is_a_good_page() -> None:
    check_html(BROKEN_PAGE)
    assert "<link" not in BROKEN_PAGE


@pytest.mark.parametrize(
    "query",
    ["_anchor=x", "_external=1", "_scheme=x", "_method=POST", "endpoint=x", "slug=x", "%00"],
)
def test_odd_query_breaks_no_page(client: FlaskClient, query: str) -> None:
    response = client.get(f"/en/stories?{query}")

    twin = parse(response.text).query('nav.languages a[hreflang="bn"]')[0]
    assert response.status_code == 200
    assert twin.attrs["href"] == f"/bn/stories?{query}"
