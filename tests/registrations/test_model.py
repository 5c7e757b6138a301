"""Whatever visitors, organisers and the clock do, in any order: the tables say what the rules say.

The rules are told twice: in ``plain_event.py``, whose every word is compared, and in
``ledger.py``, which looks at the tables alone.
"""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import Phase

from showcase.registrations.models import Wait
from showcase.registrations.seats import line, purchase
from showcase.registrations.seats.held import Held
from showcase.registrations.seats.pools import NOBODY_WAITS, ROOM
from tests.conftest import FULL
from tests.registrations.machine import play


@pytest.mark.usefixtures("context")
def test_every_step_leaves_what_the_rules_say(app: Flask, engine: str) -> None:
    few, many = (60, 2_000) if engine == "sqlite" else (15, 300)

    reached = play(app, examples=many if FULL else few, steps=50 if FULL else 30)

    # Or nothing was shown; what is rarer comes about in the full number of rounds.
    assert {"accepted", "cancelled", "left"} <= set(reached)
    if FULL:
        assert {"declined", "expired", "refused"} <= set(reached)
        assert {"passed", "seats kept", "offered with sessions"} <= set(+reached)


# The controls: with one rule broken, the same steps must find it.


def sell_without_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    unguarded(monkeypatch, sa.true())


def sell_past_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    unguarded(monkeypatch, ROOM)


def sell_what_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    unguarded(monkeypatch, NOBODY_WAITS)


def unguarded(monkeypatch: pytest.MonkeyPatch, guard: sa.ColumnElement[bool]) -> None:
    statements = {
        kind: purchase.in_one_statement(guard, kind) for kind in purchase.IN_ONE_STATEMENT
    }
    monkeypatch.setattr(purchase, "TAKE_SEATS", purchase.take_seats(guard))
    monkeypatch.setattr(purchase, "IN_ONE_STATEMENT", statements)


def offer_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Held, "hand_out", lambda self, at: None)


def starve_the_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line._First, "has_been_passed_enough", False)


def keep_what_was_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(session: Any, wait: Wait, known: Any, *, state: str, at: Any) -> None:
        wait.state, wait.decided_at = state, at

    monkeypatch.setattr(line, "leave", leave)


def tell_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Held, "owe", lambda self, kind, at: None)


BROKEN = (
    sell_without_looking,
    sell_what_is_not_there,
    offer_nothing,
    keep_what_was_offered,
    sell_past_the_line,
    starve_the_large,
    tell_nobody,
)


# PostgreSQL is slower, and what finds these is the same on both.
@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("engine", "broken"),
    [*(("sqlite", each) for each in BROKEN), *(("postgresql", each) for each in BROKEN[:3])],
    indirect=["engine"],
)
def test_a_broken_rule_is_found(
    app: Flask, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    broken(monkeypatch)

    with pytest.raises(AssertionError):
        play(app, examples=60, steps=30, phases=[Phase.generate], derandomize=True, database=None)
