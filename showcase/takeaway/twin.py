"""Stories as data, for other sites and for spreadsheets: the same truth as the pages, in codes.

Keys are those of the front matter (docs/content.md); words stand in each language they have.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from showcase.addresses import absolute, public_url
from showcase.documents import queries as documents
from showcase.documents.render import split_on_widgets
from showcase.i18n import LANGUAGES
from showcase.paging import page_count
from showcase.schema_org import moment
from showcase.stories.queries import Story
from showcase.stories.stretch import Text, stretch, texts_of
from showcase.tcv.plain import to_json

PER_PAGE: Final = 100

Json = dict[str, Any]

# Addresses of this site in attributes, ``href="/bn/…"`` and the second of a ``srcset``.
_OWN_ADDRESS: Final = re.compile('(?<=")/(?!/)|(?<=, )/(?=pictures/)')
# How a story is published is the editors' own business.
_PRIVATE: Final = {"title", "summary", "language", "status", "publish_at", "published"}
# What a list tells of each; the rest is in the story's own twin.
_LISTED: Final = ("district", "sector", "stage", "delivery", "pain_points", "funding", "office")


def story_twin(story: Story) -> Json:
    """Everything on the page: the data once, the text in each language."""
    texts = texts_of([story.reading.id])[story.reading.id]
    data = {key: value for key, value in story.reading.fields.items() if key not in _PRIVATE}
    return {
        **_head(story, texts),
        **data,
        "tcv": [to_json(record) for record in story.fields.tcv],
        "html": {language: _html(story, language) for language in texts},
    }


def list_twin(page: int) -> Json | None:
    """A page of all stories, the newest first; None where there is no such page."""
    found = stretch(start=(page - 1) * PER_PAGE, count=PER_PAGE)
    pages = page_count(found.total, PER_PAGE)
    if page > pages:
        return None
    texts = texts_of([story.reading.id for story in found.stories])
    return {
        "total": found.total,
        "page": page,
        "pages": pages,
        "previous": _page_url(page - 1) if page > 1 else None,
        "next": _page_url(page + 1) if page < pages else None,
        "stories": [_listed(story, texts[story.reading.id]) for story in found.stories],
    }


def _listed(story: Story, texts: Mapping[str, Text]) -> Json:
    data = story.reading.fields
    return {
        **_head(story, texts),
        **{key: data.get(key) for key in _LISTED},
        "tcv": [to_json(record) for record in story.fields.tcv],
    }


def _head(story: Story, texts: Mapping[str, Text]) -> Json:
    reading = story.reading
    return {
        "slug": story.slug,
        "title": {language: text.title for language, text in texts.items()},
        "summary": {language: text.summary for language, text in texts.items()},
        "url": {code: _story_url(story, code) for code in LANGUAGES},
        "data": public_url("takeaway.story_json", slug=story.slug),
        "published": reading.published.isoformat() if reading.published else None,
        "updated": moment(reading.updated_at),
    }


def _story_url(story: Story, language: str) -> str:
    return public_url("stories.show", slug=story.slug, language=language)


def _page_url(page: int) -> str:
    return public_url("takeaway.stories_json", **({"page": page} if page > 1 else {}))


def _html(story: Story, language: str) -> str:
    """The body without the places of its widgets, whose data stands under keys of their own."""
    reading = documents.find("story", story.slug, language)
    pieces = split_on_widgets(reading.html if reading else "")
    html = "".join(piece for piece in pieces if isinstance(piece, str))
    return _OWN_ADDRESS.sub(absolute("/"), html)
