"""Stories as readers see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from showcase.districts.queries import district_name
from showcase.documents import queries as documents
from showcase.documents.checked import checked
from showcase.documents.models import Document
from showcase.documents.queries import Reading
from showcase.i18n import language as current_language
from showcase.stories.fields import StoryFields
from showcase.stories.labels import SECTORS, STAGES
from showcase.tcv.headline import Headline, headline, headline_of
from showcase.tcv.labels import Measure


@dataclass(frozen=True)
class Story:
    """A published story in one language."""

    reading: Reading
    fields: StoryFields

    @property
    def slug(self) -> str:
        return self.reading.slug

    @property
    def title(self) -> str:
        return self.reading.title

    @property
    def summary(self) -> str:
        return self.reading.summary

    @property
    def language(self) -> str:
        """Of the text, which may be another than the page's."""
        return self.reading.language

    @property
    def url(self) -> str:
        return url_for("stories.show", slug=self.slug)

    @property
    def district_name(self) -> str | None:
        return district_name(self.fields.district, current_language())

    @property
    def sector_label(self) -> str:
        return str(SECTORS[self.fields.sector])

    @property
    def stage(self) -> str:
        return self.fields.stage

    @property
    def stage_label(self) -> str:
        return str(STAGES[self.fields.stage])

    @property
    def headline(self) -> Headline | None:
        """The largest change with its evidence; None where nothing was measured."""
        return headline(self.fields.tcv, current_language())

    def headline_of(self, measure: Measure) -> Headline | None:
        """The largest decrease of one measure, by which a list is sorted."""
        return headline_of(self.fields.tcv, measure, current_language())


def find_story(slug: str) -> Story | None:
    reading = documents.find("story", slug, current_language())
    return _story(reading) if reading else None


def stories_with(ids: Sequence[int]) -> list[Story]:
    """The published ones among these documents, in the order given. Two queries."""
    if not ids:
        return []
    readings = documents.readings("story", current_language(), Document.id.in_(ids))
    places = {one: place for place, one in enumerate(ids)}
    return [_story(reading) for reading in sorted(readings, key=lambda r: places[r.id])]


def newest_stories(limit: int | None = None) -> list[Story]:
    readings = documents.readings("story", current_language(), limit=limit)
    return [_story(reading) for reading in readings]


def _story(reading: Reading) -> Story:
    fields = checked(StoryFields, reading.id, reading.updated_at, reading.fields)
    return Story(reading, fields)
