"""The front matter of an event: ``content/events/<slug>/index.md``; times are Asia/Dhaka."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, Self

from pydantic import model_validator

from showcase.documents.fields import Flag, Misplaced, Moment, Slug
from showcase.documents.kinds import MainFields, Reference
from showcase.documents.problems import did_you_mean
from showcase.events.parts import (
    Award,
    Item,
    Proceeding,
    Question,
    Registration,
    Result,
    Session,
    Source,
    Stall,
    Venue,
    Voting,
)
from showcase.i18n import DHAKA
from showcase.words import Words

EventKind = Literal["summit", "fair", "circle", "showing", "training"]
Announced = Literal["announced", "postponed", "cancelled"]


class EventFields(MainFields):
    kind: EventKind
    district: Slug | None = None
    # What events that are held again and again have in common, such as kurigram-fair.
    series: Slug | None = None
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
    voting: Voting | None = None
    results: list[Result] = []
    awards: list[Award] = []
    proceedings: list[Proceeding] = []
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

    @model_validator(mode="after")
    def _awards_name_stalls(self) -> Self:
        known = {stall.number for stall in self.stalls}
        for award in self.awards:
            if award.stall is not None and award.stall not in known:
                message = f"there is no stall {award.stall}; write the number of one of the stalls"
                raise Misplaced("awards", message)
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
    for index, award in enumerate(fields.awards):
        if award.story:
            yield Reference(("awards", index, "story"), "story", award.story)
    for index, proceeding in enumerate(fields.proceedings):
        if proceeding.story:
            yield Reference(("proceedings", index, "story"), "story", proceeding.story)
