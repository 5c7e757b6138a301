"""Other stories for the reader of one: those that healed the same pain first."""

from collections.abc import Iterator, Sequence
from typing import Final

from showcase.stories.catalogue import Bits, Catalogue, catalogue
from showcase.stories.queries import Story, stories_with

_SHOWN: Final = 3


def related_stories(story: Story) -> tuple[Story, ...]:
    """The more pain points shared the better; then the same sector; then the newest."""
    stories = catalogue()
    positions = related(stories, story.reading.id, story.fields.pain_points, story.fields.sector)
    return tuple(stories_with([stories.ids[position] for position in positions]))


def related(stories: Catalogue, own: int, pains: Sequence[str], sector: str) -> list[int]:
    """Positions of at most three stories that share a pain point or the sector."""
    others = stories.everything & ~stories.among([own])
    same_sector = stories.having["sector"].get(sector, 0)
    found: list[int] = []
    for tier in _sharing(stories, pains):
        for group in (tier & same_sector, tier & ~same_sector):
            room = _SHOWN - len(found)
            found += stories.page(group & others, "newest", 0, room)
    rest = _SHOWN - len(found)
    return found + stories.page(same_sector & others & ~_any(stories, pains), "newest", 0, rest)


def _sharing(stories: Catalogue, pains: Sequence[str]) -> Iterator[Bits]:
    """Stories by how many of the pain points they have: first all, last only one."""
    at_least: list[Bits] = [stories.everything, *(0 for _ in pains)]
    for pain in pains:
        having = stories.having["pain"].get(pain, 0)
        for count in range(len(pains), 0, -1):
            at_least[count] |= at_least[count - 1] & having
    for count in range(len(pains), 0, -1):
        more = at_least[count + 1] if count < len(pains) else 0
        yield at_least[count] & ~more


def _any(stories: Catalogue, pains: Sequence[str]) -> Bits:
    return stories.chosen({"pain": pains}, stories.everything) if pains else 0
