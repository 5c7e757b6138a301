"""Forgetting who somebody was: on request, and some time after the event for all.

How many they were stays true: people who came, who were checked in, votes and numbers count as
before, and a certificate can still be verified, without its name.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.orm import Session

from showcase.db import db, forget_for_good, write
from showcase.events.models import Event
from showcase.gate.queries import is_checked_in
from showcase.outbox import actions as outbox
from showcase.outbox import shredding
from showcase.registrations.models import CANCELLED, ENDED, FormKey, Registration
from showcase.registrations.seats.held import Held
from showcase.registrations.secret import new_public_id, unknown_hash

log = logging.getLogger(__name__)

# Given registrations whose visitors are to be forgotten, inside the transaction that does it.
Act = Callable[[Session, Sequence[int]], None]

# Of one transaction: visitors' writes come between.
_AT_ONCE: Final = 500

_EXTENSION: Final = "erasure_acts"


class Purged(NamedTuple):
    """How many were forgotten, and of how many events."""

    registrations: int
    events: int


def when_erased(app: Flask, act: Act) -> None:
    """For a feature that keeps what visitors wrote: have it forgotten with them."""
    app.extensions.setdefault(_EXTENSION, []).append(act)


def erase(*, secret: str, at: datetime) -> bool:
    """Forget a registration on its owner's request; False where the link opens none.

    If the event is still to come, its seats go to others.
    """
    with write() as session:
        held = Held.by_secret(session, secret)
        if held is None:
            return False
        registration = held.registration
        gives_seats_back = registration.state not in ENDED and _is_to_come(held, at)
        if gives_seats_back:
            held.give_up(state=CANCELLED, at=at)
            session.flush()
        forget(session, [registration.id], at)
        if gives_seats_back:
            held.hand_out(at)
    outbox.wake()
    _shred_letters()
    return True


def _is_to_come(held: Held, at: datetime) -> bool:
    """Who came is counted among those who came."""
    ends = held.session.scalar(sa.select(Event.ends).where(Event.id == held.registration.event_id))
    return ends is not None and at < ends and not is_checked_in(held.registration.id)


def purge(*, at: datetime, days: int) -> Purged:
    """Forget all who registered for events that ended ``days`` days ago or earlier."""
    erased: list[tuple[int, int]] = []
    while batch := _erase_some(at, ended_by=at - timedelta(days=days)):
        erased += batch
    _shred_letters()
    if not forget_for_good():
        log.warning("the database's log of writes was in use: emptied at the next purge")
    return Purged(len(erased), len({event_id for _, event_id in erased}))


def purge_what_is_due(at: datetime) -> None:
    """A chore."""
    erased = purge(at=at, days=current_app.config["KEEP_DAYS"])
    if erased.registrations:
        log.info("%s registrations of %s events erased", erased.registrations, erased.events)


def _erase_some(at: datetime, ended_by: datetime) -> list[tuple[int, int]]:
    """Up to so many registrations, each with its event."""
    with write() as session:
        # What another process is erasing is counted there.
        found = session.execute(
            sa.select(Registration.id, Registration.event_id)
            .join(Event, Event.id == Registration.event_id)
            .where(
                Registration.erased_at.is_(None),
                Event.ends <= ended_by,
                # Its tickets are valid for the new date.
                Event.announced != "postponed",
            )
            .order_by(Registration.id)
            .limit(_AT_ONCE)
            .with_for_update(skip_locked=True, of=Registration)
        ).all()
        forget(session, [row.id for row in found], at)
    return [(row.id, row.event_id) for row in found]


def forget(session: Session, ids: Sequence[int], at: datetime) -> None:
    """Blank who they were and what they wrote; their links open nothing from now on."""
    if not ids:
        return
    acts: list[Act] = current_app.extensions.get(_EXTENSION, [])
    for act in acts:
        act(session, ids)
    for registration_id in ids:
        outbox.void(session, registration_id=registration_id)
    session.execute(sa.delete(FormKey).where(FormKey.registration_id.in_(ids)))
    session.connection().execute(
        _BLANK,
        [
            {
                "which": registration_id,
                "at": at,
                "nobodys_id": new_public_id(),
                "nobodys_secret": unknown_hash(),
            }
            for registration_id in ids
        ],
    )


_BLANK: Final = (
    sa.update(Registration.__table__)  # type: ignore[arg-type]
    .where(Registration.id == sa.bindparam("which"))
    .values(
        public_id=sa.bindparam("nobodys_id"),
        secret_hash=sa.bindparam("nobodys_secret"),
        name="",
        phone=None,
        email=None,
        new_phone=None,
        new_email=None,
        needs="",
        answers={},
        may_contact=False,
        erased_at=sa.bindparam("at"),
    )
)


def _shred_letters() -> None:
    """After the commit, and again at the next purge if this process dies in between."""
    with_letters = shredding.who_has_letters()
    if not with_letters:
        return
    erased = db.session.scalars(
        sa.select(Registration.id).where(
            Registration.id.in_(with_letters), Registration.erased_at.is_not(None)
        )
    ).all()
    shredding.shred(erased)
