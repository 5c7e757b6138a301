from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from showcase.db import db, write
from showcase.registrations.actions import RESENT_AT_MOST, cancel
from showcase.registrations.errors import FormAlreadyUsed, NotEnoughSeats
from showcase.registrations.models import FormKey, Registration, SeatPool
from showcase.registrations.queries import marks, seats_left, seats_left_of_all, ticket_by_id
from showcase.registrations.seats.pools import EVENT, PoolSize
from showcase.registrations.secret import CODE_ALPHABET, hash_of
from showcase.registrations.sizing import set_sizes
from tests.registrations.builders import make_event
from tests.registrations.forms import new_key
from tests.registrations.people import KARIM, NOON, RAHIMA, Books, ask, books, owed, registration
from tests.registrations.test_news import publish_anew

pytestmark = pytest.mark.usefixtures("context")


def test_register_takes_the_seats_of_the_whole_party(app: Flask) -> None:
    event = make_event(app, seats=5)

    receipt = ask(event, party=3)

    assert receipt.is_new
    assert books(event) == Books(taken=3, people=3, registrations=1)
    assert seats_left(event) == 2


def test_register_owes_the_ticket_on_every_channel_given(app: Flask) -> None:
    event = make_event(app)

    by_phone = ask(event)
    by_both = ask(event, phone=KARIM, email="karim@example.com")

    assert owed(by_phone.registration_id) == [("confirmation", "sms", "ready")]
    assert owed(by_both.registration_id) == [
        ("confirmation", "sms", "ready"),
        ("confirmation", "email", "ready"),
    ]


def test_register_stores_the_secret_as_a_hash_alone(app: Flask) -> None:
    receipt = ask(make_event(app))

    ticket = ticket_by_id(receipt.registration_id)

    assert ticket is not None
    row = registration(receipt.registration_id)
    assert row.secret_hash == hash_of(ticket.secret)
    assert ticket.secret not in [str(getattr(row, column.key)) for column in sa.inspect(row).attrs]


def test_register_gives_a_code_without_look_alikes(app: Flask) -> None:
    receipt = ask(make_event(app))

    code = registration(receipt.registration_id).code

    assert len(code) == 8
    assert set(code) <= set(CODE_ALPHABET)
    assert not set(CODE_ALPHABET) & set("01258OILZSGBUVAE")


def test_last_seat_can_be_taken_and_no_more(app: Flask) -> None:
    event = make_event(app, seats=2)
    ask(event, party=2)

    with pytest.raises(NotEnoughSeats) as refused:
        ask(event, phone=KARIM)

    assert refused.value.seats_left == 0
    assert books(event) == Books(taken=2, people=2, registrations=1)


def test_a_party_larger_than_what_is_left_is_told_how_many_are(app: Flask) -> None:
    event = make_event(app, seats=5)
    ask(event, party=3)

    with pytest.raises(NotEnoughSeats) as refused:
        ask(event, phone=KARIM, party=3)

    assert refused.value.seats_left == 2
    assert ask(event, phone=KARIM, party=2).is_new


def test_a_refusal_leaves_nothing_behind(app: Flask) -> None:
    event = make_event(app, seats=1)

    with pytest.raises(NotEnoughSeats):
        ask(event, party=2)

    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Registration)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(FormKey)) == 0


def test_seats_held_for_walk_ins_are_not_sold(app: Flask) -> None:
    event = make_event(app, seats=5, held=4)
    ask(event)

    with pytest.raises(NotEnoughSeats):
        ask(event, phone=KARIM)


def test_the_same_form_again_is_answered_the_same_and_sends_nothing(app: Flask) -> None:
    event = make_event(app)
    key = new_key()
    first = ask(event, key=key)

    again = ask(event, key=key)

    assert (again.registration_id, again.is_new) == (first.registration_id, False)
    assert books(event) == Books(taken=1, people=1, registrations=1)
    assert owed(first.registration_id) == [("confirmation", "sms", "ready")]


def test_the_same_form_again_is_answered_although_the_event_filled_up(app: Flask) -> None:
    event = make_event(app, seats=1)
    key = new_key()
    first = ask(event, key=key)

    assert ask(event, key=key).registration_id == first.registration_id


def test_the_same_key_with_other_answers_is_refused(app: Flask) -> None:
    event = make_event(app)
    key = new_key()
    ask(event, key=key)

    with pytest.raises(FormAlreadyUsed):
        ask(event, key=key, party=2)
    with pytest.raises(FormAlreadyUsed):
        ask(event, key=key, phone=KARIM)

    assert books(event) == Books(taken=1, people=1, registrations=1)


def test_the_same_key_at_another_event_is_refused(app: Flask) -> None:
    key = new_key()
    ask(make_event(app), key=key)

    with pytest.raises(FormAlreadyUsed):
        ask(make_event(app, "dhaka-summit"), key=key)


@pytest.mark.parametrize("typed", [{"phone": RAHIMA}, {"email": "rahima@example.com"}])
def test_the_same_person_again_gets_the_first_ticket_again(
    app: Flask, typed: dict[str, str]
) -> None:
    event = make_event(app)
    first = ask(event, phone=RAHIMA, email="rahima@example.com")

    again = ask(event, **{"phone": None, "email": None, **typed}, party=2)

    assert (again.registration_id, again.is_new) == (first.registration_id, False)
    assert books(event) == Books(taken=1, people=1, registrations=1)
    assert (
        owed(first.registration_id)
        == [
            ("confirmation", "sms", "ready"),
            ("confirmation", "email", "ready"),
        ]
        * 2
    )


def test_a_ticket_is_sent_again_only_to_the_contact_on_record(app: Flask) -> None:
    event = make_event(app)
    first = ask(event, phone=RAHIMA, email=None)

    ask(event, phone=RAHIMA, email="stranger@example.com")

    assert owed(first.registration_id) == [("confirmation", "sms", "ready")] * 2
    assert registration(first.registration_id).email is None


def test_a_repeat_that_is_sent_again_itself_sends_nothing_more(app: Flask) -> None:
    event = make_event(app)
    first = ask(event)
    key = new_key()
    ask(event, key=key)

    ask(event, key=key)

    assert owed(first.registration_id) == [("confirmation", "sms", "ready")] * 2


def test_a_number_typed_all_day_is_sent_a_few_messages_only(app: Flask) -> None:
    event = make_event(app)
    first = ask(event)

    for _ in range(RESENT_AT_MOST + 3):
        ask(event)
    sent_that_day = len(owed(first.registration_id))
    ask(event, at=NOON + timedelta(days=1, seconds=1))

    assert sent_that_day == 1 + RESENT_AT_MOST
    assert len(owed(first.registration_id)) == sent_that_day + 1


def test_a_person_registers_for_two_events(app: Flask) -> None:
    fair, summit = make_event(app), make_event(app, "dhaka-summit")

    assert ask(fair).is_new
    assert ask(summit).is_new


def test_cancelling_frees_the_seats_and_confirms_it(app: Flask) -> None:
    event = make_event(app)
    first = ask(event, party=2)
    ticket = ticket_by_id(first.registration_id)
    assert ticket is not None

    assert cancel(secret=ticket.secret, at=NOON)

    assert books(event) == Books(taken=0, people=0, registrations=0)
    assert owed(first.registration_id) == [
        ("confirmation", "sms", "void"),
        ("cancellation", "sms", "ready"),
    ]
    assert registration(first.registration_id).ended_at == NOON


def test_cancelling_twice_frees_the_seats_once(app: Flask) -> None:
    event = make_event(app)
    ask(event, phone=KARIM, party=2)
    ticket = ticket_by_id(ask(event).registration_id)
    assert ticket is not None
    cancel(secret=ticket.secret, at=NOON)

    assert not cancel(secret=ticket.secret, at=NOON)

    assert books(event) == Books(taken=2, people=2, registrations=1)


def test_cancelling_with_a_wrong_secret_changes_nothing(app: Flask) -> None:
    event = make_event(app)
    ask(event)

    assert not cancel(secret="x" * 23, at=NOON)

    assert books(event) == Books(taken=1, people=1, registrations=1)


def test_who_cancelled_can_register_anew(app: Flask) -> None:
    event = make_event(app)
    first = ask(event)
    ticket = ticket_by_id(first.registration_id)
    assert ticket is not None
    cancel(secret=ticket.secret, at=NOON)

    second = ask(event, party=2)

    assert second.is_new
    assert second.registration_id != first.registration_id
    assert books(event) == Books(taken=2, people=2, registrations=1)


def test_lowering_the_seats_sends_nobody_away(app: Flask) -> None:
    event = make_event(app, seats=5)
    ask(event, party=4)

    with write() as session:
        set_sizes(session, event_id=event, sizes=[PoolSize(EVENT, 2, 0)], at=NOON)

    assert books(event) == Books(taken=4, people=4, registrations=1)
    assert seats_left(event) == 0
    with pytest.raises(NotEnoughSeats) as refused:
        ask(event, phone=KARIM)
    assert refused.value.seats_left == 0


def test_seats_left_of_all_tells_every_event(app: Flask) -> None:
    fair, summit = make_event(app, seats=5), make_event(app, "dhaka-summit", seats=7, held=2)
    ask(fair, party=2)

    assert seats_left_of_all() == {fair: 3, summit: 5}
    assert seats_left(10_000) is None


def test_marks_move_with_every_seat_and_never_come_back(app: Flask) -> None:
    event = make_event(app)
    seen = [marks()]
    first = ask(event)
    seen.append(marks())
    ticket = ticket_by_id(first.registration_id)
    assert ticket is not None
    cancel(secret=ticket.secret, at=NOON)
    seen.append(marks())
    with write() as session:
        set_sizes(session, event_id=event, sizes=[PoolSize(EVENT, 6, 0)], at=NOON)
    seen.append(marks())

    assert seen == sorted(set(seen))


def test_marks_stay_when_an_event_is_published_as_it_was(app: Flask) -> None:
    event = make_event(app, seats=5)
    publish_anew(event)
    before = marks()

    publish_anew(event, summary="Other words, which change no seat of this event.")

    assert marks() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"party": 0},
        {"party": 11},
        {"phone": None, "email": None},
        {"email": "Rahima@Example.com"},
        {"state": "perhaps"},
    ],
)
def test_the_table_refuses_what_no_form_lets_through(app: Flask, wrong: dict[str, object]) -> None:
    right = {
        "event_id": make_event(app),
        "public_id": "a",
        "secret_hash": "b",
        "code": "C",
        "name": "Rahima",
        "phone": RAHIMA,
        "email": None,
        "party": 1,
        "needs": "",
        "language": "en",
        "state": "confirmed",
        "registered_at": NOON,
    }

    with pytest.raises(sa.exc.IntegrityError), write() as session:
        session.add(Registration(**{**right, **wrong}))


def test_the_table_refuses_fewer_than_no_seats(app: Flask) -> None:
    make_event(app)

    with pytest.raises(sa.exc.IntegrityError), write() as session:
        session.execute(sa.update(SeatPool).values(taken=-1))
