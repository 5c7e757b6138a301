"""Many visitors of a real server at once, over real sockets: each promise with its control."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from flask import Flask

from showcase.db import db
from showcase.outbox.models import OutboxMessage
from showcase.registrations.models import Registration
from tests.bench.client import Answer, form, open_many_files
from tests.bench.servers import Site, serving
from tests.conftest import FULL, rounds
from tests.registrations import ledger, storm
from tests.registrations.builders import make_event
from tests.registrations.people import NOON

Value = TypeVar("Value")

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("context")]

# Of the full promise: 1,000 people, 200 seats, 4 processes, 20 times.
CROWD = 1_000 if FULL else 150
SEATS = CROWD // 5
PROCESSES = 4 if FULL else 2
AGAIN = rounds(1, full=20)
PARTIES = ("1", "2", "3", "4")


@pytest.fixture
def site(app: Flask, database_url: str, tmp_path: Path) -> Site:
    open_many_files()
    return storm.site_on(database_url, tmp_path)


def event_with(app: Flask, seats: int, *, keeps_list: bool = False) -> int:
    return make_event(
        app, storm.SLUG, seats=seats, registration={"waiting_list": "yes" if keeps_list else "no"}
    )


def parties(count: int, **changed: str) -> list[storm.Form]:
    return [form(n, party=PARTIES[n % len(PARTIES)], **changed) for n in range(count)]


def in_its_own_loop(task: Coroutine[Any, Any, Value]) -> Value:
    """In a thread of its own: journeys in a browser keep a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, task).result()


def rush(site: Site, forms: Sequence[storm.Form]) -> list[Answer]:
    with serving(site, workers=PROCESSES) as running:
        return in_its_own_loop(storm.all_at_once(running.port, forms))


def statuses(answers: Sequence[Answer]) -> Counter[str]:
    return Counter(answer.status for answer in answers)


@pytest.mark.parametrize("_round", range(AGAIN))
def test_a_crowd_gets_the_seats_there_are_and_everybody_an_answer(
    app: Flask, site: Site, _round: int
) -> None:
    event = event_with(app, SEATS)
    forms = parties(CROWD)

    answers = rush(site, forms)

    now = ledger.read(event)
    ledger.assert_counts_agree(now)
    taken = now.pools[""].taken
    told = [int(f["party"]) for f, a in zip(forms, answers, strict=True) if a.status == "303"]
    refused = [int(f["party"]) for f, a in zip(forms, answers, strict=True) if a.status == "409"]
    assert set(statuses(answers)) == {"303", "409"}
    assert sum(told) == sum(row.party for row in now.registrations) == taken
    # Exact: whoever was refused would not have fitted.
    assert SEATS - min(refused) < taken <= SEATS


@pytest.mark.parametrize("_round", range(AGAIN))
def test_a_crowd_that_waits_stands_in_the_order_in_which_it_was_registered(
    app: Flask, site: Site, _round: int
) -> None:
    event = event_with(app, SEATS, keeps_list=True)

    answers = rush(site, parties(CROWD, wait="y"))

    now = ledger.read(event)
    assert statuses(answers) == {"303": CROWD}
    assert Counter(row.state for row in now.registrations).total() == CROWD
    ledger.assert_counts_agree(now)
    ledger.assert_nobody_has_anything_twice(now)
    ledger.assert_no_free_seat_while_somebody_may_have_it(now, NOON)
    in_line = [wait.registration_id for wait in now.waits]
    assert in_line == sorted(in_line)
    assert SEATS - 4 < now.pools[""].taken <= SEATS


def test_without_the_guard_a_crowd_is_sold_more(app: Flask, site: Site) -> None:
    event = event_with(app, SEATS)

    with serving(site, workers=PROCESSES, guarded=False) as running:
        in_its_own_loop(storm.all_at_once(running.port, parties(CROWD)))

    assert ledger.read(event).pools[""].taken > SEATS


# Asked twice


def test_each_form_sent_many_times_at_once_makes_one_registration_and_one_answer(
    app: Flask, site: Site
) -> None:
    keys, times = (200, 50) if FULL else (4, 25)
    event_with(app, 10 * keys)

    async def ask(port: int) -> list[list[Answer]]:
        crowd = await storm.visitors(port, keys)
        answered = []
        for number, visitor in enumerate(crowd):
            asked = form(number)
            answered.append(await storm.same_again(visitor, asked, port, times))
            other = await storm.send(visitor, {**asked, "name": "Karim Uddin"}, port)
            assert other.status == "422"
        return answered

    with serving(site, workers=PROCESSES) as running:
        answers = in_its_own_loop(ask(running.port))

    assert {len(set(same)) for same in answers} == {1}
    assert statuses([same[0] for same in answers]) == {"303": keys}
    assert registrations() == keys


# Answers that are lost


def test_an_answer_that_is_lost_costs_nobody_a_seat_or_a_second_one(app: Flask, site: Site) -> None:
    trials = rounds(20, full=250)
    event_with(app, 10 * trials)

    lost, again = in_its_own_loop(_lost_and_sent_again(site, [form(n) for n in range(trials)]))

    assert set(lost) == {storm.NONE}
    assert statuses(again) == {"303": trials}
    assert registrations() == messages() == trials


def test_without_the_forms_key_a_lost_answer_makes_a_second_registration(
    app: Flask, site: Site
) -> None:
    trials = 5
    event_with(app, 10 * trials)

    # As from a family's other telephone, after the page was opened anew.
    forms = [form(number) for number in range(trials)]
    anew = [form(trials + number) for number in range(trials)]
    in_its_own_loop(_lost_and_sent_again(site, forms, anew))

    assert registrations() == 2 * trials


async def _lost_and_sent_again(
    site: Site, forms: Sequence[storm.Form], anew: Sequence[storm.Form] | None = None
) -> tuple[list[Answer], list[Answer]]:
    with serving(site, workers=1) as running:
        crowd = await storm.visitors(running.port, len(forms))
        async with storm.losing_answers(running.port) as cut:
            lost = [await storm.send(v, f, cut) for v, f in zip(crowd, forms, strict=True)]
        pairs = zip(crowd, anew or forms, strict=True)
        return lost, [await storm.send(v, f, running.port) for v, f in pairs]


def test_a_server_killed_after_the_commit_costs_nobody_a_seat_or_a_second_one(
    app: Flask, site: Site, database_url: str
) -> None:
    at_once, times = 25, rounds(5, full=10)
    event_with(app, 10 * at_once * times)
    committed_unanswered = 0

    for number in range(times):
        if committed_unanswered and not FULL:
            times = number
            break
        forms = [form(number * at_once + n) for n in range(at_once)]
        before = registrations()
        first = in_its_own_loop(_killed_meanwhile(site, database_url, forms))
        answered = statuses(first)["303"]
        committed_unanswered += registrations() - before - answered
        with serving(site, workers=1) as running:
            again = in_its_own_loop(storm.all_at_once(running.port, forms))
        assert statuses(again) == {"303": at_once}

    assert registrations() == messages() == at_once * times
    # Or nothing was shown: somebody was registered and did not hear of it.
    assert committed_unanswered > 0


async def _killed_meanwhile(
    site: Site, database_url: str, forms: Sequence[storm.Form]
) -> list[Answer]:
    with serving(site, workers=1) as running:
        crowd = await storm.visitors(running.port, len(forms))
        sending = [
            asyncio.create_task(storm.send(v, f, running.port))
            for v, f in zip(crowd, forms, strict=True)
        ]
        await storm.kill_after_the_first_commit(running, database_url)
        return await asyncio.gather(*sending)


def registrations() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Registration)) or 0


def messages() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) or 0
