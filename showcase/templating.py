"""What every template may use, and ``html()``, the one function that makes HTML of a string."""

from typing import Any, Final

from flask import Flask, current_app, g, render_template, request, url_for
from jinja2 import StrictUndefined
from jinja2_fragments.flask import render_block
from markupsafe import Markup

from showcase import htmx, i18n
from showcase.text import slugify

_FILTERS: Final = {
    "number": i18n.format_number,
    "money": i18n.format_money,
    "percent": i18n.format_percent,
    "date": i18n.format_date,
    "day": i18n.format_day,
    "time": i18n.format_time,
    "digits": i18n.digits,
    "slug": slugify,
}


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    # Bangla as itself: escaped it would be twice as long.
    app.jinja_env.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    app.jinja_env.filters.update(_FILTERS)
    app.jinja_env.filters["html"] = html
    app.jinja_env.globals["_n"] = i18n._n
    app.jinja_env.globals["url_for_language"] = url_for_language
    app.context_processor(_page_context)


def html(sanitised: str) -> Markup:
    """Mark HTML that our own renderer has made and cleaned as fit to print.

    The only place that may do so: whatever reaches it has been through nh3 (documents/render.py)
    or is a drawing of a library (the QR code of segno).
    """
    return Markup(sanitised)  # noqa: S704


def render(template: str, *, fragment: str | None = None, **context: Any) -> str:
    """A whole page, or for htmx only its block ``fragment``: one template, two answers."""
    if fragment and htmx.is_request():
        return render_block(template, fragment, **context)
    return render_template(template, **context)


def _page_context() -> dict[str, Any]:
    language = i18n.language()
    return {
        "language": language,
        "other_language": i18n.other_language(language),
        "language_names": i18n.LANGUAGE_NAMES,
        "canonical_url": _canonical_url(),
        "page_languages": i18n.LANGUAGES,
    }


def url_for_language(code: str) -> str:
    """This page in another language, its query kept; the first page where this one has none."""
    query = request.query_string.decode("utf-8", "replace")
    return _address(code) + (f"?{query}" if query else "")


def _canonical_url() -> str:
    """The one public address of this page, from the settings and never from the Host header."""
    return f"{current_app.config['PUBLIC_URL']}{_address(i18n.language())}"


def _address(code: str) -> str:
    if not request.endpoint or not g.get("language_in_path"):
        return url_for("home.show", language=code)
    return url_for(request.endpoint, **{**(request.view_args or {}), "language": code})
