"""The front matter of a story: ``content/stories/<slug>/index.md``."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from showcase.documents.fields import Day, HttpUrl, PartialDate, Slug
from showcase.documents.kinds import Fields, MainFields, Reference
from showcase.stories.contacts import OfficeContact
from showcase.tcv.records import TcvRecord
from showcase.words import Words

Sector = Literal[
    "livestock",
    "agriculture",
    "social-protection",
    "local-government",
    "environment",
    "migration",
    "health",
    "education",
    "land",
    "youth",
]
Stage = Literal["idea", "refined", "piloting", "completed", "scaling", "replicated", "stopped"]
Delivery = Literal["doorstep", "digital-centre", "online", "one-stop", "phone", "office"]
PainPoint = Literal[
    "distance",
    "repeat-visits",
    "queue",
    "paperwork",
    "cost",
    "middlemen",
    "no-information",
    "slow-decision",
    "no-redress",
]
Funding = Literal["service-innovation-fund", "local", "other", "unknown"]
Phase = Literal["initiation", "execution", "celebration"]


class Person(Fields):
    """Somebody in office; contact goes through the office."""

    name: Words
    role: Words
    office_contact: OfficeContact | None = None


class Step(Fields):
    """Something that happened on the way, in one of the three phases."""

    date: PartialDate
    phase: Phase
    what: Words


class Visit(Fields):
    """One counter of the secret shopper's way."""

    place: Words
    what: Words
    pain: PainPoint | None = None


class Remark(Fields):
    """What a citizen said of the service; ``who`` is a role and a place, never invented."""

    who: Words
    said: Words


class Source(Fields):
    title: Words
    url: HttpUrl | None = None


class Discussion(Fields):
    title: Words
    url: HttpUrl
    archived: HttpUrl | None = None


class Correction(Fields):
    """What the story said wrongly; a wrong number is corrected in its own record."""

    date: Day
    what: Words
    was: Words | None = None
    why: Words


class StoryFields(MainFields):
    district: Slug | None = None
    sector: Sector
    office: Words | None = None
    innovators: list[Person] = []
    mentors: list[Person] = []
    stage: Stage
    delivery: Delivery
    pain_points: list[PainPoint]
    funding: Funding
    timeline: list[Step] = []
    visit_diary: list[Visit] = []
    citizens_said: list[Remark] = []
    where_today: Words | None = None
    discussed_at: list[Discussion] = []
    replicable: Words | None = None
    needs_to_be_copied: Words | None = None
    replicated_in: list[Slug] = []
    tcv: list[TcvRecord] = []
    sources: Annotated[list[Source], Field(min_length=1)]
    corrections: list[Correction] = []


def references(fields: StoryFields) -> Iterator[Reference]:
    if fields.district:
        yield Reference(("district",), "district", fields.district)
    for index, key in enumerate(fields.replicated_in):
        yield Reference(("replicated_in", index), "district", key)


def count_records(fields: StoryFields) -> int:
    return len(fields.tcv)
