"""The stages with the stories in each, and apart from them what the programme counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from showcase.figures.queries import Figure, all_figures
from showcase.i18n import language as current_language
from showcase.stories.catalogue import Catalogue, catalogue
from showcase.stories.labels import STAGES
from showcase.stories.queries import Story, stories_with
from showcase.words import Spoken

STORIES_SHOWN: Final = 3
AWAITING_SHOWN: Final = 12
# Completed, and not yet taken up anywhere else.
AWAITING: Final = "completed"

# The counters of content/figures.yaml that count pilots; one that is not there is left out.
_COUNTS_OF_PILOTS: Final = (
    "pilots-initiated",
    "pilots-over-36",
    "pilots-completed",
    "pilots-scaled-up",
)


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes:
        count: Of all its stories; ``stories`` are the newest of them.
        url: The list of all of them.
    """

    key: str
    label: str
    count: int
    stories: list[Story]
    url: str


@dataclass(frozen=True)
class Awaiting:
    """A completed pilot. ``needs`` says what another office needs to copy it, if that is told."""

    story: Story
    needs: Spoken | None


@dataclass(frozen=True)
class Board:
    """Nothing of ``figures`` is ever added to the counts of the stages."""

    stages: list[Stage]
    awaiting: list[Awaiting]
    awaiting_count: int
    awaiting_url: str
    figures: list[Figure]


def board() -> Board:
    all_stories = catalogue()
    positions = {stage: _newest(all_stories, stage) for stage in STAGES}
    stories = {
        story.reading.id: story
        for story in stories_with([all_stories.ids[n] for of in positions.values() for n in of])
    }
    shown = {
        stage: [stories[all_stories.ids[n]] for n in of if all_stories.ids[n] in stories]
        for stage, of in positions.items()
    }
    stages = [_stage(stage, all_stories, shown[stage]) for stage in STAGES]
    awaiting = next(stage for stage in stages if stage.key == AWAITING)
    return Board(
        stages=stages,
        awaiting=[_awaiting(story) for story in shown[AWAITING]],
        awaiting_count=awaiting.count,
        awaiting_url=awaiting.url,
        figures=_figures(all_figures(current_language())),
    )


def _newest(all_stories: Catalogue, stage: str) -> list[int]:
    here = all_stories.having["stage"].get(stage, 0)
    return all_stories.page(
        here, "newest", 0, AWAITING_SHOWN if stage == AWAITING else STORIES_SHOWN
    )


def _stage(stage: str, all_stories: Catalogue, stories: Sequence[Story]) -> Stage:
    return Stage(
        key=stage,
        label=str(STAGES[stage]),
        count=all_stories.having["stage"].get(stage, 0).bit_count(),
        stories=list(stories[:STORIES_SHOWN]),
        url=url_for("stories.index", stage=stage),
    )


def _awaiting(story: Story) -> Awaiting:
    """What it needs; else what its source says of copying it."""
    needs = story.fields.needs_to_be_copied or story.fields.replicable
    return Awaiting(story, needs.spoken(current_language()) if needs else None)


def _figures(figures: Sequence[Figure]) -> list[Figure]:
    by_key: Mapping[str, Figure] = {figure.key: figure for figure in figures}
    return [by_key[key] for key in _COUNTS_OF_PILOTS if key in by_key]
