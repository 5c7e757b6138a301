"""Keeping what visitors say. One ticket has one voice: said again, the last word stands.

Each write holds the registration until it has committed, so that nothing is said for a ticket that
is cancelled or erased at the same moment. Whether it may speak at this hour is asked by the
caller (``refusals.py``).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.db import Model, insert_or, write
from showcase.registrations.models import CONFIRMED, Registration
from showcase.voice.errors import TicketEnded
from showcase.voice.models import Feedback, Slip, Vote
from showcase.voice.paper import PaperSlip

Values = dict[str, Any]


def vote(*, registration_id: int, event_id: int, chosen: Mapping[str, int], at: datetime) -> None:
    """Count the ticket's vote for a stall in each category of ``chosen``; an earlier one no more.

    Raises:
        TicketEnded: The registration is confirmed no longer.
    """
    same = {"registration_id": registration_id, "event_id": event_id, "at": at}
    with write() as session:
        _hold(session, registration_id)
        # In one order, so that two tabs never wait for each other.
        for category, stall in sorted(chosen.items()):
            values = {**same, "category": category, "stall": stall}
            put(session, Vote, values, once_for=("registration_id", "category"))


def fill_in_slip(
    *,
    registration_id: int,
    event_id: int,
    stall: int,
    minutes: int | None,
    taka: int | None,
    visits: int | None,
    at: datetime,
) -> None:
    """Keep what a service took, instead of what the ticket's holder said of this stall before.

    Raises:
        TicketEnded: The registration is confirmed no longer.
    """
    values = {
        "registration_id": registration_id,
        "event_id": event_id,
        "stall": stall,
        "minutes": minutes,
        "taka": taka,
        "visits": visits,
        "at": at,
    }
    with write() as session:
        _hold(session, registration_id)
        put(session, Slip, values, once_for=("registration_id", "stall"))


def give_feedback(
    *, registration_id: int, event_id: int, score: int, text: str, at: datetime
) -> None:
    """Keep how the ticket's holder found the event, instead of what was said before.

    Raises:
        TicketEnded: The registration is confirmed no longer.
    """
    values = {
        "registration_id": registration_id,
        "event_id": event_id,
        "score": score,
        "text": text,
        "at": at,
    }
    with write() as session:
        _hold(session, registration_id)
        put(session, Feedback, values, once_for=("registration_id",))


def type_in_slips(*, event_id: int, slips: Sequence[PaperSlip], at: datetime) -> int:
    """Keep slips that were filled in on paper; how many of them are new.

    A number that was typed in before is put right and not counted twice.
    """
    with write() as session:
        known = _known_numbers(session, event_id)
        for slip in sorted(slips):
            values = {"event_id": event_id, **slip._asdict(), "at": at}
            put(session, Slip, values, once_for=("event_id", "paper"))
    return sum(slip.paper not in known for slip in slips)


def forget(session: Session, registration_ids: Sequence[int]) -> None:
    """Blank what these visitors wrote in their own words; votes and numbers stay as counts."""
    session.execute(
        sa.update(Feedback).where(Feedback.registration_id.in_(registration_ids)).values(text="")
    )


def put(session: Session, model: type[Model], values: Values, *, once_for: tuple[str, ...]) -> None:
    """A row, or its new values where there is one for the same key: of a crowd, one row is left."""
    changed = {name: value for name, value in values.items() if name not in once_for}
    session.execute(
        insert_or(session, model)
        .values(values)
        .on_conflict_do_update(index_elements=once_for, set_=changed)
    )


def _hold(session: Session, registration_id: int) -> None:
    held = session.scalar(
        sa.select(Registration.state)
        .where(Registration.id == registration_id, Registration.erased_at.is_(None))
        .with_for_update(read=True)
    )
    if held != CONFIRMED:
        raise TicketEnded


def _known_numbers(session: Session, event_id: int) -> set[str | None]:
    numbers = sa.select(Slip.paper).where(Slip.event_id == event_id, Slip.paper.is_not(None))
    return set(session.scalars(numbers))
