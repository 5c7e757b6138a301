"""The last word on HTML: only what our own renderer makes may pass, whoever wrote the Markdown."""

import re
from typing import Final
from urllib.parse import urlsplit

import nh3

from showcase.documents.block_html import WIDGET
from showcase.documents.block_values import rows_from_text

HEADING_PREFIX: Final = "part-"
LINK_SCHEMES: Final = ("http", "https", "mailto", "tel")

_TAGS: Final = set(
    f"a aside blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr img "
    f"li ol p pre strong sup table tbody td th thead tr ul {WIDGET}".split()
)
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": set(),  # else title and lang may stand anywhere
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "ol": {"start"},
    WIDGET: {"kind", "argument", "rows"},
    **{heading: {"id"} for heading in ("h2", "h3", "h4", "h5", "h6")},
    "li": {"id"},
    "sup": {"id"},
}
_CLASSES: Final = {
    "a": {"footnote-ref", "footnote-backref"},
    "aside": {"note"},
    "div": {"footnote", "table-scroll"},
    "dl": {"step-facts"},
    "figure": {"quote"},
    "ol": {"steps"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
}
_VALUES: Final = {
    "a": {"rel": {"noopener"}},
    "div": {"tabindex": {"0"}},
    "th": {"scope": {"col"}},
}
_PICTURE: Final = re.compile("[^\x00-\x20/\\\\:?#%]+")
_ID: Final = re.compile(f"(?:{HEADING_PREFIX}|fn:|fnref[0-9]*:)[^\x00-\x20\"'<>]*")
_NUMBER: Final = re.compile("[0-9]{1,4}")
_WIDGET_ARGUMENT: Final = re.compile("[0-9a-z-]{1,80}")


def clean(html: str) -> str:
    return _CLEANER.clean(html)


def is_external(url: str) -> bool:
    return url.lower().startswith(("http:", "https:"))


def is_link(url: str) -> bool:
    """A link a page may carry: http, https, mailto, tel, or a path of our own.

    ``//host``, ``/\\host`` and their kin lead elsewhere though they look like paths: browsers read
    a backslash as a slash and drop tabs and line ends.
    """
    if re.search("[\x00-\x20\x7f\\\\]", url) or url.startswith("//"):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if is_external(url):
        return bool(parts.netloc)
    return not parts.scheme or parts.scheme in LINK_SCHEMES


def is_picture(url: str) -> bool:
    """A file beside the document, by its bare name."""
    return bool(_PICTURE.fullmatch(url)) and not url.startswith(".")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value, or None where this attribute may not have it."""
    allowed = True
    match name:
        case "href":
            allowed = is_link(value)
        case "src":
            allowed = is_picture(value)
        case "id":
            allowed = bool(_ID.fullmatch(value))
        case "start":
            allowed = bool(_NUMBER.fullmatch(value))
        case "kind":
            allowed = value in ("tcv", "figure", "steps")
        case "argument":
            allowed = bool(_WIDGET_ARGUMENT.fullmatch(value))
        case "rows":
            allowed = _are_steps(value)
    return value if allowed else None


def _are_steps(value: str) -> bool:
    try:
        rows_from_text(value)
    except ValueError:
        return False
    return True


_CLEANER: Final = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    tag_attribute_values=_VALUES,
    allowed_classes=_CLASSES,
    url_schemes=set(LINK_SCHEMES),
    link_rel=None,
)
