"""Errors that a reader meets: each class carries a sentence for the reader and a status."""

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import Flask, current_app, g, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from showcase.failures import log_failure
from showcase.i18n import LANGUAGES, _l, preferred_language

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

log = logging.getLogger(__name__)


class ShowcaseError(Exception):
    """Something that could not be done, and what the reader can do about it."""

    status = HTTPStatus.BAD_REQUEST
    sentence: "LazyString" = _l("That could not be done. Go back and try once more.")
    retry_after: int | None = None


class Busy(ShowcaseError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = _l(
        "Very many people are using the site at this moment. Nothing was lost: "
        "wait a few seconds and send once more."
    )
    retry_after = 5


def init_app(app: Flask) -> None:
    app.register_error_handler(ShowcaseError, tell)
    app.register_error_handler(HTTPException, _tell_http)
    app.register_error_handler(CSRFError, _tell_expired_form)
    app.register_error_handler(Exception, _tell_broken)
    # Also when an error page breaks while it is made: Flask hands that on as this one.
    app.register_error_handler(InternalServerError, _tell_broken)


def tell(error: ShowcaseError) -> ResponseReturnValue:
    """The page for an error that was raised, or is to stand in the place of an answer."""
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    return _page(error.status, error.sentence, headers)


def _tell_http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = HTTPStatus(error.code or 500)
    headers = {k: v for k, v in error.get_headers() if k in ("Allow", "Retry-After", "Location")}
    return _page(status, _SENTENCES.get(status, ShowcaseError.sentence), headers)


def _tell_expired_form(error: CSRFError) -> ResponseReturnValue:
    return _page(HTTPStatus.BAD_REQUEST, _EXPIRED_FORM)


# Lazy, since the language is known only when the page is made.
_SENTENCES: "Final[dict[HTTPStatus, LazyString]]" = {
    HTTPStatus.NOT_FOUND: _l(
        "There is no such page. If you typed the address, check it; "
        "if a link brought you here, the page may have moved."
    ),
    HTTPStatus.FORBIDDEN: _l("This page is not open to you."),
    HTTPStatus.METHOD_NOT_ALLOWED: _l(
        "This address cannot be used that way. Go back and use the buttons on the page."
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _l(
        "What you sent is too large. Shorten the text and send once more."
    ),
    HTTPStatus.GONE: _l("This page was here once and has been taken away."),
}
_EXPIRED_FORM: "Final[LazyString]" = _l(
    "The form was open for too long or your browser did not keep its cookie. "
    "Go back, load the page again and send once more; what you typed is still in your browser."
)


def _tell_broken(error: Exception) -> ResponseReturnValue:
    """The last resort. Its page depends on nothing, so that nothing can break it again."""
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, Exception):
        error = error.original_exception
    if current_app.testing:
        raise error
    # The endpoint and not the address: a ticket's address is a secret.
    log_failure(log, f"unexpected error in {request.endpoint}", error)
    return BROKEN_PAGE, HTTPStatus.INTERNAL_SERVER_ERROR, {"Cache-Control": "no-store"}


def _page(
    status: HTTPStatus, sentence: "LazyString", headers: dict[str, str] | None = None
) -> ResponseReturnValue:
    g.language = g.get("language") or _language_of_path()
    if request_ctx.url_adapter is None:
        # The request names a host that is not ours: Flask knows no addresses, the page needs some.
        request_ctx.url_adapter = current_app.url_map.bind("")
    page = render_template("errors/error.html", status=status, sentence=sentence)
    return page, status, {"Cache-Control": "no-store", **(headers or {})}


def _language_of_path() -> str:
    """The error page speaks the language of the address, else what the browser prefers."""
    first = request.path.lstrip("/").split("/", 1)[0]
    if first in LANGUAGES:
        return first
    return preferred_language()


BROKEN_PAGE = """<!doctype html>
<html lang="bn">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>দুঃখিত · Sorry</title>
</head>
<body>
<main>
<h1>দুঃখিত, আমাদের দিক থেকে একটি সমস্যা হয়েছে</h1>
<p>আপনার কোনো ভুল নেই। কিছুক্ষণ পর আবার চেষ্টা করুন, অথবা <a href="/bn/">প্রথম পাতায়</a> ফিরে যান।</p>
<div lang="en">
<h2>Sorry, something went wrong on our side</h2>
<p>It was not your fault. Try again in a while, or go back to the <a href="/en/">first page</a>.</p>
</div>
</main>
</body>
</html>
"""
