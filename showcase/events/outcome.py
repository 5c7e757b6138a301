"""What came of an event: awards, and what was presented there, in the language of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from showcase.events.fields import EventFields
from showcase.events.parts import Award, Proceeding, Stall
from showcase.events.stalls import stall_anchor
from showcase.i18n import format_number
from showcase.i18n import language as current_language


@dataclass(frozen=True)
class AwardRow:
    """What was given to whom.

    Attributes:
        stall: Its number; empty where none is named.
        story_url: Empty where its story is not published (any more).
    """

    title: str
    to: str
    stall: str
    stall_url: str
    story_title: str
    story_url: str


@dataclass(frozen=True)
class ProceedingRow:
    """What was presented, and where it can be read now.

    Attributes:
        url: Of the paper that holds it; empty where there is none.
    """

    title: str
    url: str
    story_title: str
    story_url: str


def stories_named(fields: EventFields) -> set[str]:
    """The stories that stalls, awards and proceedings speak of, by slug."""
    named: Sequence[Stall | Award | Proceeding] = (
        *fields.stalls,
        *fields.awards,
        *fields.proceedings,
    )
    return {each.story for each in named if each.story}


def awards(fields: EventFields, titles: Mapping[str, str]) -> tuple[AwardRow, ...]:
    """Args: titles: Of published stories, by slug."""
    return tuple(_award(award, titles) for award in fields.awards)


def _award(award: Award, titles: Mapping[str, str]) -> AwardRow:
    code, number = current_language(), award.stall
    return AwardRow(
        title=award.title.text(code),
        to=award.to.text(code),
        stall=format_number(number) if number is not None else "",
        stall_url=f"#{stall_anchor(number)}" if number is not None else "",
        story_title=titles.get(award.story or "", ""),
        story_url=_story_url(award.story, titles),
    )


def proceedings(fields: EventFields, titles: Mapping[str, str]) -> tuple[ProceedingRow, ...]:
    """Args: titles: Of published stories, by slug."""
    return tuple(_proceeding(each, titles) for each in fields.proceedings)


def _proceeding(each: Proceeding, titles: Mapping[str, str]) -> ProceedingRow:
    return ProceedingRow(
        title=each.title.text(current_language()),
        url=each.url or "",
        story_title=titles.get(each.story or "", ""),
        story_url=_story_url(each.story, titles),
    )


def _story_url(slug: str | None, titles: Mapping[str, str]) -> str:
    return url_for("stories.show", slug=slug) if slug in titles else ""
