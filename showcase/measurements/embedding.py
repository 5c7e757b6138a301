"""A story's numbers on other sites: a card without script, and oEmbed, which tells of it."""

import re
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from flask import current_app, get_template_attribute
from werkzeug.exceptions import HTTPException

from showcase.addresses import public_url
from showcase.i18n import DEFAULT_LANGUAGE, LANGUAGES, _
from showcase.stories.queries import Story
from showcase.text import latin_digits

# Wide enough for the table in two languages; what is higher scrolls inside.
WIDTH: Final = 600
HEIGHT: Final = 900
# A site that shows the card may ask for it again after an hour.
_CACHE_SECONDS: Final = 3600
_SIZE: Final = re.compile("[1-9][0-9]{0,4}")

# The card may stand in any page, loads nothing but our stylesheet, and sends nothing anywhere.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Target(NamedTuple):
    """The story that an address shows, and in which language."""

    slug: str
    language: str


def language_asked(text: str) -> str:
    return text if text in LANGUAGES else DEFAULT_LANGUAGE


def target_of(address: str) -> Target | None:
    """None for an address that is not ours, or shows no story."""
    own = urlsplit(current_app.config["PUBLIC_URL"])
    try:
        parts = urlsplit(address)
        if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
            return None
        path = parts.path.removeprefix(own.path)
        endpoint, values = current_app.url_map.bind("").match(path, method="GET")
    except (ValueError, HTTPException):
        return None
    if endpoint == "stories.show":
        return Target(values["slug"], values["language"])
    return None


def size(text: str, largest: int) -> int:
    """What is asked for, as far as it goes; ``largest`` where nothing is."""
    plain = latin_digits(text.strip())
    return min(int(plain), largest) if _SIZE.fullmatch(plain) else largest


def oembed_answer(story: Story, language: str, width: int, height: int) -> dict[str, Any]:
    """As oEmbed 1.0 names the fields of the type ``rich``."""
    card = public_url("measurements.embed", slug=story.slug, lang=language)
    frame = get_template_attribute("components/embed.html", "frame")
    return {
        "version": "1.0",
        "type": "rich",
        "title": story.title,
        "provider_name": _("Showcase"),
        "provider_url": public_url("home.show"),
        "cache_age": _CACHE_SECONDS,
        "width": width,
        "height": height,
        "html": str(frame(card, story.title, width, height)),
    }
