"""The page cache: answers before Flask is entered, and never with the wrong page."""

import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, request, request_started, session
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from werkzeug.test import EnvironBuilder, run_wsgi_app

from showcase.access import PUBLIC, access
from showcase.config import ROOT
from showcase.db import now
from showcase.documents.publishing import publish_folder
from showcase.pagecache import KEEP_SECONDS, LOOK_EVERY_SECONDS, PageCache, cacheable, compress
from showcase.registrations.actions import register
from tests.conftest import AppMaker
from tests.pages import text_of
from tests.registrations.builders import make_event

PRODUCTION = {"SHOWCASE_ENV": "production", "SHOWCASE_PUBLIC_URL": "http://localhost"}
EVENT = "/en/events/kurigram-fair"


@pytest.fixture
def app(make: AppMaker) -> Flask:
    """As it is served: the marks are looked at twice a second and no file is watched."""
    return make(**PRODUCTION)


@contextmanager
def entries(app: Flask) -> Iterator[list[str]]:
    """The addresses for which Flask was entered."""
    seen: list[str] = []

    def note(_app: Flask, **_extra: Any) -> None:
        seen.append(request.full_path.rstrip("?"))

    with request_started.connected_to(note, app):
        yield seen


def cache_of(app: Flask) -> PageCache:
    middleware: Any = app.wsgi_app
    while not isinstance(middleware, PageCache):
        middleware = middleware.app
    return middleware


def with_view(
    app: Flask, view: Callable[[], ResponseReturnValue], *, query: Sequence[str] = ()
) -> FlaskClient:
    """A page of plain text at ``/en/tried`` that may be kept."""

    def plain() -> Response:
        response = app.make_response(view())
        response.mimetype = "text/plain"
        return response

    cached = access(PUBLIC)(cacheable(query=query)(plain))
    app.add_url_rule("/en/tried", "tried", cached, methods=["GET", "POST"])
    return app.test_client()


def take_a_seat(event_id: int) -> None:
    register(
        event_id=event_id,
        name="Rahima Begum",
        phone=None,
        email=f"{uuid.uuid4().hex}@example.com",
        party=1,
        needs="",
        language="en",
        key=str(uuid.uuid4()),
        at=now(),
    )


def test_second_reader_is_answered_before_flask_is_entered(app: Flask, client: FlaskClient) -> None:
    with entries(app) as entered:
        first, second = client.get("/en/"), client.get("/en/")

    assert entered == ["/en/"]
    assert second.data == first.data
    assert dict(second.headers) == dict(first.headers)


def test_cookie_of_a_reader_changes_nothing(app: Flask, client: FlaskClient) -> None:
    first = client.get("/en/")
    client.set_cookie("showcase", "anything")

    with entries(app) as entered:
        second = client.get("/en/")

    assert entered == []
    assert second.data == first.data


def test_unchanged_page_is_not_sent_again(app: Flask, client: FlaskClient) -> None:
    first = client.get("/en/")

    with entries(app) as entered:
        known = client.get("/en/", headers={"If-None-Match": f'"x", {first.headers["ETag"]}'})
        other = client.get("/en/", headers={"If-None-Match": '"x"'})

    assert entered == []
    assert (known.status_code, known.data) == (304, b"")
    assert known.headers["ETag"] == first.headers["ETag"]
    assert known.headers["Cache-Control"] == "public, no-cache"
    assert "Content-Type" not in known.headers
    assert (other.status_code, other.data) == (200, first.data)


def test_validator_weakened_by_a_proxy_is_known_too(client: FlaskClient) -> None:
    first = client.get("/en/")

    weak = client.get("/en/", headers={"If-None-Match": f"W/{first.headers['ETag']}"})

    assert weak.status_code == 304


def test_each_language_has_its_page(app: Flask, client: FlaskClient) -> None:
    with entries(app) as entered:
        pages = [client.get(path) for path in ("/en/", "/bn/", "/en/", "/bn/")]

    assert entered == ["/en/", "/bn/"]
    assert pages[0].data != pages[1].data
    assert [page.data for page in pages[2:]] == [page.data for page in pages[:2]]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("deflate, zstd", None),
        ("", None),
        (";;q=x,", None),
    ],
)
def test_page_comes_in_an_encoding_the_browser_accepts(
    client: FlaskClient, accepted: str, encoding: str | None
) -> None:
    plain = client.get("/en/").text

    for _ in ("made", "kept"):
        response = client.get("/en/", headers={"Accept-Encoding": accepted})

        assert response.headers.get("Content-Encoding") == encoding
        assert text_of(response) == plain
        assert int(response.headers["Content-Length"]) == len(response.data)
        assert "Accept-Encoding" in response.headers["Vary"].split(", ")


def test_each_encoding_has_its_own_validator(client: FlaskClient) -> None:
    tags = {
        client.get("/en/", headers={"Accept-Encoding": accepted}).headers["ETag"]
        for accepted in ("br", "gzip", "")
    }

    assert len(tags) == 3


def test_head_is_answered_as_get_without_its_body(app: Flask, client: FlaskClient) -> None:
    with entries(app) as entered:
        head, get = client.head("/en/"), client.get("/en/")

    assert entered == ["/en/"]
    assert head.data == b""
    assert dict(head.headers) == dict(get.headers)


def test_head_of_a_page_that_is_not_kept_has_no_body(client: FlaskClient) -> None:
    head = client.head("/en/nope")

    assert (head.status_code, head.data) == (404, b"")


def sets_cookie() -> ResponseReturnValue:
    session["visitor"] = "one"
    return "page"


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(sets_cookie, id="cookie"),
        pytest.param(lambda: ("page", {"HX-Redirect": "/en/"}), id="redirect-of-htmx"),
        pytest.param(lambda: ("page", HTTPStatus.ACCEPTED), id="not-200"),
        pytest.param(lambda: ("", HTTPStatus.SEE_OTHER, {"Location": "/en/"}), id="redirect"),
    ],
)
def test_answer_that_is_not_for_everybody_is_not_kept(
    app: Flask, view: Callable[[], ResponseReturnValue]
) -> None:
    client = with_view(app, view)

    with entries(app) as entered:
        first, second = client.get("/en/tried"), client.get("/en/tried")

    assert entered == ["/en/tried", "/en/tried"]
    assert first.status_code == second.status_code
    assert "X-Showcase-Depends-On" not in first.headers
    assert len(cache_of(app).pages) == 0


def test_page_with_a_cookie_is_kept_by_nobody_else_either(app: Flask) -> None:
    response = with_view(app, sets_cookie).get("/en/tried")

    assert "Set-Cookie" in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_post_is_neither_kept_nor_answered_from_memory(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = with_view(app, lambda: request.method)

    with entries(app) as entered:
        answers = [client.post("/en/tried").text, client.get("/en/tried").text]
        answers += [client.post("/en/tried").text, client.get("/en/tried").text]

    assert answers == ["POST", "GET", "POST", "GET"]
    assert entered == ["/en/tried"] * 3


def test_fragment_is_neither_kept_nor_answered_from_memory(app: Flask) -> None:
    client = with_view(app, lambda: request.headers.get("HX-Request", "whole"))
    fragment = {"HX-Request": "true"}

    answers = [client.get("/en/tried", headers=h) for h in (fragment, {}, fragment, {})]

    assert [answer.text for answer in answers] == ["true", "whole", "true", "whole"]
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert "X-Showcase-Depends-On" not in answers[0].headers


@pytest.mark.parametrize("query", ["?a=1", "?utm_source=x", "?&", "?%00", "?=", "?language=bn"])
def test_address_with_an_undeclared_query_is_answered_but_not_kept(
    app: Flask, client: FlaskClient, query: str
) -> None:
    with entries(app) as entered:
        answers = [client.get(f"/en/{query}").status_code for _ in range(2)]

    assert answers == [200, 200]
    assert len(entered) == 2
    assert len(cache_of(app).pages) == 0


def test_declared_query_has_a_page_each(app: Flask) -> None:
    client = with_view(app, lambda: request.args.get("page", "first"), query=["page"])

    with entries(app) as entered:
        answers = [client.get(f"/en/tried{q}").text for q in ("", "?page=2", "", "?page=2")]

    assert answers == ["first", "2", "first", "2"]
    assert entered == ["/en/tried", "/en/tried?page=2"]


def test_untrusted_host_is_never_kept(app: Flask, client: FlaskClient) -> None:
    client.get("/en/")

    forged = client.get("/en/", headers={"Host": "evil.example"})

    assert forged.status_code == 400
    assert {key[2] for key in cache_of(app).pages} == {"localhost"}


def test_memory_is_bounded_and_the_oldest_page_goes_first(app: Flask) -> None:
    client = with_view(app, lambda: "x" * 1000, query=["n"])
    cache = cache_of(app)
    cache.limit = 3000

    for number in range(10):
        client.get(f"/en/tried?n={number}")

    assert [key[1] for key in cache.pages] == ["n=7", "n=8", "n=9"]
    assert cache.size == sum(len(page.body) for page in cache.pages.values()) == 3000


def test_cache_of_no_size_keeps_nothing_and_answers(make: AppMaker) -> None:
    app = make(**PRODUCTION, SHOWCASE_CACHE_MB="0")
    client = app.test_client()

    with entries(app) as entered:
        answers = [client.get("/en/").status_code for _ in range(2)]

    assert answers == [200, 200]
    assert entered == ["/en/", "/en/"]


def test_page_is_made_anew_when_the_clock_may_have_changed_it(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/en/")
    later = time.monotonic() + KEEP_SECONDS
    monkeypatch.setattr("showcase.pagecache.time.monotonic", lambda: later)

    with entries(app) as entered:
        client.get("/en/")

    assert entered == ["/en/"]


def test_page_that_shows_no_seats_stays_when_a_seat_is_sold(
    app: Flask, client: FlaskClient
) -> None:
    event_id = make_event(app)
    client.get("/en/stories")
    client.get(EVENT)
    with app.app_context():
        take_a_seat(event_id)
    time.sleep(LOOK_EVERY_SECONDS)

    with entries(app) as entered:
        client.get("/en/stories")
        client.get(EVENT)

    assert entered == [EVENT]


def test_pages_in_memory_are_served_while_the_database_is_away(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def unreachable() -> dict[str, object]:
        raise ConnectionError

    before = client.get("/en/")
    cache = cache_of(app)
    cache._read_marks, cache.look_every = unreachable, 0

    assert client.get("/en/").data == before.data
    assert client.get("/healthz").text == "ok\n"
    assert {record.getMessage() for record in caplog.records} == {
        "the marks cannot be read; pages stay as they are"
    }


def test_compressed_twice_is_compressed_the_same() -> None:
    """Or the validator would change although the page has not."""
    for encoding in ("br", "gzip", ""):
        assert compress(b"page" * 1000, encoding) == compress(b"page" * 1000, encoding)


def test_answer_of_the_cache_passes_through_wsgi_as_bytes(app: Flask) -> None:
    environ = EnvironBuilder("/en/", "http://localhost/").get_environ()

    for _ in ("made", "kept"):
        body, status, headers = run_wsgi_app(app.wsgi_app, environ)
        assert status == "200 OK"
        assert len(b"".join(body)) == int(headers["Content-Length"])


READER = """
import sys, time
from showcase import create_app
app = create_app()
client = app.test_client()
path = sys.argv[1]
seen = client.get(path).data
print("ready", flush=True)
while True:
    page = client.get(path).data
    if page != seen:
        seen = page
        print(time.time(), flush=True)
    time.sleep(0.01)
"""


@contextmanager
def other_process(path: str, environ: dict[str, str]) -> Iterator[Callable[[], float]]:
    """A process that reads a page all the time and tells when it saw the page change."""
    with subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", READER, path],
        env={**environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        output = process.stdout
        try:
            yield lambda: float(output.readline())
        finally:
            process.kill()


def test_seat_and_publish_are_seen_by_another_process_within_a_second(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    event_id = make_event(app)
    environ = {
        **PRODUCTION,
        "DATABASE_URL": database_url,
        "SHOWCASE_INSTANCE": str(tmp_path / "other"),
        "SHOWCASE_SECRET_KEY": app.config["SECRET_KEY"],
    }
    story = tmp_path / "content/pages/hello/index.md"
    story.parent.mkdir(parents=True)

    with app.app_context(), other_process(EVENT, environ) as seen_at:
        take_a_seat(event_id)
        sold = time.time()
        assert seen_at() - sold < 1

    story.write_text(PAGE.format(text="One."))
    with app.app_context():
        publish_folder(tmp_path / "content", by="tests")
        with other_process("/en/hello", environ) as seen_at:
            story.write_text(PAGE.format(text="Two."))
            publish_folder(tmp_path / "content", by="tests")
            published = time.time()
            assert seen_at() - published < 1


PAGE = """---
title: Hello
summary: A page that changes while it is read.
language: en
status: published
published: 2026-01-01
---
{text}
"""
