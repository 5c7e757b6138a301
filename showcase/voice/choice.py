"""The visitors' choice as an event's page tells it: when the vote is open, and then who won."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from showcase.events.queries import EventFacts
from showcase.events.when import told_moment
from showcase.i18n import language
from showcase.voice.stalls import NamedStall, stalls_of
from showcase.words import Spoken

# By category and stall number.
Votes = Mapping[str, Mapping[int, int]]


class Turnout(NamedTuple):
    """Tickets that voted, of those that were shown at the gate."""

    voted: int
    tickets: int


@dataclass(frozen=True)
class StallVotes:
    stall: NamedStall
    votes: int
    is_winner: bool


@dataclass(frozen=True)
class CategoryResult:
    """The stalls that were chosen at all, those with most votes first."""

    label: Spoken
    rows: tuple[StallVotes, ...]

    @property
    def winners(self) -> tuple[StallVotes, ...]:
        """More than one where they have equally many votes; none where nobody voted."""
        return tuple(row for row in self.rows if row.is_winner)


@dataclass(frozen=True)
class Choice:
    """
    Attributes:
        results: One for each category; empty until the close, so that nobody sees how it stands.
        turnout: None until the close.
    """

    opens: str
    closes: str
    has_opened: bool
    results: tuple[CategoryResult, ...] = ()
    turnout: Turnout | None = None

    @property
    def is_closed(self) -> bool:
        return self.turnout is not None


def announced_choice(event: EventFacts, *, at: datetime) -> Choice | None:
    """When the vote opens and closes, and not a word of how it stands."""
    voting = event.fields.voting
    if voting is None:
        return None
    return Choice(told_moment(voting.opens), told_moment(voting.closes), at >= voting.opens)


def results_of(event: EventFacts, votes: Votes) -> tuple[CategoryResult, ...]:
    voting = event.fields.voting
    if voting is None:
        return ()
    stalls = {stall.number: stall for stall in stalls_of(event)}
    return tuple(
        CategoryResult(
            category.label.spoken(language()), _ranked(votes.get(category.key, {}), stalls)
        )
        for category in voting.categories
    )


def _ranked(votes: Mapping[int, int], stalls: Mapping[int, NamedStall]) -> tuple[StallVotes, ...]:
    most = max(votes.values(), default=0)
    ranked = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        StallVotes(stalls.get(number) or _withdrawn(number), count, is_winner=count == most)
        for number, count in ranked
    )


def _withdrawn(number: int) -> NamedStall:
    """A stall that got votes and was then taken out of the front matter."""
    return NamedStall(number, office="", services=(), story_title="", story_url="")
