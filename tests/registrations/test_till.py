from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic, sleep

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from showcase.db import db, write
from showcase.documents.models import SiteMark
from showcase.registrations.errors import PoolRefuses
from showcase.registrations.seats.till import Till

Purchase = Callable[[Session], int]


def buys(number: int) -> Purchase:
    def purchase(session: Session) -> int:
        session.connection().execute(sa.insert(SiteMark).values(name=f"n{number}", value=number))
        return number

    return purchase


def fails(error: Exception) -> Purchase:
    def purchase(session: Session) -> int:
        buys(100)(session)
        raise error

    return purchase


def together(app: Flask, till: Till, purchases: list[Purchase]) -> list[Future[int]]:
    """Let them all wait at the till before the first is served."""

    def buy(purchase: Purchase) -> int:
        with app.app_context():
            return till.buy(purchase)

    with ThreadPoolExecutor(len(purchases)) as threads:
        with till._serving:
            bought = [threads.submit(buy, purchase) for purchase in purchases]
            give_up = monotonic() + 5
            while len(till._waiting) < len(purchases) and monotonic() < give_up:
                sleep(0.01)
        return bought


def stored(app: Flask) -> list[int]:
    with app.app_context():
        names = sa.select(SiteMark.value).where(SiteMark.name.startswith("n"))
        return sorted(db.session.scalars(names))


def commits(app: Flask) -> list[object]:
    """Grows with each commit of a writer."""
    seen: list[object] = []
    with app.app_context():
        sa.event.listen(db.engines["write"], "commit", seen.append)
    return seen


def test_all_who_wait_are_served_in_one_commit(app: Flask) -> None:
    made = commits(app)

    bought = together(app, Till(), [buys(number) for number in range(8)])

    assert [one.result() for one in bought] == list(range(8))
    assert stored(app) == list(range(8))
    assert len(made) == 1


@pytest.mark.parametrize("error", [PoolRefuses(), IntegrityError("", {}, Exception())])
def test_who_is_refused_is_undone_alone(app: Flask, error: Exception) -> None:
    bought = together(app, Till(), [buys(1), fails(error), buys(2)])

    assert [type(one.exception()) for one in bought] == [type(None), type(error), type(None)]
    assert stored(app) == [1, 2]


def test_when_the_commit_cannot_be_made_nobody_is_told_that_they_bought(app: Flask) -> None:
    till = Till()

    bought = together(app, till, [buys(1), fails(RuntimeError("disk full")), buys(2)])

    assert [type(one.exception()) for one in bought] == [RuntimeError] * 3
    assert stored(app) == []
    with app.app_context():
        assert till.buy(buys(3)) == 3
    assert stored(app) == [3]


def test_the_till_waits_for_its_turn_at_the_database(app: Flask) -> None:
    with app.app_context(), ThreadPoolExecutor(1) as threads:

        def buy() -> int:
            with app.app_context():
                return Till().buy(buys(1))

        with write() as session:
            buys(2)(session)
            bought = threads.submit(buy)
            sleep(0.1)
        assert bought.result() == 1

    assert stored(app) == [1, 2]
