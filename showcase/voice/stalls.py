"""The stalls of an event as visitors choose among them, and at which stalls a story was shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from flask import current_app, url_for

from showcase.db import db
from showcase.documents.models import Document
from showcase.documents.queries import site_mark
from showcase.events.queries import EventFacts
from showcase.i18n import format_number, language
from showcase.stories.titles import titles_of

_EXTENSION: Final = "voice_stalls_of_stories"


class Place(NamedTuple):
    """A stall of an event, by its number."""

    event_id: int
    stall: int


@dataclass(frozen=True)
class NamedStall:
    """A stall in the language of the page; ``story_url`` is empty where no story is shown."""

    number: int
    office: str
    services: tuple[str, ...]
    story_title: str
    story_url: str

    @property
    def label(self) -> str:
        """14 · Livestock office · Animal health camps come to the village."""
        told = format_number(self.number), self.office, self.story_title
        return " · ".join(filter(None, told))


def stalls_of(event: EventFacts) -> tuple[NamedStall, ...]:
    """In order of number."""
    code = language()
    stalls = sorted(event.fields.stalls, key=lambda stall: stall.number)
    titles = titles_of([stall.story for stall in stalls if stall.story])
    return tuple(
        NamedStall(
            number=stall.number,
            office=stall.office.text(code),
            services=tuple(service.text(code) for service in stall.services),
            story_title=titles.get(stall.story or "", ""),
            story_url=url_for("stories.show", slug=stall.story) if stall.story in titles else "",
        )
        for stall in stalls
    )


def stalls_with_services(event: EventFacts) -> tuple[NamedStall, ...]:
    return tuple(stall for stall in stalls_of(event) if stall.services)


def places_showing(story: str) -> tuple[Place, ...]:
    """The stalls of all events, also past and hidden ones, whose front matter names the story.

    Read once per publish and process: a story's page asks for it each time it is made.
    """
    mark = site_mark()
    known: tuple[int, dict[str, tuple[Place, ...]]] | None = current_app.extensions.get(_EXTENSION)
    if known is None or known[0] != mark:
        known = mark, _places_by_story(_stored_events())
        current_app.extensions[_EXTENSION] = known
    return known[1].get(story, ())


def _stored_events() -> Iterable[tuple[int, Any]]:
    return db.session.execute(
        sa.select(Document.id, Document.fields).where(Document.kind == "event")
    ).tuples()


def _places_by_story(events: Iterable[tuple[int, Any]]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for event_id, fields in events:
        for stall in fields["stalls"]:
            if stall["story"]:
                place = Place(event_id, stall["number"])
                found[stall["story"]] = (*found.get(stall["story"], ()), place)
    return found
