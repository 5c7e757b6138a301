"""Titles of stories, for features that link to them."""

from collections.abc import Collection

from showcase.documents import queries as documents
from showcase.documents.models import Document
from showcase.i18n import language


def titles_of(slugs: Collection[str]) -> dict[str, str]:
    """By slug; a story that is not published is left out."""
    if not slugs:
        return {}
    readings = documents.readings("story", language(), Document.slug.in_(slugs))
    return {reading.slug: reading.title for reading in readings}
