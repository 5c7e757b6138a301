"""Stories in order, a stretch at a time: for feeds and for those who read all of them."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from showcase.db import db
from showcase.documents.models import DocumentText
from showcase.stories.catalogue import Facet, catalogue
from showcase.stories.queries import Story, stories_with


class Text(NamedTuple):
    """What a story is called in one language."""

    title: str
    summary: str


class Stretch(NamedTuple):
    """``total`` counts the stories of all stretches."""

    stories: list[Story]
    total: int


def stretch(
    choice: Mapping[Facet, Sequence[str]] | None = None, *, start: int = 0, count: int
) -> Stretch:
    """Published stories that have one of the values of each facet, the newest first."""
    known = catalogue()
    chosen = known.chosen(choice or {}, known.everything)
    positions = known.page(chosen, "newest", start, count)
    return Stretch(stories_with([known.ids[n] for n in positions]), chosen.bit_count())


def texts_of(ids: Collection[int]) -> dict[int, dict[str, Text]]:
    """Title and summary of these stories in each language they have, Bangla first."""
    rows = db.session.execute(
        sa.select(
            DocumentText.document_id,
            DocumentText.language,
            DocumentText.title,
            DocumentText.summary,
        )
        .where(DocumentText.document_id.in_(ids))
        .order_by(DocumentText.language)
    ).tuples()
    found: dict[int, dict[str, Text]] = {}
    for document_id, language, title, summary in rows:
        found.setdefault(document_id, {})[language] = Text(title, summary)
    return found
