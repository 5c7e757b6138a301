"""Who was at which event, by the code of the certificate."""

from dataclasses import dataclass

import sqlalchemy as sa

from showcase.db import db
from showcase.events.queries import EventFacts, event_by_id
from showcase.gate.queries import Arrival, arrival_with
from showcase.registrations.models import Registration


@dataclass(frozen=True)
class Certificate:
    """``name`` is None once it was erased: that somebody came stays true."""

    arrival: Arrival
    event: EventFacts
    name: str | None


def certificate_with(code: str) -> Certificate | None:
    """``code`` as it is printed."""
    arrival = arrival_with(code)
    event = event_by_id(arrival.event_id) if arrival else None
    if arrival is None or event is None:
        return None
    return Certificate(arrival, event, _name_of(arrival.registration_id))


def _name_of(registration_id: int) -> str | None:
    kept = sa.select(Registration.name).where(
        Registration.id == registration_id, Registration.erased_at.is_(None)
    )
    return db.session.scalar(kept) or None
