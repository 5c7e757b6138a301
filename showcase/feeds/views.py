"""Feeds for readers' programs, the site map for search engines."""

from collections.abc import Collection, Mapping
from typing import Final

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from showcase.access import PUBLIC, access
from showcase.addresses import absolute, public_url
from showcase.districts.queries import all_districts, district_name
from showcase.feeds.atom import atom_feed
from showcase.feeds.sitemap import PAGES_PER_FILE, all_pages, sitemap, sitemap_index
from showcase.i18n import _
from showcase.i18n import language as current_language
from showcase.pagecache import cacheable
from showcase.stories.catalogue import Facet
from showcase.stories.labels import SECTORS
from showcase.stories.stretch import stretch

feeds = Blueprint("feeds", __name__)

# A reader asks every hour or so; more than these are not published in between.
ENTRIES: Final = 50

_ATOM: Final = {"Content-Type": "application/atom+xml; charset=utf-8"}
_XML: Final = {"Content-Type": "application/xml; charset=utf-8"}
_TEXT: Final = {"Content-Type": "text/plain; charset=utf-8"}


@feeds.get("/<any(bn, en):language>/stories.atom")
@access(PUBLIC)
@cacheable(query=["district", "sector"])
def stories() -> ResponseReturnValue:
    narrowed = _narrowed(request.args)
    choice = {facet: [value] for facet, value in narrowed.items()}
    feed = atom_feed(
        stretch(choice, count=ENTRIES).stories,
        title=_title(narrowed),
        own_url=public_url("feeds.stories", **narrowed),
        list_url=public_url("stories.index", **narrowed),
    )
    return feed, _ATOM


@feeds.get("/sitemap.xml")
@access(PUBLIC)
@cacheable()
def sitemap_all() -> ResponseReturnValue:
    pages = all_pages()
    files = -(-len(pages) // PAGES_PER_FILE)
    return sitemap(pages) if files <= 1 else sitemap_index(files), _XML


@feeds.get("/sitemap-<int:number>.xml")
@access(PUBLIC)
@cacheable()
def sitemap_part(number: int) -> ResponseReturnValue:
    start = (number - 1) * PAGES_PER_FILE
    pages = all_pages()[max(start, 0) : start + PAGES_PER_FILE] or abort(404)
    return sitemap(pages), _XML


@feeds.get("/robots.txt")
@access(PUBLIC)
@cacheable()
def robots() -> ResponseReturnValue:
    lines = (
        "User-agent: *",
        "Disallow: /*/tickets/",
        "Disallow: /t/",
        f"Sitemap: {absolute(url_for('feeds.sitemap_all'))}",
    )
    return "".join(f"{line}\n" for line in lines), _TEXT


def _narrowed(arguments: MultiDict[str, str]) -> dict[Facet, str]:
    """The district and the sector that are asked for; of one that is not there is no feed."""
    known: dict[Facet, Collection[str]] = {"district": all_districts(), "sector": SECTORS}
    narrowed = {facet: arguments[facet] for facet in known if facet in arguments}
    if any(value not in known[facet] for facet, value in narrowed.items()):
        abort(404)
    return narrowed


def _title(narrowed: Mapping[Facet, str]) -> str:
    title = f"{_('Showcase')}: {_('Stories')}"
    district = district_name(narrowed.get("district"), current_language())
    sector = str(SECTORS[narrowed["sector"]]) if "sector" in narrowed else None
    about = ", ".join(part for part in (district, sector) if part)
    return f"{title} – {about}" if about else title
