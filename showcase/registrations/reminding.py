"""What is told to all who come, when its time has come: a chore that may run at any moment."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from showcase.db import write
from showcase.events.queries import EventFacts, coming_events
from showcase.outbox import actions as outbox
from showcase.registrations.message_kinds import SOON, TOMORROW
from showcase.registrations.models import CONFIRMED, Registration

# From when on before the start, and until when, a reminder is worth its message.
_WINDOWS: Final = {
    TOMORROW: (timedelta(hours=24), timedelta(hours=2)),
    SOON: (timedelta(hours=1), timedelta()),
}


def remind(at: datetime) -> None:
    """Owe each reminder once to everybody who is coming."""
    for card in coming_events():
        for kind, (first, last) in _WINDOWS.items():
            if first >= card.event.starts - at > last and card.event.announced == "announced":
                _remind_all(card.event, kind, at)


def _remind_all(event: EventFacts, kind: str, at: datetime) -> None:
    people = sa.select(Registration.id, Registration.phone, Registration.email).where(
        Registration.event_id == event.id,
        Registration.state == CONFIRMED,
        # Who has the ticket since this hour needs no reminder of it.
        Registration.registered_at < at - timedelta(hours=1),
    )
    occasion = f"{event.starts:%Y%m%d%H%M}"
    with write() as session:
        made = outbox.put_to_all(session, people, kind=kind, at=at, once=occasion)
    if made:
        outbox.wake()
