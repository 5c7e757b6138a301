"""What other features ask of the outbox: owe one, owe many, owe once, take back, try again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from showcase.db import db, write
from showcase.outbox import actions
from showcase.outbox.actions import put, put_to_all, try_again, void
from showcase.outbox.leases import claim_due, mark_failed, mark_sent
from showcase.outbox.models import OutboxMessage
from showcase.registrations.models import Registration
from tests.conftest import rounds
from tests.outbox.builders import crowd, messages, owe, owe_crowd, states
from tests.registrations.people import NOON, RAHIMA, owed

HOUR = timedelta(hours=1)


@pytest.mark.usefixtures("context")
def test_a_message_may_be_owed_for_later(app: Flask) -> None:
    rahima = owe(app)
    with write() as session:
        put(
            session,
            registration_id=rahima,
            kind="thanks",
            phone=None,
            email="rahima@example.com",
            at=NOON,
            due_at=NOON + HOUR,
        )

    now, later = claim_due(limit=9, at=NOON), claim_due(limit=9, at=NOON + HOUR)

    assert [claim.kind for claim in now] == ["confirmation"]
    assert "thanks" in [claim.kind for claim in later]
    assert {message.made_at for message in messages(app)} == {NOON}


@pytest.mark.usefixtures("context")
def test_nobody_is_owed_what_cannot_reach_them(app: Flask) -> None:
    rahima = owe(app)
    with write() as session:
        put(session, registration_id=rahima, kind="thanks", phone=None, email=None, at=NOON)

    assert [kind for kind, _, _ in owed(rahima)] == ["confirmation"]


@pytest.mark.usefixtures("context")
def test_many_are_owed_a_message_on_every_channel_they_gave(app: Flask) -> None:
    both = owe(app, email="rahima@example.com")
    phone = owe(app, phone="+8801811000000")
    email = owe(app, phone=None, email="karim@example.com")
    with write() as session:
        made = put_to_all(session, crowd(), kind="postponed", at=NOON, due_at=NOON + HOUR)

    found = [message for message in messages(app) if message.kind == "postponed"]
    assert made == 4
    assert sorted((message.registration_id, message.channel) for message in found) == [
        (both, "email"),
        (both, "sms"),
        (phone, "sms"),
        (email, "email"),
    ]
    assert {(m.state, m.attempts, m.made_at, m.due_at) for m in found} == {
        ("ready", 0, NOON, NOON + HOUR)
    }


@pytest.mark.usefixtures("context")
def test_only_whom_the_caller_selects_is_owed(app: Flask) -> None:
    first, _ = owe_crowd(app, ["a@example.com", "b@example.com"])
    with write() as session:
        chosen = crowd().where(Registration.id == first)
        made = put_to_all(session, chosen, kind="reminder", at=NOON, once="2026-12-01")

    assert made == 1
    assert [kind for kind, _, _ in owed(first)] == ["confirmation", "reminder"]


def remind(once: str | None) -> int:
    with write() as session:
        return put_to_all(session, crowd(), kind="reminder", at=NOON, once=once)


@pytest.mark.usefixtures("context")
def test_for_one_occasion_a_message_is_made_once(app: Flask) -> None:
    owe(app, email="rahima@example.com")

    first, again = remind("2026-12-01"), remind("2026-12-01")
    owe(app, phone="+8801811000000")
    newcomer, postponed = remind("2026-12-01"), remind("2026-12-08")

    assert (first, again, newcomer, postponed) == (2, 0, 1, 3)


@pytest.mark.usefixtures("context")
def test_it_is_not_made_again_after_it_was_sent_given_up_or_taken_back(app: Flask) -> None:
    ids = owe_crowd(app, [f"{n}@example.com" for n in "abc"])
    for claim in claim_due(limit=9, at=NOON):
        mark_sent(claim, at=NOON)
    remind("2026-12-01")
    sent, dead, _ = claim_due(limit=9, at=NOON)
    mark_sent(sent, at=NOON)
    mark_failed(dead, error="RefusedForGood", for_good=True, at=NOON)
    with write() as session:
        void(session, registration_id=ids[2])

    assert remind("2026-12-01") == 0
    assert states(app)[3:] == ["sent", "dead", "void"]


@pytest.mark.usefixtures("context")
def test_without_an_occasion_a_message_is_made_each_time(app: Flask) -> None:
    owe(app)

    assert (remind(None), remind(None)) == (1, 1)


def once_by_looking_first() -> int:
    """The control: who looks whether there is one and then makes it is too late."""
    reminded = sa.select(OutboxMessage.registration_id).where(OutboxMessage.kind == "reminder")
    with write() as session:
        chosen = crowd().where(Registration.id.not_in(reminded))
        people = session.execute(chosen).all()
        _together.wait()
        for number, phone, email in people:
            put(session, registration_id=number, kind="reminder", phone=phone, email=email, at=NOON)
    return len(people)


_together = Barrier(2)


def at_once(app: Flask, remind_all: Callable[[], int], processes: int) -> list[int]:
    start = Barrier(processes)

    def work(_: int) -> int:
        with app.app_context():
            start.wait()
            return remind_all()

    with ThreadPoolExecutor(processes) as pool:
        return list(pool.map(work, range(processes)))


def reminders(app: Flask) -> int:
    return sum(message.kind == "reminder" for message in messages(app))


def test_many_who_remind_at_once_remind_each_person_once(app: Flask) -> None:
    people = len(owe_crowd(app, [f"visitor{n}@example.com" for n in range(200)]))

    for number in range(rounds(3, full=20)):
        made = at_once(app, lambda number=number: remind(f"day {number}"), 4)  # type: ignore[misc]

        assert sum(made) == people
        assert reminders(app) == people * (number + 1)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_looking_first_would_remind_twice(app: Flask) -> None:
    """The negative control. On SQLite, where one writes at a time, looking would do."""
    people = len(owe_crowd(app, [f"visitor{n}@example.com" for n in range(20)]))

    made = at_once(app, once_by_looking_first, 2)

    assert sum(made) == reminders(app) == 2 * people


@pytest.mark.usefixtures("context")
def test_all_or_some_of_what_is_not_sent_yet_can_be_taken_back(app: Flask) -> None:
    rahima = owe(app)
    (claim,) = claim_due(limit=9, at=NOON)
    mark_sent(claim, at=NOON)
    karim = owe(app, phone="+8801811000000")
    for kind in ("reminder", "thanks", "offer"):
        for number in (rahima, karim):
            with write() as session:
                put(session, registration_id=number, kind=kind, phone=RAHIMA, email=None, at=NOON)

    with write() as session:
        void(session, registration_id=rahima, kinds=["reminder", "offer"])
    some = owed(rahima)
    with write() as session:
        void(session, registration_id=rahima, kind="thanks")
        void(session, registration_id=karim)

    assert some == [
        ("confirmation", "sms", "sent"),
        ("reminder", "sms", "void"),
        ("thanks", "sms", "ready"),
        ("offer", "sms", "void"),
    ]
    assert [state for _, _, state in owed(rahima)] == ["sent", "void", "void", "void"]
    assert {state for _, _, state in owed(karim)} == {"void"}


@pytest.mark.usefixtures("context")
def test_taking_back_no_kind_takes_back_nothing(app: Flask) -> None:
    rahima = owe(app)
    with write() as session:
        void(session, registration_id=rahima, kinds=[])

    assert states(app) == ["ready"]


@pytest.mark.usefixtures("context")
def test_what_was_given_up_is_tried_again_from_the_start(app: Flask) -> None:
    owe(app, email="rahima@example.com")
    for claim in claim_due(limit=9, at=NOON):
        mark_failed(claim, error="RefusedForGood", for_good=True, at=NOON)
    with write() as session:
        session.execute(sa.update(OutboxMessage).values(attempts=8))
    actions.woken.clear()

    revived = try_again(kind=None, at=NOON + HOUR)

    assert revived == 2
    assert {(m.state, m.attempts, m.due_at, m.last_error) for m in messages(app)} == {
        ("ready", 0, NOON + HOUR, None)
    }
    assert actions.woken.is_set()


@pytest.mark.usefixtures("context")
def test_only_one_kind_is_tried_again_when_asked(app: Flask) -> None:
    owe(app)
    remind(None)
    with write() as session:
        session.execute(sa.update(OutboxMessage).values(state="dead"))

    assert try_again(kind="reminder", at=NOON) == 1
    assert states(app) == ["dead", "ready"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("context")
def test_a_claim_reads_no_more_rows_than_it_must() -> None:
    """In the order of an index, with one look for each message at what was made before it."""
    from showcase.outbox.leases import _due
    from showcase.outbox.models import CHANNELS

    query = _due(NOON, CHANNELS).limit(10)
    told = query.compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = [row[3] for row in db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {told}"))]

    assert plan[0].startswith("SEARCH outbox USING INDEX ix_outbox_due_at_id_ready")
    assert plan[-1].endswith(
        "INDEX ix_outbox_registration_id_channel_id (registration_id=? AND channel=? AND id<?)"
    )
    assert not [step for step in plan if "SCAN" in step or "TEMP B-TREE" in step]
