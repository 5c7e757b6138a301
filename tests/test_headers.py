"""What the browser is told with every answer."""

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import AppMaker
from tests.pages import parse
from tests.registrations.builders import make_event
from tests.registrations.forms import ANSWERS, hidden, new_key

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
HTTPS = "https://showcase.gov.bd"
FORM = "/en/events/kurigram-fair/register"


@pytest.fixture
def engine() -> str:
    """The database plays no part in what is shown here."""
    return "sqlite"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/en/", 200), ("/", 302), ("/en/nope", 404), ("/healthz", 200), (FORM, 200)],
)
def test_every_answer_carries_the_security_headers(
    app: Flask, client: FlaskClient, path: str, status: int
) -> None:
    make_event(app)

    response = client.get(path)

    policy = dict(
        part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; ")
    )
    assert response.status_code == status
    assert policy == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Permissions-Policy"] == (
        "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    )


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/en/", "public, no-cache"), ("/", "no-store"), ("/en/nope", "no-store"), (FORM, "no-store")],
)
def test_only_a_public_page_may_be_kept(
    app: Flask, client: FlaskClient, path: str, kept: str
) -> None:
    make_event(app)

    assert client.get(path).headers["Cache-Control"] == kept


def test_way_to_the_language_depends_on_what_the_browser_prefers(client: FlaskClient) -> None:
    bangla = client.get("/", headers={"Accept-Language": "de"})
    english = client.get("/", headers={"Accept-Language": "en-GB,bn;q=0.8"})

    assert urlsplit(bangla.location).path == "/bn/"
    assert urlsplit(english.location).path == "/en/"
    assert "Accept-Language" in bangla.headers["Vary"].split(", ")


@pytest.mark.parametrize("path", ["/en/", FORM])
def test_answer_differs_for_htmx(app: Flask, client: FlaskClient, path: str) -> None:
    make_event(app)

    vary = client.get(path).headers["Vary"].split(", ")

    assert "HX-Request" in vary
    assert "Accept-Encoding" in vary
    assert len(vary) == len(set(vary))


def test_only_https_is_told_to_stay_https(make: AppMaker) -> None:
    client = make(SHOWCASE_PUBLIC_URL=HTTPS).test_client()

    secure, plain = client.get("/en/", base_url=HTTPS), client.get("/en/")

    assert secure.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "Strict-Transport-Security" not in plain.headers


def test_proxy_is_believed_only_where_it_is_declared(make: AppMaker) -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}

    declared = make(SHOWCASE_PROXIES="1").test_client().get("/en/", headers=told)
    undeclared = make().test_client().get("/en/", headers=told)

    assert "Strict-Transport-Security" in declared.headers
    assert "Strict-Transport-Security" not in undeclared.headers


def test_forged_host_from_a_proxy_is_refused(make: AppMaker) -> None:
    client = make(SHOWCASE_PROXIES="1").test_client()

    assert client.get("/en/", headers={"X-Forwarded-Host": "evil.example"}).status_code == 400


def test_form_works_over_https_without_referer(make: AppMaker) -> None:
    """Our own Referrer-Policy keeps it back, so nothing may ask for it."""
    app = make(SHOWCASE_PUBLIC_URL=HTTPS)
    make_event(app)
    client = app.test_client()
    page = client.get(FORM, base_url=HTTPS)

    sent = client.post(
        FORM,
        base_url=HTTPS,
        data={**ANSWERS, "key": new_key(), "csrf_token": hidden(page, "csrf_token")},
    )

    assert sent.status_code == 303


def test_cookie_of_a_form_is_bound_to_host_and_https(make: AppMaker) -> None:
    app = make(SHOWCASE_PUBLIC_URL=HTTPS)
    make_event(app)

    cookie = app.test_client().get(FORM, base_url=HTTPS).headers["Set-Cookie"]

    name, *attributes = re.split("; ?", cookie)
    assert name.startswith("__Host-showcase=")
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]


def test_stylesheet_may_be_kept_for_ever_and_is_no_page(client: FlaskClient) -> None:
    page = parse(client.get("/en/").text)

    sheet = client.get(page.query('link[rel="stylesheet"]')[0].attrs["href"])

    assert sheet.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert sheet.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in sheet.headers
