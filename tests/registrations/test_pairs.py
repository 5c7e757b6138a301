"""Two at the same moment, again and again: afterwards every counter is right, nothing is sold
twice, and no seat is free that somebody waits for."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from showcase.db import write
from showcase.errors import Busy
from showcase.registrations import answering
from showcase.registrations.actions import cancel
from showcase.registrations.errors import RegistrationError
from showcase.registrations.models import SeatPool
from showcase.registrations.seats import pools, purchase
from showcase.registrations.seats.pools import Pool
from tests.conftest import rounds
from tests.registrations import ledger
from tests.registrations.ledger import Ledger
from tests.registrations.lines import (
    accept,
    come,
    decline,
    fair,
    leave_line,
    resize,
    secret,
    want,
)
from tests.registrations.people import NOON

SESSIONS = ("health", "land")
PERSONS = 24

Move = Callable[[int, random.Random], object]


def comes(event: int, chance: random.Random) -> None:
    chosen = [key for key in SESSIONS if chance.random() < 0.3]
    come(event, chance.randrange(PERSONS), chance.choice((1, 1, 2, 3)), *chosen)


def cancels(event: int, chance: random.Random) -> None:
    cancel(secret=secret(_anybody(event, chance)), at=NOON)


def changes(event: int, chance: random.Random) -> None:
    chosen = [key for key in SESSIONS if chance.random() < 0.3]
    want(_anybody(event, chance), *chosen, party=chance.choice((1, 2, 3)))


def is_published(event: int, chance: random.Random) -> None:
    sizes = {key: chance.randrange(2, 6) for key in SESSIONS}
    resize(event, chance.randrange(8, 13), sessions=sizes)


def answers(event: int, chance: random.Random) -> None:
    """An offer, if one is open; and mostly it is accepted."""
    open_offers = [wait for wait in ledger.read(event).waits if wait.state == "offered"]
    if open_offers:
        who = chance.choice(open_offers).registration_id
        accept(who) if chance.random() < 0.6 else decline(who)


def leaves(event: int, chance: random.Random) -> None:
    if line := ledger.read(event).in_line():
        leave_line(chance.choice(line).registration_id)


def time_passes(event: int, chance: random.Random) -> None:
    answering.end_what_is_over(NOON)


MOVES: tuple[Move, ...] = (comes, comes, comes, cancels, cancels, changes, answers, answers)
ALL_MOVES = (*MOVES, leaves, is_published, time_passes)


def _anybody(event: int, chance: random.Random) -> int:
    if not ledger.read(event).registrations:
        comes(event, chance)
    number: int = chance.choice(ledger.read(event).registrations).id
    return number


def in_pairs(app: Flask, times: int, moves: Sequence[Move] = ALL_MOVES) -> None:
    """Each time two do something at once; then everything is looked at."""
    event = fair(app, 10, sessions=dict.fromkeys(SESSIONS, 4))
    start = Barrier(2)
    chances = [random.Random(number) for number in (1, 2)]  # noqa: S311 - the same each time

    def move(chance: random.Random) -> None:
        with app.app_context():
            made = chance.choice(moves)
            start.wait(timeout=30)
            try:
                made(event, chance)
            except RegistrationError:
                return

    before: Ledger | None = None
    with ThreadPoolExecutor(2) as both:
        for _ in range(times):
            list(both.map(move, chances))
            before = _looked_at(event, before)


def _looked_at(event: int, before: Ledger | None) -> Ledger:
    now = ledger.read(event)
    ledger.assert_counts_agree(now)
    ledger.assert_nobody_has_anything_twice(now)
    ledger.assert_no_free_seat_while_somebody_may_have_it(now, NOON)
    if before:
        ledger.assert_nothing_that_ended_begins_anew(before, now)
        ledger.assert_nothing_is_oversold(before, now)
    return now


@pytest.mark.usefixtures("context")
def test_two_at_once_leave_everything_right(app: Flask) -> None:
    in_pairs(app, rounds(80, full=3_000))


def look_without_holding(session: Session, event_id: int) -> dict[str, Pool]:
    """As ``pools.locked``, but others may change what is read."""
    rows = session.execute(
        sa.select(
            SeatPool.id,
            SeatPool.session_key.label("key"),
            SeatPool.capacity,
            SeatPool.held,
            SeatPool.taken,
            SeatPool.waiting,
            SeatPool.offers_end,
        ).where(SeatPool.event_id == event_id)
    )
    known = {row.key: Pool(**row._mapping) for row in rows}
    # Time for the other to read the same.
    time.sleep(0.3)
    return known


def both_hand_out(app: Flask) -> None:
    """Four seats have become free, for two who are alone and two parties that do not fit; and two
    workers see it at the same moment."""
    event = fair(app, 10)
    for number, party in enumerate((10, 1, 1, 6, 6)):
        come(event, number, party)
    with write() as session:
        session.execute(sa.update(SeatPool).values(capacity=14))
    start = Barrier(2)

    def work(_: int) -> None:
        with app.app_context():
            start.wait(timeout=30)
            answering.end_what_is_over(NOON)

    with ThreadPoolExecutor(2) as both:
        list(both.map(work, range(2)))
    _looked_at(event, None)


@pytest.mark.usefixtures("context")
def test_two_workers_hand_the_same_seats_out_once(app: Flask) -> None:
    both_hand_out(app)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_without_holding_the_pools_two_at_once_leave_something_wrong(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "locked", look_without_holding)

    with pytest.raises((AssertionError, Busy)):
        both_hand_out(app)


@pytest.mark.usefixtures("context")
def test_without_the_guard_two_at_once_leave_something_wrong(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    unguarded = {
        kind: purchase.in_one_statement(sa.true(), kind) for kind in purchase.IN_ONE_STATEMENT
    }
    monkeypatch.setattr(purchase, "TAKE_SEATS", purchase.take_seats(sa.true()))
    monkeypatch.setattr(purchase, "IN_ONE_STATEMENT", unguarded)

    with pytest.raises(AssertionError):
        in_pairs(app, 1_000)
