from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from showcase.outbox.leases import (
    LEASE,
    WAITS,
    claim_due,
    is_any_due,
    mark_failed,
    mark_sent,
    mark_void,
)
from tests.outbox.builders import messages, owe, states
from tests.registrations.people import NOON


@pytest.mark.usefixtures("context")
def test_a_message_is_claimed_once_until_its_lease_ends(app: Flask) -> None:
    owe(app)

    first = claim_due(limit=10, at=NOON)
    meanwhile = claim_due(limit=10, at=NOON + LEASE - timedelta(seconds=1))
    after = claim_due(limit=10, at=NOON + LEASE)

    assert [claim.id for claim in first] == [claim.id for claim in after]
    assert meanwhile == []
    # A process that died is no try: a hundred of them would not make a message dead.
    assert [claim.attempts for claim in (*first, *after)] == [0, 0]


@pytest.mark.usefixtures("context")
def test_nothing_is_claimed_before_it_is_due(app: Flask) -> None:
    owe(app)

    assert not is_any_due(NOON - timedelta(seconds=1))
    assert claim_due(limit=10, at=NOON - timedelta(seconds=1)) == []
    assert is_any_due(NOON)


@pytest.mark.usefixtures("context")
def test_the_oldest_are_claimed_first_and_no_more_than_asked_for(app: Flask) -> None:
    for number in range(5):
        owe(app, phone=f"+880171100000{number}")

    claims = claim_due(limit=3, at=NOON)

    assert [claim.id for claim in claims] == [message.id for message in messages(app)][:3]


@pytest.mark.usefixtures("context")
def test_what_is_settled_is_not_claimed_again(app: Flask) -> None:
    for number in range(3):
        owe(app, phone=f"+880171100000{number}")
    sent, void, dead = claim_due(limit=10, at=NOON)

    mark_sent(sent, at=NOON)
    mark_void(void)
    mark_failed(dead, error="RefusedForGood", for_good=True, at=NOON)

    assert states(app) == ["sent", "void", "dead"]
    assert claim_due(limit=10, at=NOON + timedelta(days=9)) == []


@pytest.mark.usefixtures("context")
def test_a_message_that_fails_is_tried_again_later_and_later_and_then_given_up(
    app: Flask,
) -> None:
    owe(app)
    at, waited = NOON, []

    while states(app) == ["ready"]:
        (claim,) = claim_due(limit=1, at=at)
        mark_failed(claim, error="TimeoutError", for_good=False, at=at)
        waited.append(messages(app)[0].due_at - at)
        at = messages(app)[0].due_at

    assert tuple(waited[:-1]) == WAITS
    assert states(app) == ["dead"]
    assert messages(app)[0].last_error == "TimeoutError"
    assert sum(WAITS, timedelta()) > timedelta(days=1)


def test_many_workers_claim_each_message_once(app: Flask) -> None:
    for number in range(30):
        owe(app, phone=f"+88017110000{number:02}")
    workers = 8
    start = Barrier(workers)

    def work(_: int) -> list[int]:
        claimed: list[int] = []
        start.wait()
        with app.app_context():
            while claims := claim_due(limit=4, at=NOON):
                claimed += [claim.id for claim in claims]
        return claimed

    with ThreadPoolExecutor(workers) as pool:
        claimed = [number for numbers in pool.map(work, range(workers)) for number in numbers]

    assert sorted(claimed) == [message.id for message in messages(app)]
