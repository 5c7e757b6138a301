"""What all tables say of one event, and what must be true of it at any moment."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Any, Final

import sqlalchemy as sa

from showcase.db import db
from showcase.outbox.models import OutboxMessage
from showcase.registrations.models import (
    HOLD_SEATS,
    Registration,
    SeatPool,
    SessionSeat,
    Wait,
    WaitPool,
)

NIGHT: Final = timedelta(hours=12)

# Rows as the database gives them.
Row = Any


@dataclass(frozen=True)
class Ledger:
    """
    Attributes:
        pools: By key.
        sessions: Pools' numbers, by registration.
        wanted: Pools' numbers, by wait.
        messages: Kind and state, by registration, oldest first.
    """

    pools: Mapping[str, Row]
    registrations: Sequence[Row]
    sessions: Mapping[int, set[int]]
    waits: Sequence[Row]
    wanted: Mapping[int, set[int]]
    messages: Mapping[int, list[tuple[str, str]]]

    def taken(self, pool: Row) -> int:
        """Counted anew: people who have seats here, and who are offered some."""
        have: int = sum(
            one.party
            for one in self.registrations
            if one.state in HOLD_SEATS
            and (not pool.session_key or pool.id in self.sessions[one.id])
        )
        offered = [wait for wait in self.waits if wait.state == "offered"]
        are_offered: int = sum(wait.party for wait in offered if pool.id in self.wanted[wait.id])
        return have + are_offered

    def in_line(self) -> list[Row]:
        return [wait for wait in self.waits if wait.state == "waiting"]

    def in_line_for(self, pool: Row) -> list[Row]:
        return [wait for wait in self.in_line() if pool.id in self.wanted[wait.id]]


def read(event: int) -> Ledger:
    """All tables of a database that holds one event alone."""
    db.session.rollback()
    pools = _rows(SeatPool, SeatPool.session_key)
    ledger = Ledger(
        pools={pool.session_key: pool for pool in pools if pool.event_id == event},
        registrations=_rows(Registration, Registration.id),
        sessions=_grouped(SessionSeat.registration_id, SessionSeat.pool_id),
        waits=_rows(Wait, Wait.id),
        wanted=_grouped(WaitPool.wait_id, WaitPool.pool_id),
        messages=_messages(),
    )
    db.session.rollback()
    return ledger


def _rows(table: Any, order: Any) -> Sequence[Row]:
    return db.session.execute(sa.select(table.__table__).order_by(order)).all()


def _grouped(by: Any, what: Any) -> Mapping[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, value in db.session.execute(sa.select(by, what)):
        found[key].add(value)
    return found


def _messages() -> Mapping[int, list[tuple[str, str]]]:
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    of = sa.select(OutboxMessage.registration_id, OutboxMessage.kind, OutboxMessage.state)
    for registration, kind, state in db.session.execute(of.order_by(OutboxMessage.id)):
        found[registration].append((kind, state))
    return found


def assert_counts_agree(ledger: Ledger) -> None:
    """Every counter is the sum of what it counts."""
    for key, pool in ledger.pools.items():
        assert pool.taken == ledger.taken(pool), f"seats taken in {key or 'the event'}"
        waiting = len(ledger.in_line_for(pool))
        assert pool.waiting == waiting, f"parties waiting for {key or 'the event'}"


def assert_nobody_has_anything_twice(ledger: Ledger) -> None:
    """One active registration for a number; and nobody waits for, is offered, or has a session
    in two ways."""
    active = [one.phone for one in ledger.registrations if one.state in (*HOLD_SEATS, "waiting")]
    assert len(active) == len(set(active))
    for one in ledger.registrations:
        open_waits = [
            wait
            for wait in ledger.waits
            if wait.registration_id == one.id and wait.state in ("waiting", "offered")
        ]
        wanted = [pool for wait in open_waits for pool in ledger.wanted[wait.id]]
        assert len(wanted) == len(set(wanted))
        assert not ledger.sessions[one.id] & set(wanted)
        assert {wait.party for wait in open_waits} <= {one.party}
        has_ended = one.state not in (*HOLD_SEATS, "waiting")
        assert not (has_ended and (open_waits or ledger.sessions[one.id]))
        assert (one.state == "waiting") == any(wait.is_for_event for wait in open_waits)


def assert_no_free_seat_while_somebody_may_have_it(ledger: Ledger, at: datetime) -> None:
    """Read from the rules: in order of arrival; seats are kept for the first in line of a pool, if
    as many as it needs have gone past it."""
    room = {pool.id: _room(pool, at) for pool in ledger.pools.values()}
    firsts = {first.id for pool in ledger.pools.values() for first in first_of(ledger, pool, at)}
    for wait in ledger.in_line():
        wanted = ledger.wanted[wait.id]
        free = min(room[pool] for pool in wanted)
        assert free < wait.party, f"{free} seats are free, and wait {wait.id} is not offered any"
        if wait.id in firsts and wait.passed >= wait.party:
            for pool in wanted:
                room[pool] -= wait.party


def first_of(ledger: Ledger, pool: Row, at: datetime) -> list[Row]:
    """Who is first in line for a pool, of those who fit into all that there are; nobody or one."""
    pools = {one.id: one for one in ledger.pools.values()}
    if _room(pool, at) <= 0:
        return []
    hopeful = [
        wait
        for wait in ledger.in_line_for(pool)
        if all(
            _is_open(pools[one], at) and size(pools[one]) >= wait.party
            for one in ledger.wanted[wait.id]
        )
    ]
    return hopeful[:1]


def assert_nobody_was_passed_too_often(before: Ledger, after: Ledger, at: datetime) -> None:
    """Seats that are short go past the first in line for fewer than its own people, and then for
    one party more."""
    had_theirs = {wait.id for wait in before.waits if wait.state in ("offered", "accepted")}
    for pool in after.pools.values():
        for first in first_of(after, pool, at):
            if _was_first(first, pool, before) and _room(pool, at) < first.party:
                gone = [
                    wait.party
                    for wait in after.waits
                    if wait.id > first.id
                    and wait.state in ("offered", "accepted")
                    and pool.id in after.wanted[wait.id]
                    and wait.id not in had_theirs
                ]
                passed = next(wait.passed for wait in before.waits if wait.id == first.id)
                if gone:
                    assert passed + sum(gone) - max(gone) < first.party


def assert_nothing_that_ended_begins_anew(before: Ledger, after: Ledger) -> None:
    """Nor is anything offered again to who declined, was late, or left."""
    for was, one in ((before.registrations, after.registrations), (before.waits, after.waits)):
        ended = {row.id: row.state for row in was if row.state in _OVER}
        assert ended == {row.id: row.state for row in one if row.id in ended}


_OVER: Final = ("cancelled", "refused", "declined", "expired", "left", "accepted")


def assert_nothing_is_oversold(before: Ledger, after: Ledger) -> None:
    """More than there are may be taken only where there were more before."""
    for key, pool in after.pools.items():
        was = before.pools.get(key)
        assert pool.taken <= max(size(pool), size(was) if was else 0, was.taken if was else 0)


def _was_first(first: Row, pool: Row, before: Ledger) -> bool:
    earlier = [wait for wait in before.in_line_for(pool) if wait.id < first.id]
    return first.id in {wait.id for wait in before.in_line_for(pool)} and not earlier


def size(pool: Row) -> float:
    return inf if pool.capacity is None else float(pool.capacity - pool.held)


def _room(pool: Row, at: datetime) -> float:
    """Of a pool whose line is closed, nothing can be offered."""
    return size(pool) - pool.taken if _is_open(pool, at) else 0


def _is_open(pool: Row, at: datetime) -> bool:
    return pool.offers_end is not None and pool.offers_end - at >= NIGHT
