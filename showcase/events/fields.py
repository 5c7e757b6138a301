"""The front matter of an event: ``content/events/<slug>/index.md``; times are Asia/Dhaka."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from showcase.documents.fields import Flag, HttpUrl, Misplaced, Moment, Slug, Whole
from showcase.documents.kinds import Fields, MainFields, Reference
from showcase.text import latin_digits
from showcase.words import Words

EventKind = Literal["summit", "fair", "circle", "showing", "training"]
Announced = Literal["announced", "postponed", "cancelled"]

# A party is a family or a few colleagues; larger groups register more than once.
LARGEST_PARTY = 10


def _degrees(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return Decimal(latin_digits(value.strip()))
    except InvalidOperation:
        raise ValueError(f"“{value}” is no position; write degrees, such as 25.81") from None


def _not_yet(approval: bool) -> bool:
    """Letting everybody in who should have been asked first would be worse than a refusal."""
    if approval:
        raise ValueError("registrations cannot wait for approval yet; write no")
    return approval


class Venue(Fields):
    name: Words
    address: Words | None = None
    # What Bangladesh spans, with some room: a swapped pair is caught here.
    lat: Annotated[Decimal, BeforeValidator(_degrees), Field(ge=20, le=27)] | None = None
    lon: Annotated[Decimal, BeforeValidator(_degrees), Field(ge=88, le=93)] | None = None


class Registration(Fields):
    """When visitors may register, and for how many seats."""

    opens: Moment
    closes: Moment
    seats: Annotated[Whole, Field(ge=1)]
    held_for_walk_ins: Annotated[Whole, Field(ge=0)] = 0
    party_max: Annotated[Whole, Field(ge=1, le=LARGEST_PARTY)] = LARGEST_PARTY
    waiting_list: Flag = False
    approval: Annotated[Flag, AfterValidator(_not_yet)] = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.closes <= self.opens:
            raise Misplaced("closes", "registration closes before it opens; swap the two")
        if self.held_for_walk_ins > self.seats:
            raise Misplaced(
                "held_for_walk_ins", f"more than the {self.seats} seats there are; write fewer"
            )
        return self


class Item(Fields):
    """One line of the agenda."""

    starts: Moment
    ends: Moment
    title: Words
    track: Words | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.starts:
            raise Misplaced("ends", "this ends before it starts; swap the two")
        return self


class Session(Item):
    """A part of the event with a key, and perhaps with seats of its own."""

    key: Slug
    seats: Annotated[Whole, Field(ge=1)] | None = None


class Question(Fields):
    """Something the organiser wants to know of those who come."""

    key: Slug
    label: Words
    kind: Literal["text", "choice", "yes-no"]
    choices: list[Words] = []
    required: Flag = False
    sessions: list[Slug] = []


class Stall(Fields):
    number: Whole
    pavilion: Words | None = None
    office: Words
    story: Slug | None = None
    services: list[Words] = []


class Result(Fields):
    what: Words
    value: Words


class Source(Fields):
    title: Words
    url: HttpUrl | None = None


class EventFields(MainFields):
    kind: EventKind
    district: Slug | None = None
    venue: Venue
    starts: Moment
    ends: Moment
    organiser: Words
    sample: Flag = False
    registration: Registration | None = None
    programme: list[Item] = []
    sessions: list[Session] = []
    questions: list[Question] = []
    stalls: list[Stall] = []
    results: list[Result] = []
    sources: list[Source] = []
    state: Announced = "announced"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.starts:
            raise Misplaced("ends", "the event ends before it starts; swap the two")
        numbers = [stall.number for stall in self.stalls]
        twice = {number for number in numbers if numbers.count(number) > 1}
        if twice:
            told = ", ".join(map(str, sorted(twice)))
            raise Misplaced("stalls", f"stall number {told} is given twice; number each once")
        return self


def references(fields: EventFields) -> Iterator[Reference]:
    if fields.district:
        yield Reference(("district",), "district", fields.district)
    for index, stall in enumerate(fields.stalls):
        if stall.story:
            yield Reference(("stalls", index, "story"), "story", stall.story)
