"""Who came, and how many."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from showcase.db import db
from showcase.gate.models import CheckIn


@dataclass(frozen=True)
class Arrival:
    """A ticket that was shown at the gate, and the code of its certificate of attendance."""

    registration_id: int
    event_id: int
    admitted: int
    at: datetime
    certificate: str


class Arrivals(NamedTuple):
    """How many tickets of an event were shown, and how many people came in with them."""

    tickets: int
    people: int


def arrival_of(registration_id: int) -> Arrival | None:
    return _arrival(CheckIn.registration_id == registration_id)


def arrival_with(certificate: str) -> Arrival | None:
    """Whose certificate has this code, as it is printed."""
    return _arrival(CheckIn.certificate == certificate)


def is_checked_in(registration_id: int) -> bool:
    return arrival_of(registration_id) is not None


def arrivals_at(event_id: int) -> Arrivals:
    people = sa.func.coalesce(sa.func.sum(CheckIn.admitted), 0)
    counted = sa.select(sa.func.count(), people).where(CheckIn.event_id == event_id)
    return Arrivals(*db.session.execute(counted).one())


def _arrival(condition: sa.ColumnElement[bool]) -> Arrival | None:
    row = db.session.scalar(sa.select(CheckIn).where(condition))
    if row is None:
        return None
    return Arrival(row.registration_id, row.event_id, row.admitted, row.at, row.certificate)
