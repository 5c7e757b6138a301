"""Finished public pages, compressed, answered before Flask is entered.

Entering Flask costs four times a cached answer, Jinja forty, SQL sixty (docs/benchmarks.md). So
the way to a stored page is short: look up, compare the ETag, answer.

A view opts in with ``@cacheable``. Its page is kept until one of the *marks* it depends on moves:
``site`` moves at each publish, ``seats`` at each seat sold or freed. Every process asks the
database for the marks at most every half second, so a change is seen everywhere within one.
"""

import gzip
import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, ParamSpec

import brotli
from flask import Flask, g, request
from flask.typing import ResponseReturnValue
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from showcase import htmx

log = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]
Marks = Mapping[str, object]
Param = ParamSpec("Param")

# Promised: a publish is seen everywhere within one second. Half of it leaves room for the answer.
LOOK_EVERY_SECONDS: Final = 0.5
# Pages also change by the clock (an event opens, runs, is over), which no mark tells.
KEEP_SECONDS: Final = 30.0
# A page is made often and read more often: 5 compresses in 1–2 ms, 11 would take 30.
BROTLI_QUALITY: Final = 5
GZIP_LEVEL: Final = 6

_NOT_MODIFIED: Final = "304 NOT MODIFIED"
_OK: Final = "200 OK"


@dataclass(frozen=True, slots=True)
class Page:
    """One finished answer in one encoding."""

    body: bytes
    etag: str
    headers: list[tuple[str, str]]
    short_headers: list[tuple[str, str]]
    depends_on: tuple[tuple[str, object], ...]
    made_at: float


def cacheable(
    *marks: str, query: Sequence[str] = ()
) -> Callable[[Callable[Param, ResponseReturnValue]], Callable[Param, ResponseReturnValue]]:
    """Let the page cache keep what this view answers.

    Args:
        marks: What the page shows besides published documents, e.g. ``seats``.
        query: The query parameters that the page reads; with any other it is not kept.
    """

    def declare(view: Callable[Param, ResponseReturnValue]) -> Callable[Param, ResponseReturnValue]:
        @wraps(view)
        def cached(*args: Param.args, **kwargs: Param.kwargs) -> ResponseReturnValue:
            if _reads_only(query) and not htmx.is_request():
                g.page_depends_on = ("site", *marks)
            return view(*args, **kwargs)

        return cached

    return declare


def _reads_only(parameters: Sequence[str]) -> bool:
    """``?&&`` names no parameter and yet is another address of the same page: not kept either."""
    names = set(request.args)
    return names <= set(parameters) and bool(names) == bool(request.query_string)


class PageCache:
    """WSGI middleware that keeps finished pages, the newest last, up to ``limit`` bytes."""

    def __init__(
        self,
        app: WsgiApp,
        *,
        marks: Callable[[], Marks],
        limit: int,
        look_every: float = LOOK_EVERY_SECONDS,
    ) -> None:
        self.app = app
        self.limit = limit
        self.look_every = look_every
        self.size = 0
        self.pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._read_marks = marks
        self._marks: Marks = {}
        self._looked_at = float("-inf")
        self._changing = threading.Lock()
        self._encodings: dict[str, str] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or "HTTP_HX_REQUEST" in environ:
            return self.app(environ, start_response)
        key = self._key(environ)
        self._look_at_marks()
        page = self.pages.get(key)
        if page is None or not self._is_fresh(page):
            made = self._make(environ, start_response, key)
            if not isinstance(made, Page):
                return made
            page = made
        return _answer(page, environ, start_response)

    def _key(self, environ: Environ) -> tuple[str, ...]:
        # The host is part of the key: an untrusted one is refused by Flask and so never kept.
        return (
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
            environ.get("HTTP_HOST", ""),
            environ["wsgi.url_scheme"],
            self._encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
        )

    def _encoding(self, accepted: str) -> str:
        known = self._encodings.get(accepted)
        if known is None:
            known = best_encoding(accepted)
            # Browsers send a handful of forms; an attacker's thousands are not worth remembering.
            if len(self._encodings) < 100:
                self._encodings[accepted] = known
        return known

    def _look_at_marks(self) -> None:
        now = time.monotonic()
        if now - self._looked_at >= self.look_every:
            self._looked_at = now
            try:
                self._marks = self._read_marks()
            except Exception:  # the last resort: what is in memory is better than no answer
                log.exception("the marks cannot be read; pages stay as they are")

    def _is_fresh(self, page: Page) -> bool:
        marks = self._marks
        return time.monotonic() - page.made_at < KEEP_SECONDS and all(
            marks.get(name) == value for name, value in page.depends_on
        )

    def _make(
        self, environ: Environ, start_response: StartResponse, key: tuple[str, ...]
    ) -> Page | Iterable[bytes]:
        """Ask Flask; keep the page if its view allows, else hand the answer through.

        A body without a length is handed on as it is made: an export is never whole in memory.
        """
        # Read before the page is made: a change in between makes it stale, never wrong for long.
        marks = self._marks
        made_at = time.monotonic()
        status, headers, answer = _begun(self.app, {**environ, "REQUEST_METHOD": "GET"})
        depends_on = _taken(headers, DEPENDS_ON)
        if depends_on is None or not _may_be_kept(status, headers):
            start_response(status, headers if depends_on is None else _for_one_reader(headers))
            if environ["REQUEST_METHOD"] == "HEAD":
                _close(answer)
                return []
            return answer if _is_open_ended(headers) else [_whole(answer)]
        page = _finished(
            _whole(answer),
            headers,
            key[-1],
            [(name, marks.get(name)) for name in depends_on.split()],
            made_at,
        )
        self._keep(key, page)
        return page

    def _keep(self, key: tuple[str, ...], page: Page) -> None:
        with self._changing:
            old = self.pages.pop(key, None)
            self.size += len(page.body) - (len(old.body) if old else 0)
            self.pages[key] = page
            while self.size > self.limit and self.pages:
                _, oldest = self.pages.popitem(last=False)
                self.size -= len(oldest.body)


# Set by Flask on its way out, taken off by the cache: never seen by a reader.
DEPENDS_ON: Final = "X-Showcase-Depends-On"


def init_app(app: Flask) -> None:
    app.after_request(_tell_the_cache)


def put_in_front(app: Flask, marks: Callable[[], Marks]) -> None:
    """Answer from the cache before Flask is entered; to be called when the app is complete."""

    def read_marks() -> Marks:
        with app.app_context():
            return marks()

    app.wsgi_app = PageCache(  # type: ignore[method-assign]
        app.wsgi_app,
        marks=read_marks,
        limit=app.config["CACHE_MB"] * 1024 * 1024,
        # An editor at work sees the change at the next request.
        look_every=0 if app.config["ENVIRONMENT"] == "development" else LOOK_EVERY_SECONDS,
    )


def _tell_the_cache(response: Response) -> Response:
    depends_on = g.get("page_depends_on")
    if depends_on and response.status_code == HTTPStatus.OK:
        response.headers[DEPENDS_ON] = " ".join(depends_on)
        # Compressed once, by the cache: Flask-Compress lets alone what has an encoding.
        response.headers["Content-Encoding"] = "identity"
        # Kept by anyone, used only after asking: a publish shows within a second.
        response.headers["Cache-Control"] = "public, no-cache"
    return response


def best_encoding(accepted: str) -> str:
    """``br``, ``gzip`` or nothing, as the browser's Accept-Encoding allows."""
    weights = dict(parse_accept_header(accepted.lower()))
    for encoding in ("br", "gzip"):
        if weights.get(encoding, 0) > 0:
            return encoding
    return ""


def compress(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    if encoding == "gzip":
        return gzip.compress(body, GZIP_LEVEL, mtime=0)
    return body


def _finished(
    body: bytes,
    headers: list[tuple[str, str]],
    encoding: str,
    depends_on: list[tuple[str, object]],
    made_at: float,
) -> Page:
    body = compress(body, encoding)
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    kept = [(name, value) for name, value in headers if name.lower() not in _REPLACED]
    vary = next((value for name, value in headers if name.lower() == "vary"), "")
    if "accept-encoding" not in vary.lower():
        vary = ", ".join(filter(None, [vary, "Accept-Encoding"]))
    kept += [("ETag", etag), ("Vary", vary)]
    full = [*kept, ("Content-Length", str(len(body)))]
    if encoding:
        full.append(("Content-Encoding", encoding))
    short = [pair for pair in kept if pair[0].lower() != "content-type"]
    return Page(body, etag, full, short, tuple(depends_on), made_at)


_REPLACED: Final = ("content-length", "etag", "vary", "content-encoding")


def _answer(page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response(_NOT_MODIFIED, page.short_headers)
        return []
    start_response(_OK, page.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def _may_be_kept(status: str, headers: list[tuple[str, str]]) -> bool:
    """Only a plain success that carries nobody's cookie and is no fragment."""
    names = {name.lower() for name, _ in headers}
    return status.startswith("200") and "set-cookie" not in names and "hx-redirect" not in names


def _for_one_reader(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The view allowed keeping the page, but then it was given a cookie: by nobody, then."""
    others = [pair for pair in headers if pair[0].lower() != "cache-control"]
    return [*others, ("Cache-Control", "no-store")]


def _taken(headers: list[tuple[str, str]], name: str) -> str | None:
    """The header's value, removed from the list."""
    for index, (given, value) in enumerate(headers):
        if given == name:
            del headers[index]
            return value
    return None


def _begun(app: WsgiApp, environ: Environ) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
    """The inner application's answer, its body not yet read."""
    told: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        told[:] = [status, list(headers)]

    answer = app(environ, start_response)
    return told[0], told[1], answer


def _is_open_ended(headers: list[tuple[str, str]]) -> bool:
    return not any(name.lower() == "content-length" for name, _ in headers)


def _whole(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        _close(answer)


def _close(answer: Iterable[bytes]) -> None:
    if hasattr(answer, "close"):
        answer.close()
