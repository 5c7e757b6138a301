"""The event that visitors register for: read once per publish, since thousands may come at once."""

import time
from typing import Final, NamedTuple

from flask import current_app

from showcase.documents.queries import site_mark
from showcase.events.queries import EventFacts, event_by_id, event_by_slug

# In a rush, hundreds of forms share one look. The site promises that a publish shows in a second.
LOOK_EVERY_SECONDS: Final = 0.05

_EXTENSION: Final = "registrations_published"


class _Look(NamedTuple):
    """The site's mark at a moment, and the events that were read under it."""

    mark: int
    at: float
    events: dict[str | int, EventFacts]


def published_event(which: str | int) -> EventFacts | None:
    """The published event of this slug or number as it is now: every publish moves the mark."""
    events = _look().events
    if which not in events:
        event = event_by_slug(which) if isinstance(which, str) else event_by_id(which)
        if event is None:
            return None
        events[which] = event
    return events[which]


def _look() -> _Look:
    """Whole or not at all, so that no thread files an old event under a newer mark."""
    known: _Look = current_app.extensions.get(_EXTENSION, _Look(-1, float("-inf"), {}))
    now = time.monotonic()
    if now - known.at < LOOK_EVERY_SECONDS:
        return known
    mark = site_mark()
    look = _Look(mark, now, known.events if mark == known.mark else {})
    current_app.extensions[_EXTENSION] = look
    return look
