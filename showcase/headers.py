"""Headers on every answer: what the browser may load, and what may be remembered."""

from typing import Final

from flask import Blueprint, Flask, request
from werkzeug.wrappers import Response

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # A ticket's address is a secret: it is told to nobody, not even our own pages.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
# Of data that anybody's page may read; a view adds them to its answer.
OPEN_DATA: Final = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# Two years, what hstspreload.org asks for.
_STRICT_TRANSPORT: Final = "max-age=63072000; includeSubDomains"


def init_app(app: Flask) -> None:
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", _STRICT_TRANSPORT)
    # Nothing is kept anywhere unless its view says so.
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.add("HX-Request")
    return response


def unlisted(blueprint: Blueprint) -> Blueprint:
    """Keep its pages out of search engines."""

    def keep_out(response: Response) -> Response:
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    blueprint.after_request(keep_out)
    return blueprint
