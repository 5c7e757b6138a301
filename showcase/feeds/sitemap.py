"""Every public page with its twin in the other language, for search engines (sitemaps.org)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

import sqlalchemy as sa
from flask import current_app

from showcase.addresses import public_url
from showcase.db import db
from showcase.districts.queries import all_districts
from showcase.documents.models import Document
from showcase.documents.queries import is_visible
from showcase.i18n import DEFAULT_LANGUAGE, LANGUAGES
from showcase.schema_org import moment

# A file may hold 50,000 addresses and 50 MB (sitemaps.org). We stay far below: a crawler that asks
# for a thousand pages in two languages holds a thread for a tenth of a second.
PAGES_PER_FILE: Final = 1_000

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"

# Lists and pages without a document of their own; left out where the site has them not.
_LISTS: Final = (
    "home.show",
    "stories.index",
    "events.index",
    "figures.index",
    "districts.index",
    "pilots.index",
    "measurements.index",
    "measurements.data",
    "measurements.calculator",
)
_SHOWN_BY: Final = {"story": "stories.show", "event": "events.show", "page": "pages.show"}


class Page(NamedTuple):
    """``updated`` is None where nobody can say."""

    endpoint: str
    values: dict[str, Any]
    updated: datetime | None = None


def all_pages() -> list[Page]:
    """In one order as long as nothing is published, so that each stands in one file."""
    return [page for page in (*_lists(), *_districts(), *_documents()) if _exists(page.endpoint)]


def sitemap(pages: Sequence[Page]) -> bytes:
    root = Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for page in pages:
        _add_page(root, page)
    return _xml(root)


def sitemap_index(files: int) -> bytes:
    root = Element("sitemapindex", {"xmlns": _SITEMAP})
    for number in range(1, files + 1):
        entry = SubElement(root, "sitemap")
        address = public_url("feeds.sitemap_part", number=number)
        SubElement(entry, "loc").text = address
    return _xml(root)


def _lists() -> Iterator[Page]:
    yield from (Page(endpoint, {}) for endpoint in _LISTS)


def _districts() -> Iterator[Page]:
    yield from (Page("districts.show", {"key": key}) for key in all_districts())


def _documents() -> Iterator[Page]:
    rows = db.session.execute(
        sa.select(Document.kind, Document.slug, Document.updated_at)
        .where(is_visible(), Document.kind.in_(list(_SHOWN_BY)))
        .order_by(Document.kind, Document.published, Document.slug)
    ).tuples()
    for kind, slug, updated in rows:
        yield Page(_SHOWN_BY[kind], {"slug": slug}, updated)


def _exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _add_page(root: Element, page: Page) -> None:
    """Once for each language, each time naming all: so search engines want it."""
    addresses = {
        code: public_url(page.endpoint, language=code, **page.values) for code in LANGUAGES
    }
    for address in addresses.values():
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = address
        if page.updated:
            SubElement(entry, "lastmod").text = moment(page.updated)
        for code, twin in {**addresses, "x-default": addresses[DEFAULT_LANGUAGE]}.items():
            link = {"rel": "alternate", "hreflang": code, "href": twin}
            SubElement(entry, "xhtml:link", link)


def _xml(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
