"""What is true of every page of the site, looked at whenever a test fetches one."""

import gzip
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import brotli
from flask.testing import FlaskClient
from justhtml import JustHTML
from werkzeug.test import TestResponse

# Attributes that would need 'unsafe-inline'; htmx's own are no code.
_HANDLER = re.compile(r"on[a-z]+", re.IGNORECASE)
_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "": bytes,
}
_LANGUAGES = ("bn", "en")
# Wanted by a screen reader: a name for each of these.
_FIELDS = ("input", "select", "textarea")


class CheckingClient(FlaskClient):
    """A client that fails the test when a page it was given is not as pages of this site are."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if is_page(response):
            check_headers(response)
            check_html(text_of(response), fragment="HX-Request" in response.request.headers)
        return response


def is_page(response: TestResponse) -> bool:
    """Something a reader looks at; what Werkzeug writes below a redirect is seen by nobody."""
    is_redirect = 300 <= response.status_code < 400
    return response.mimetype == "text/html" and bool(response.data) and not is_redirect


def text_of(response: TestResponse) -> str:
    """What the browser reads after unpacking."""
    unpack = _UNPACK[response.headers.get("Content-Encoding", "")]
    return unpack(response.data).decode("utf-8")


def check_headers(response: TestResponse) -> None:
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] in ("no-store", "public, no-cache")
    if "Set-Cookie" in response.headers:
        assert response.headers["Cache-Control"] == "no-store", "a page with a cookie may be cached"


def parse(html: str, *, fragment: bool = False) -> Any:
    return JustHTML(html, sanitize=False, fragment=fragment, collect_errors=True)


def check_html(html: str, *, fragment: bool = False) -> None:
    page = parse(html, fragment=fragment)
    assert [str(error) for error in page.errors] == [], "HTML that a parser has to mend"
    _check_ids(page)
    _check_nothing_inline(page)
    _check_fields(page)
    _check_links(page)
    if not fragment:
        _check_whole_page(page)


def _check_whole_page(page: Any) -> None:
    html = page.query("html")[0]
    assert html.attrs["lang"] in _LANGUAGES or "Sorry" in html.to_text()
    headings = page.query("h1")
    assert len(headings) == 1, f"{len(headings)} h1 on the page"
    heading = words(headings[0])
    assert heading, "an empty h1"
    assert page.query("title"), "no title"
    assert len(page.query("main")) == 1
    levels = [int(node.name[1]) for node in page.query("h1, h2, h3, h4, h5, h6")]
    for before, after in zip(levels, levels[1:], strict=False):
        assert after <= before + 1, f"h{after} follows h{before}"


def _check_ids(page: Any) -> None:
    ids = Counter(node.attrs["id"] for node in page.query("[id]"))
    assert [name for name, count in ids.items() if count > 1] == [], "ids used twice"
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        for node in page.query(f"[{attribute}]"):
            for name in node.attrs[attribute].split():
                assert name in ids, f"{attribute} names {name}, which is not there"


def _check_nothing_inline(page: Any) -> None:
    for node in page.query("*"):
        inline = [name for name in node.attrs if name == "style" or _HANDLER.fullmatch(name)]
        assert inline == [], f"<{node.name}> has {inline}"
    assert page.query("style") == []
    for script in page.query("script"):
        data = script.attrs.get("type") == "application/ld+json"
        assert data or script.attrs.get("src"), "a script inside the page"


def _check_fields(page: Any) -> None:
    labelled = {node.attrs.get("for") for node in page.query("label")}
    for name in _FIELDS:
        for node in page.query(name):
            if node.attrs.get("type") not in ("hidden", "submit"):
                assert node.attrs.get("id") in labelled or node.attrs.get("aria-label"), (
                    f"<{name} name={node.attrs.get('name')}> has no label"
                )
    for form in page.query("form"):
        assert form.attrs.get("action") or form.attrs.get("method"), "a form without an action"
    for image in page.query("img"):
        assert "alt" in image.attrs, f"no alt text: {image.attrs.get('src')}"


def _check_links(page: Any) -> None:
    ids = {node.attrs["id"] for node in page.query("[id]")}
    for link in page.query("a"):
        target = link.attrs.get("href", "")
        assert target, f"a link that goes nowhere: {words(link)}"
        assert words(link) or link.attrs.get("aria-label"), f"a link without words: {target}"
        if target.startswith("#"):
            assert target[1:] in ids, f"{target} is not on the page"


def words(node: Any) -> str:
    return " ".join(str(node.to_text()).split())
