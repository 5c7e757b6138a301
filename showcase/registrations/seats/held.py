"""A registration and its event's pools, held by a transaction that is about to change them."""

from datetime import datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.outbox import actions as outbox
from showcase.registrations.message_kinds import OFFER
from showcase.registrations.models import (
    DECLINED,
    EXPIRED,
    HOLD_SEATS,
    LEFT,
    OFFERED,
    WAITING,
    Registration,
    SessionSeat,
    Wait,
)
from showcase.registrations.seats import line, pools
from showcase.registrations.seats.pools import EVENT, Pool
from showcase.registrations.secret import hash_of


class Held:
    """The pools are locked before the registration: everybody takes locks in this order."""

    def __init__(
        self, session: Session, registration: Registration, known: dict[str, Pool]
    ) -> None:
        self.session = session
        self.registration = registration
        self.pools = known

    @classmethod
    def by_secret(cls, session: Session, secret: str) -> Self | None:
        return cls._found(session, Registration.secret_hash == hash_of(secret))

    @classmethod
    def by_id(cls, session: Session, registration_id: int) -> Self | None:
        return cls._found(session, Registration.id == registration_id)

    @classmethod
    def by_code(cls, session: Session, event_id: int, code: str) -> Self | None:
        return cls._found(session, Registration.event_id == event_id, Registration.code == code)

    @classmethod
    def _found(cls, session: Session, *which: sa.ColumnElement[bool]) -> Self | None:
        event_id = session.scalar(sa.select(Registration.event_id).where(*which))
        if event_id is None:
            return None
        known = pools.locked(session, event_id)
        found = session.scalars(sa.select(Registration).where(*which).with_for_update()).first()
        return cls(session, found, known) if found else None

    @property
    def holds_seats(self) -> bool:
        return self.registration.state in HOLD_SEATS

    def session_pools(self) -> list[Pool]:
        """Of the sessions that it has seats in."""
        ids = self.session.scalars(
            sa.select(SessionSeat.pool_id).where(
                SessionSeat.registration_id == self.registration.id
            )
        ).all()
        return [pool for pool in self.pools.values() if pool.id in ids]

    def taken_pools(self) -> list[Pool]:
        """All in which its seats are counted, the event's own first."""
        if not self.holds_seats:
            return []
        return [self.pools[EVENT], *self.session_pools()]

    def open_waits(self) -> list[Wait]:
        """Places on the waiting list that are not answered yet."""
        return list(
            self.session.scalars(
                sa.select(Wait)
                .where(
                    Wait.registration_id == self.registration.id,
                    Wait.state.in_((WAITING, OFFERED)),
                )
                .order_by(Wait.id)
            )
        )

    def give_up(self, *, state: str, at: datetime) -> None:
        """End it: its seats become free, it waits no longer, and what it was owed is void."""
        pools.free(self.session, self.taken_pools(), self.registration.party)
        self.session.execute(
            sa.delete(SessionSeat).where(SessionSeat.registration_id == self.registration.id)
        )
        for wait in self.open_waits():
            line.leave(self.session, wait, self.pools, state=state_of_wait(state), at=at)
        self.registration.state, self.registration.ended_at = state, at
        self.registration.changes += 1
        outbox.void(self.session, registration_id=self.registration.id)

    def owe(self, kind: str, at: datetime) -> None:
        owe(self.session, self.registration, kind, at)

    def hand_out(self, at: datetime) -> None:
        hand_out(self.session, event_id=self.registration.event_id, at=at)


def state_of_wait(state: str) -> str:
    """How a place on the list ends when its registration does."""
    return state if state in (DECLINED, EXPIRED) else LEFT


def owe(session: Session, registration: Registration, kind: str, at: datetime) -> None:
    outbox.put(
        session,
        registration_id=registration.id,
        kind=kind,
        phone=registration.phone,
        email=registration.email,
        at=at,
    )


def hand_out(
    session: Session, *, event_id: int, at: datetime, but: Wait | None = None
) -> list[Wait]:
    """Offer what is free to those who wait, and tell them, ``but`` one who is told something
    else; whom it was offered to."""
    offers = line.offer_seats(session, event_id=event_id, at=at)
    for wait in offers:
        if wait is not but:
            owe(session, session.get_one(Registration, wait.registration_id), OFFER, at)
    return offers
