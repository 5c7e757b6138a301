"""What an event's front matter is made of: its place, agenda, stalls, results."""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from showcase.documents.fields import Flag, HttpUrl, Misplaced, Moment, Slug, Whole
from showcase.documents.kinds import Fields
from showcase.text import latin_digits
from showcase.words import Words

# A party is a family or a few colleagues; larger groups register more than once.
LARGEST_PARTY = 10


def _degrees(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return Decimal(latin_digits(value.strip()))
    except InvalidOperation:
        raise ValueError(f"“{value}” is no position; write degrees, such as 25.81") from None


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
    # The organiser decides who comes; the seats are kept until then.
    approval: Flag = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.closes <= self.opens:
            raise Misplaced("closes", "registration closes before it opens; swap the two")
        if self.held_for_walk_ins > self.seats:
            raise Misplaced(
                "held_for_walk_ins", f"more than the {self.seats} seats there are; write fewer"
            )
        return self


class Speaker(Fields):
    name: Words
    role: Words | None = None


class Item(Fields):
    """One line of the agenda."""

    starts: Moment
    ends: Moment
    title: Words
    track: Words | None = None
    place: Words | None = None
    speakers: list[Speaker] = []

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.starts:
            raise Misplaced("ends", "this ends before it starts; swap the two")
        return self


class Session(Item):
    """A part of the event with a key, and perhaps with seats of its own.

    Attributes:
        opens, closes: When it can be chosen; as long as the event takes registrations and it has
            not begun, where they are not given.
    """

    key: Slug
    seats: Annotated[Whole, Field(ge=1)] | None = None
    opens: Moment | None = None
    closes: Moment | None = None

    @model_validator(mode="after")
    def _closes_in_time(self) -> Self:
        if self.opens and self.closes and self.closes <= self.opens:
            raise Misplaced("closes", "registration closes before it opens; swap the two")
        if self.closes and self.closes > self.ends:
            raise Misplaced("closes", "registration closes after the end; write an earlier time")
        return self


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
    group: Words | None = None
    office: Words
    story: Slug | None = None
    services: list[Words] = []


class Result(Fields):
    what: Words
    value: Words


class Award(Fields):
    """What was given to whom, and perhaps for which story or stall."""

    title: Words
    to: Words
    stall: Whole | None = None
    story: Slug | None = None


class Proceeding(Fields):
    """What was presented, and the story it became or the paper that holds it."""

    title: Words
    story: Slug | None = None
    url: HttpUrl | None = None


class Category(Fields):
    """One choice that visitors make among the stalls."""

    key: Slug
    label: Words


class Voting(Fields):
    """The visitors' choice: one vote for each ticket and category that came in."""

    opens: Moment
    closes: Moment
    categories: Annotated[list[Category], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.closes <= self.opens:
            raise Misplaced("closes", "the vote closes before it opens; swap the two")
        keys = [category.key for category in self.categories]
        if len(keys) != len(set(keys)):
            raise Misplaced("categories", "a key is given twice; use each once")
        return self


class Source(Fields):
    title: Words
    url: HttpUrl | None = None
