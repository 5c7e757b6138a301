"""Letting tickets in. A ticket comes in once; shown again, the first time stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.db import write
from showcase.gate.errors import NotConfirmed, UnknownCode, WrongNumber
from showcase.gate.models import CheckIn
from showcase.registrations.models import CONFIRMED, Registration
from showcase.registrations.secret import as_printed, new_code

# 19 letters twelve times are 2,200 million million: a code is neither guessed nor made twice.
CERTIFICATE_LENGTH: Final = 12


@dataclass(frozen=True)
class CheckedIn:
    """``is_new`` is false where the ticket had come in before; ``at`` says when."""

    registration_id: int
    admitted: int
    at: datetime
    is_new: bool


def check_in(*, event_id: int, code: str, admitted: int | None, at: datetime) -> CheckedIn:
    """Let the party of a ticket in, all of it unless ``admitted`` says how many came.

    Raises:
        UnknownCode: No ticket of this event has the code.
        NotConfirmed: The ticket waits, or was cancelled.
        WrongNumber: More people than the ticket is for, or nobody.
    """
    with write() as session:
        ticket = _held(session, event_id, code)
        known = session.get(CheckIn, ticket.id)
        if known:
            return CheckedIn(ticket.id, known.admitted, known.at, is_new=False)
        people = ticket.party if admitted is None else admitted
        if not 1 <= people <= ticket.party:
            raise WrongNumber
        session.add(
            CheckIn(
                registration_id=ticket.id,
                event_id=event_id,
                admitted=people,
                at=at,
                certificate=new_code(CERTIFICATE_LENGTH),
            )
        )
    return CheckedIn(ticket.id, people, at, is_new=True)


def _held(session: Session, event_id: int, code: str) -> Registration:
    """The ticket, locked: neither cancelled nor let in by somebody else meanwhile."""
    ticket = session.scalar(
        sa.select(Registration)
        .where(Registration.event_id == event_id, Registration.code == as_printed(code))
        .with_for_update()
    )
    if ticket is None:
        raise UnknownCode
    if ticket.state != CONFIRMED:
        raise NotConfirmed
    return ticket
