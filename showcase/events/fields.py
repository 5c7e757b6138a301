"""The front matter of an event: ``content/events/<slug>/index.md``; times are Asia/Dhaka."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from showcase.documents.fields import Flag, HttpUrl, Misplaced, Moment, Slug, Whole
from showcase.documents.kinds import Fields, MainFields, Reference
from showcase.documents.problems import did_you_mean
from showcase.i18n import DHAKA
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
    """Something the organiser wants to know of those who come.

    Attributes:
        sessions: Asked only of those who come to one of these; of everybody if empty.
    """

    key: Slug
    label: Words
    kind: Literal["text", "choice", "yes-no"]
    choices: list[Words] = []
    required: Flag = False
    sessions: list[Slug] = []

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if self.kind == "choice" and len(self.choices) < 2:
            raise Misplaced(
                "kind", "a choice needs at least two answers; write choices: [one, two]"
            )
        if self.kind != "choice" and self.choices:
            raise Misplaced("choices", "only a choice has these; write kind: choice or delete them")
        return self


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
    organiser: Words | None = None
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
        for key, items in (("programme", self.programme), ("sessions", self.sessions)):
            for item in items:
                if not self._lasts_on(item.starts) or not self._lasts_on(item.ends):
                    title = next(iter(item.title.root.values()))
                    raise Misplaced(
                        key, f"“{title}” is on no day of the event; correct its date or the event's"
                    )
        return self

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        _refuse_twice("stalls", "stall number", [stall.number for stall in self.stalls])
        _refuse_twice("sessions", "the key", [session.key for session in self.sessions])
        _refuse_twice("questions", "the key", [question.key for question in self.questions])
        return self

    @model_validator(mode="after")
    def _questions_name_sessions(self) -> Self:
        known = [session.key for session in self.sessions]
        for question in self.questions:
            for key in question.sessions:
                if key not in known:
                    likely = did_you_mean(key, known) or "; write the key of one"
                    raise Misplaced("questions", f"there is no session “{key}”{likely}")
        return self

    def _lasts_on(self, moment: datetime) -> bool:
        first, day, last = (at.astimezone(DHAKA).date() for at in (self.starts, moment, self.ends))
        return first <= day <= last


def _refuse_twice(key: str, what: str, given: Sequence[object]) -> None:
    twice = sorted({str(each) for each in given if given.count(each) > 1})
    if twice:
        raise Misplaced(key, f"{what} {', '.join(twice)} is given twice; use each once")


def references(fields: EventFields) -> Iterator[Reference]:
    if fields.district:
        yield Reference(("district",), "district", fields.district)
    for index, stall in enumerate(fields.stalls):
        if stall.story:
            yield Reference(("stalls", index, "story"), "story", stall.story)
