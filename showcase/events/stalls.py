"""The stalls of an event by pavilion and group, in the language of the page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from showcase.events.parts import Stall
from showcase.i18n import _, format_number
from showcase.i18n import language as current_language
from showcase.words import Words


@dataclass(frozen=True)
class StallRow:
    """Who shows what.

    Attributes:
        services: What is given on the spot.
        story_url: Empty where its story is not published (any more).
    """

    anchor: str
    number: str
    office: str
    services: tuple[str, ...]
    story_title: str
    story_url: str


@dataclass(frozen=True)
class StallGroup:
    """Stalls of one kind; those that belong to none have no name."""

    name: str
    stalls: tuple[StallRow, ...]


@dataclass(frozen=True)
class Pavilion:
    name: str
    groups: tuple[StallGroup, ...]


def pavilions(stalls: Sequence[Stall], titles: Mapping[str, str]) -> tuple[Pavilion, ...]:
    """In the order of their lowest number, and so the groups and stalls of each.

    Args:
        titles: Of published stories, by slug.
    """
    ordered = sorted(stalls, key=lambda stall: stall.number)
    by_pavilion = _sorted_by(ordered, lambda stall: _told(stall.pavilion) or _("Stalls"))
    return tuple(
        Pavilion(name, _groups(of_pavilion, titles)) for name, of_pavilion in by_pavilion.items()
    )


def stall_anchor(number: int) -> str:
    """The id of a stall on its event's page."""
    return f"stall-{number}"


def _groups(stalls: Sequence[Stall], titles: Mapping[str, str]) -> tuple[StallGroup, ...]:
    by_group = _sorted_by(stalls, lambda stall: _told(stall.group))
    return tuple(
        StallGroup(name, tuple(_stall_row(stall, titles) for stall in of_group))
        for name, of_group in by_group.items()
    )


def _sorted_by(stalls: Sequence[Stall], name: Callable[[Stall], str]) -> dict[str, list[Stall]]:
    found: dict[str, list[Stall]] = {}
    for stall in stalls:
        found.setdefault(name(stall), []).append(stall)
    return found


def _stall_row(stall: Stall, titles: Mapping[str, str]) -> StallRow:
    code = current_language()
    title = titles.get(stall.story or "", "")
    return StallRow(
        anchor=stall_anchor(stall.number),
        number=format_number(stall.number),
        office=stall.office.text(code),
        services=tuple(service.text(code) for service in stall.services),
        story_title=title,
        story_url=url_for("stories.show", slug=stall.story) if title else "",
    )


def _told(words: Words | None) -> str:
    return words.text(current_language()) if words else ""
