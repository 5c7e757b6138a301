"""Changing a registration by its owner: everything that was asked for, or nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from showcase.db import write
from showcase.outbox import actions as outbox
from showcase.outbox.queries import messages_since
from showcase.registrations.errors import (
    ContactChangedTooOften,
    ContactTaken,
    NotActive,
    OfferOpen,
    PartyTooLarge,
)
from showcase.registrations.message_kinds import CHANGE, CONTACT
from showcase.registrations.models import (
    ENDED,
    LEFT,
    OFFERED,
    WAITING,
    Registration,
    SessionSeat,
    Wait,
)
from showcase.registrations.seats import line, pools
from showcase.registrations.seats.held import Held
from showcase.registrations.seats.joining import is_full, join_sessions, refusal
from showcase.registrations.seats.pools import EVENT, Pool
from showcase.registrations.secret import ContactToken

# Somebody may mistype a number twice; a stranger's phone must not ring all day.
NEW_CONTACTS_A_DAY: Final = 5


@dataclass(frozen=True)
class Wish:
    """What a registration shall say from now on."""

    name: str
    party: int
    sessions: Collection[str]
    needs: str
    answers: Mapping[str, Any]
    may_contact: bool
    language: str


def change(*, secret: str, wish: Wish, joins_list: bool, at: datetime) -> None:
    """Let a registration say what its owner wants, with the seats that this takes.

    Args:
        joins_list: Wait for those of the sessions that are full, as long as offers are made.

    Raises:
        NotActive: It was cancelled, refused or has expired.
        OfferOpen: Party and sessions cannot change while an offer waits for its answer.
        NotEnoughSeats: The event has too few seats for the larger party.
        SessionsFull: Sessions have too few seats for the party.
        PartyTooLarge: It would wait for ever.
    """
    with write() as session:
        held = _active(Held.by_secret(session, secret))
        seats = _Seats(session, held, wish, joins_list=joins_list, at=at)
        if seats.are_changed:
            seats.change()
        registration = held.registration
        registration.name, registration.needs = wish.name, wish.needs
        registration.answers, registration.language = dict(wish.answers), wish.language
        registration.may_contact = wish.may_contact
        registration.changes += 1
        held.owe(CHANGE, at)
        held.hand_out(at)
    outbox.wake()


def _active(held: Held | None) -> Held:
    if held is None or held.registration.state in ENDED:
        raise NotActive
    return held


class _Seats:
    """The seats of one registration on their way to what its owner wants."""

    def __init__(
        self, session: Session, held: Held, wish: Wish, *, joins_list: bool, at: datetime
    ) -> None:
        self.session = session
        self.held = held
        self.wish = wish
        self.joins_list = joins_list
        self.at = at
        self.waits = held.open_waits()
        self.has = {pool.key: pool for pool in held.session_pools()}
        # A session that is gone from the event cannot be chosen, and is not lost either.
        self.wants = {key: held.pools[key] for key in wish.sessions if key in held.pools}
        self.waits_anew: list[Pool] = []

    @property
    def are_changed(self) -> bool:
        waits_for = {
            pool.key
            for wait in self.waits
            for pool in line.wanted_by(self.session, wait, self.held.pools)
        }
        chosen = set(self.has) | (waits_for - {EVENT})
        return self.wish.party != self.held.registration.party or set(self.wants) != chosen

    def change(self) -> None:
        if any(wait.state == OFFERED for wait in self.waits):
            raise OfferOpen
        if self.held.registration.state == WAITING:
            self._change_place()
        else:
            self._give_back()
            self._take()
            self.held.registration.party = self.wish.party
            self._wait_for_full()

    def _change_place(self) -> None:
        """A smaller party keeps its place; a larger one, or one that wants more, is the last."""
        wanted = [self.held.pools[EVENT], *self.wants.values()]
        self._refuse_too_large(wanted)
        for wait in self.waits:
            if self._asks_for_less(wait, wanted):
                self._shrink(wait, wanted)
            else:
                line.leave(self.session, wait, self.held.pools, state=LEFT, at=self.at)
                self.held.registration.party = self.wish.party
                line.join(self.session, self.held.registration, wanted, at=self.at)
        self.held.registration.party = self.wish.party

    def _asks_for_less(self, wait: Wait, wanted: Sequence[Pool]) -> bool:
        before = {p.id for p in line.wanted_by(self.session, wait, self.held.pools)}
        return self.wish.party <= wait.party and {pool.id for pool in wanted} <= before

    def _shrink(self, wait: Wait, wanted: Sequence[Pool]) -> None:
        before = line.wanted_by(self.session, wait, self.held.pools)
        line.want_no_longer(self.session, wait, [pool for pool in before if pool not in wanted])
        wait.party = self.wish.party

    def _give_back(self) -> None:
        """First what is wanted no longer: the rest is taken anew, for the party as it will be."""
        party = self.held.registration.party
        fewer = party - self.wish.party
        gone = [pool for key, pool in self.has.items() if key not in self.wants]
        kept = [pool for key, pool in self.has.items() if key in self.wants]
        pools.free(self.session, gone, party)
        self._forget(gone)
        if fewer > 0:
            pools.free(self.session, [self.held.pools[EVENT], *kept], fewer)
        for wait in self.waits:
            self._leave_or_keep(wait)

    def _leave_or_keep(self, wait: Wait) -> None:
        """As above: a larger party comes after all who wait already."""
        wanted = line.wanted_by(self.session, wait, self.held.pools)
        is_larger = self.wish.party > wait.party
        if is_larger or any(pool.key not in self.wants for pool in wanted):
            line.leave(self.session, wait, self.held.pools, state=LEFT, at=self.at)
            self.waits_anew += [pool for pool in wanted if pool.key in self.wants]
        else:
            self._refuse_too_large(wanted)
            wait.party = self.wish.party

    def _forget(self, gone: Collection[Pool]) -> None:
        self.session.execute(
            sa.delete(SessionSeat).where(
                SessionSeat.registration_id == self.held.registration.id,
                SessionSeat.pool_id.in_([pool.id for pool in gone]),
            )
        )

    def _take(self) -> None:
        more = self.wish.party - self.held.registration.party
        kept = [pool for key, pool in self.has.items() if key in self.wants]
        if more > 0:
            self._refuse_full([self.held.pools[EVENT]], more)
            self._refuse_full(kept, more)
            pools.take(self.session, [self.held.pools[EVENT], *kept], more, past_the_line=False)
        free = [pool for pool in self._added() if not is_full(pool, self.wish.party)]
        self._refuse_full(self._not_waited_for(), self.wish.party)
        pools.take(self.session, free, self.wish.party, past_the_line=False)
        self.session.add_all(
            SessionSeat(registration_id=self.held.registration.id, pool_id=pool.id) for pool in free
        )

    def _added(self) -> list[Pool]:
        waits_for = {
            pool.id
            for wait in self.waits
            if wait.state == WAITING
            for pool in line.wanted_by(self.session, wait, self.held.pools)
        }
        return [
            pool
            for key, pool in sorted(self.wants.items())
            if key not in self.has and pool.id not in waits_for and pool not in self.waits_anew
        ]

    def _not_waited_for(self) -> list[Pool]:
        """Sessions that have to have room at once."""
        added = self._added()
        return [p for p in added if not (self.joins_list and line.is_open([p], at=self.at))]

    def _wait_for_full(self) -> None:
        full = [pool for pool in self._added() if is_full(pool, self.wish.party)]
        wanted = [*self.waits_anew, *full]
        self._refuse_too_large(wanted)
        join_sessions(self.session, self.held.registration, wanted, at=self.at)

    def _refuse_full(self, chosen: Sequence[Pool], seats: int) -> None:
        full = [pool for pool in chosen if is_full(pool, seats)]
        if full:
            raise refusal(full)

    def _refuse_too_large(self, wanted: Sequence[Pool]) -> None:
        if not all(pool.could_ever_hold(self.wish.party) for pool in wanted):
            raise PartyTooLarge


def change_contact(*, secret: str, phone: str | None, email: str | None, at: datetime) -> None:
    """Have messages go elsewhere, once whoever reads them there has said so.

    A contact that is left out is forgotten at once, if there is another that is in use already. A
    new one gets a message of its own, and takes its place by ``confirm_contact``.

    Raises:
        NotActive: The registration has ended.
        ContactChangedTooOften: It wrote to others often enough today.
    """
    with write() as session:
        registration = _active(Held.by_secret(session, secret)).registration
        new_phone = phone if phone != registration.phone else None
        new_email = email if email != registration.email else None
        if phone is None and registration.email:
            registration.phone = None
        if email is None and registration.phone:
            registration.email = None
        registration.new_phone, registration.new_email = new_phone, new_email
        outbox.void(session, registration_id=registration.id, kind=CONTACT)
        if new_phone or new_email:
            _ask_new(session, registration, at)
    outbox.wake()


def _ask_new(session: Session, registration: Registration, at: datetime) -> None:
    asked = messages_since(
        session, registration_id=registration.id, kind=CONTACT, since=at - timedelta(days=1)
    )
    if asked >= NEW_CONTACTS_A_DAY:
        raise ContactChangedTooOften
    outbox.put(
        session,
        registration_id=registration.id,
        kind=CONTACT,
        phone=registration.new_phone,
        email=registration.new_email,
        at=at,
    )


def confirm_contact(*, token: ContactToken, at: datetime) -> None:
    """The reader of the new number or address says that it is right: from now on it is used.

    Said twice, it is done once.

    Raises:
        NotActive: The registration has ended, or the token proves nothing any more.
        ContactTaken: That number or address holds another registration for the event.
    """
    try:
        with write() as session:
            held = _active(Held.by_id(session, token.registration_id))
            registration = held.registration
            new, old = ("new_phone", "phone") if token.is_of_phone else ("new_email", "email")
            if token.proves(registration.public_id, getattr(registration, new)):
                setattr(registration, old, getattr(registration, new))
                setattr(registration, new, None)
                registration.changes += 1
                session.flush()
                held.owe(CHANGE, at)
            elif not token.proves(registration.public_id, getattr(registration, old)):
                raise NotActive
    except IntegrityError as taken:
        raise ContactTaken from taken
    outbox.wake()
