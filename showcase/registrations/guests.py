"""Invited guests: seats kept for each, and a personal link to say whether they come."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.db import write
from showcase.outbox import actions as outbox
from showcase.registrations.actions import new_ticket
from showcase.registrations.errors import NotEnoughSeats
from showcase.registrations.message_kinds import INVITATION
from showcase.registrations.models import ACTIVE, INVITED, Registration
from showcase.registrations.seats import pools
from showcase.registrations.seats.held import owe
from showcase.registrations.seats.pools import EVENT


@dataclass(frozen=True)
class Guest:
    """
    Attributes:
        party: Seats that are kept: the guest and those who come along.
    """

    name: str
    phone: str | None
    email: str | None
    party: int
    language: str


def invite(
    *, event_id: int, guests: Sequence[Guest], answer_by: datetime, at: datetime
) -> list[Guest]:
    """Keep seats for guests and owe each a link; all or none. Who has a registration already is
    not invited again.

    Returns:
        Those who were invited.

    Raises:
        NotEnoughSeats: There are fewer seats than all of them need.
    """
    with write() as session:
        pool = pools.locked(session, event_id)[EVENT]
        known = _contacts(session, event_id)
        new = list(_unknown(guests, known))
        if not new:
            return new
        wanted = sum(guest.party for guest in new)
        if not pool.has_room_for(wanted):
            raise NotEnoughSeats(max(pool.room or 0, 0))
        # They come before those who wait: the organiser decides whom to invite.
        pools.take(session, [pool], wanted, past_the_line=True)
        for guest in new:
            registration = _invitation(event_id, guest, answer_by, at)
            session.add(registration)
            session.flush()
            owe(session, registration, INVITATION, at)
    outbox.wake()
    return new


def _contacts(session: Session, event_id: int) -> set[str]:
    rows = session.execute(
        sa.select(Registration.phone, Registration.email).where(
            Registration.event_id == event_id, Registration.state.in_(ACTIVE)
        )
    )
    return {contact for row in rows for contact in row if contact}


def _unknown(guests: Sequence[Guest], known: Collection[str]) -> Iterator[Guest]:
    seen = set(known)
    for guest in guests:
        contacts = {contact for contact in (guest.phone, guest.email) if contact}
        if not contacts & seen:
            yield guest
        seen |= contacts


def _invitation(event_id: int, guest: Guest, answer_by: datetime, at: datetime) -> Registration:
    return Registration(
        event_id=event_id,
        **new_ticket(),
        name=guest.name,
        phone=guest.phone,
        email=guest.email,
        party=guest.party,
        needs="",
        answers={},
        language=guest.language,
        state=INVITED,
        is_guest=True,
        answer_by=answer_by,
        registered_at=at,
    )
