"""Stories as an Atom feed (RFC 4287), for readers and for the pages of district offices."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from showcase.addresses import public_url
from showcase.db import now
from showcase.i18n import DHAKA, _
from showcase.i18n import language as current_language
from showcase.schema_org import moment
from showcase.stories.queries import Story

_ATOM: Final = "http://www.w3.org/2005/Atom"


def atom_feed(stories: Sequence[Story], *, title: str, own_url: str, list_url: str) -> bytes:
    """
    Args:
        own_url: Of the feed, in full; it is the feed's identity too.
        list_url: Of the same stories as a page, in full.
    """
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": current_language()})
    _add(feed, "title", title)
    _add(feed, "id", own_url)
    _add(feed, "link", rel="self", type="application/atom+xml", href=own_url)
    _add(feed, "link", rel="alternate", type="text/html", href=list_url)
    # RFC 4287 wants a date of an empty feed too.
    _add(feed, "updated", moment(max((s.reading.updated_at for s in stories), default=now())))
    _add(SubElement(feed, "author"), "name", _("a2i (Aspire to Innovate)"))
    for story in stories:
        _entry(feed, story)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Element, story: Story) -> None:
    url = public_url("stories.show", slug=story.slug)
    entry = SubElement(feed, "entry", {"xml:lang": story.language})
    _add(entry, "title", story.title)
    _add(entry, "id", url)
    _add(entry, "link", rel="alternate", type="text/html", hreflang=story.language, href=url)
    if story.reading.published:
        _add(entry, "published", _start_of(story.reading.published))
    _add(entry, "updated", moment(story.reading.updated_at))
    _add(entry, "summary", story.summary)
    fields = story.fields
    if fields.office:
        office = fields.office.text(current_language())
        _add(SubElement(entry, "author"), "name", office)
    _add(entry, "category", term=fields.sector, label=story.sector_label)
    if fields.district and story.district_name:
        _add(entry, "category", term=fields.district, label=story.district_name)


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text


def _start_of(day: date) -> str:
    return moment(datetime.combine(day, time(), DHAKA))
