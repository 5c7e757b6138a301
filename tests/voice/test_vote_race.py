"""Many votes of one ticket at once. The control shows that the tests would see a double count."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from showcase.db import Model, write
from showcase.errors import Busy
from showcase.voice import actions
from showcase.voice.errors import TicketEnded
from showcase.voice.models import Feedback, Slip, Vote
from tests.conftest import rounds
from tests.voice.fair import NOON, Visitor, change, come, make_fair, rows

CROWD = 32
STALLS = (3, 14, 20)


def all_at_once(app: Flask, attempt: Callable[[int], None]) -> int:
    """Let a crowd attempt something at the same moment; how many were answered."""
    start = Barrier(CROWD)

    def one(number: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                attempt(number)
            except Busy:
                return False
            return True

    with ThreadPoolExecutor(CROWD) as crowd:
        return sum(crowd.map(one, range(CROWD)))


def vote_at_once(app: Flask, event: int, visitor: Visitor) -> int:
    def attempt(number: int) -> None:
        # Half of the tabs have the categories the other way round.
        keys = ("best", "kindest") if number % 2 else ("kindest", "best")
        chosen = dict.fromkeys(keys, STALLS[number % 3])
        actions.vote(registration_id=visitor.id, event_id=event, chosen=chosen, at=NOON)

    return all_at_once(app, attempt)


@pytest.mark.parametrize("_round", range(rounds(2, full=20)))
def test_a_crowd_of_tabs_has_one_vote_in_each_category(app: Flask, _round: int) -> None:
    event = make_fair(app)
    visitor = come(app, event)

    answered = vote_at_once(app, event, visitor)

    assert answered == CROWD
    assert [category for (category,) in rows(app, Vote.category)] == ["best", "kindest"]


def test_without_the_key_one_ticket_would_count_many_times(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_fair(app)
    visitor = come(app, event)
    lose_the_key(app)
    monkeypatch.setattr(actions, "put", simply_add)

    vote_at_once(app, event, visitor)

    assert len(rows(app, Vote.category)) > 2


def lose_the_key(app: Flask) -> None:
    """The same table, but nothing in it is unique."""
    with app.app_context(), write() as session:
        session.execute(sa.text("CREATE TABLE votes_of_all AS SELECT * FROM votes"))
        session.execute(sa.text("DROP TABLE votes"))
        session.execute(sa.text("ALTER TABLE votes_of_all RENAME TO votes"))


def simply_add(
    session: Session, model: type[Model], values: dict[str, Any], *, once_for: object
) -> None:
    session.execute(sa.insert(model).values(values))


def test_one_slip_sent_many_times_at_once_is_one(app: Flask) -> None:
    event = make_fair(app)
    visitor = come(app, event)

    answered = all_at_once(
        app,
        lambda number: actions.fill_in_slip(
            registration_id=visitor.id,
            event_id=event,
            stall=14,
            minutes=number,
            taka=0,
            visits=1,
            at=NOON,
        ),
    )

    assert answered == CROWD
    assert rows(app, Slip.stall) == [(14,)]


def test_feedback_sent_many_times_at_once_is_one(app: Flask) -> None:
    event = make_fair(app)
    visitor = come(app, event)

    answered = all_at_once(
        app,
        lambda number: actions.give_feedback(
            registration_id=visitor.id, event_id=event, score=1 + number % 5, text="", at=NOON
        ),
    )

    assert answered == CROWD
    assert len(rows(app, Feedback.score)) == 1


@pytest.mark.parametrize("values", [{"state": "cancelled"}, {"erased_at": NOON}])
def test_nothing_is_kept_for_a_ticket_that_ended_meanwhile(
    app: Flask, values: dict[str, object]
) -> None:
    """After the page was asked and before the answer was stored."""
    event = make_fair(app)
    visitor = come(app, event)
    change(app, visitor, **values)
    same: dict[str, Any] = {"registration_id": visitor.id, "event_id": event, "at": NOON}

    with app.app_context():
        with pytest.raises(TicketEnded):
            actions.vote(**same, chosen={"best": 3})
        with pytest.raises(TicketEnded):
            actions.fill_in_slip(**same, stall=3, minutes=1, taka=1, visits=1)
        with pytest.raises(TicketEnded):
            actions.give_feedback(**same, score=5, text="Too late")

    assert rows(app, Vote.stall) + rows(app, Slip.stall) + rows(app, Feedback.score) == []
