"""Offers of what becomes free: whom they go to, how they are answered, and when they end."""

import pytest
from flask import Flask

from showcase.registrations.answering import (
    accept_offer,
    decline_offer,
    end_what_is_over,
    leave_list,
)
from showcase.registrations.errors import (
    NotEnoughSeats,
    NothingToAnswer,
    SessionsFull,
)
from showcase.registrations.queries import seats_left
from showcase.registrations.seats import line
from tests.registrations.lines import (
    DAY,
    HOUR,
    STARTS,
    accept,
    all_sent,
    come,
    decline,
    fair,
    leave_event,
    offered,
    resize,
    secret,
    state,
    states,
    taken,
    taken_back,
    told,
    wait_of,
    waiting,
    waits,
    want,
)
from tests.registrations.people import NOON, Books, books, registration

pytestmark = pytest.mark.usefixtures("context")


# What makes seats free


def test_a_party_that_comes_with_fewer_people_leaves_seats_to_the_line(app: Flask) -> None:
    event = fair(app, 4)
    comes, waits_for_two = come(event, 1, 4), come(event, 2, 2)

    want(comes, party=2)

    assert offered(waits_for_two) == [waits_for_two]
    assert taken(event) == 4


def test_more_seats_are_offered_at_once(app: Flask) -> None:
    event = fair(app, 1)
    come(event, 0)
    late = [come(event, number) for number in range(1, 4)]

    resize(event, 3)

    assert offered(*late) == late[:2]


def test_very_many_seats_are_offered_in_parts_so_that_others_may_write_between(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = fair(app, 1)
    come(event, 0)
    late = [come(event, number) for number in range(1, 9)]
    monkeypatch.setattr(line, "OFFERS_AT_ONCE", 3)

    resize(event, 8)
    assert offered(*late) == late[:3]
    end_what_is_over(NOON)

    assert offered(*late) == late[:7]


def test_seats_no_longer_held_for_walk_ins_are_offered_at_once(app: Flask) -> None:
    event = fair(app, 3)
    resize(event, 3, held=2)
    come(event, 0)
    one = come(event, 1)

    resize(event, 3, held=1)

    assert offered(one) == [one]


def test_declined_seats_go_to_the_next_and_never_back(app: Flask) -> None:
    event = fair(app, 1)
    comes, first, second = (come(event, number) for number in range(3))
    leave_event(comes)

    decline(first)
    decline(second)

    assert states(first, second) == ["declined", "declined"]
    assert [wait_of(one).state for one in (first, second)] == ["declined", "declined"]
    assert (taken(event), waiting(event)) == (0, 0)
    assert told(first) == []
    assert taken_back(first) == ["place", "offer"]


def test_an_offer_nobody_answers_goes_to_the_next_when_it_ends(app: Flask) -> None:
    event = fair(app, 1)
    comes, first, second = (come(event, number) for number in range(3))
    leave_event(comes)
    all_sent()

    end_what_is_over(NOON + DAY - HOUR)
    assert offered(first, second) == [first]
    end_what_is_over(NOON + DAY)

    assert offered(first, second) == [second]
    assert state(first) == "expired"
    assert told(first) == ["place", "offer", "offer_ended"]
    assert wait_of(second).offered_until == NOON + 2 * DAY


def test_who_cancelled_is_not_offered_again(app: Flask) -> None:
    event = fair(app, 1)
    comes, first = come(event, 1), come(event, 2)

    leave_event(comes)
    leave_event(first)

    assert states(comes, first) == ["cancelled", "cancelled"]
    assert (taken(event), waiting(event)) == (0, 0)
    assert waits(comes) == []
    assert seats_left(event) == 1


def test_who_cancelled_may_come_again_at_the_end_of_the_line(app: Flask) -> None:
    event = fair(app, 1)
    first, second = come(event, 1), come(event, 2)
    leave_event(first)

    again = come(event, 1)

    assert state(again) == "waiting"
    assert offered(second, again) == [second]


def test_fewer_seats_send_nobody_away_and_offer_none_until_enough_are_free(app: Flask) -> None:
    event = fair(app, 3)
    comes = [come(event, number) for number in range(3)]
    late = come(event, 10)

    resize(event, 1)
    assert states(*comes) == ["confirmed"] * 3
    leave_event(comes[0])
    leave_event(comes[1])

    assert offered(late) == []
    assert taken(event) == 1
    leave_event(comes[2])
    assert offered(late) == [late]


def test_an_open_offer_outlives_fewer_seats(app: Flask) -> None:
    event = fair(app, 2)
    comes, late = come(event, 1, 2), come(event, 2, 2)
    leave_event(comes)

    resize(event, 1)
    accept(late)

    assert state(late) == "confirmed"
    assert taken(event) == 2


# Answering


def test_an_accepted_offer_is_a_ticket(app: Flask) -> None:
    event = fair(app, 2)
    comes, late = come(event, 1, 2), come(event, 2, 2)
    leave_event(comes)

    accept(late)

    assert state(late) == "confirmed"
    assert told(late) == ["confirmation"]
    assert taken_back(late) == ["place", "offer"]
    assert books(event) == Books(taken=2, people=2, registrations=1)
    assert registration(late).changes == 1


def test_where_the_organiser_decides_an_accepted_offer_is_a_request(app: Flask) -> None:
    event = fair(app, 1)
    comes, late = come(event, 1), come(event, 2, needs_approval=True)
    leave_event(comes)

    accept(late, needs_approval=True)

    assert state(late) == "requested"
    assert told(late) == ["request"]
    assert taken(event) == 1


def test_an_offer_is_answered_once(app: Flask) -> None:
    event = fair(app, 1)
    comes, late = come(event, 1), come(event, 2)
    leave_event(comes)
    accept(late)

    with pytest.raises(NothingToAnswer):
        accept(late)
    with pytest.raises(NothingToAnswer):
        decline(late)

    assert books(event) == Books(taken=1, people=1, registrations=1)


def test_an_offer_answered_late_is_over_even_before_it_was_ended(app: Flask) -> None:
    event = fair(app, 1)
    comes, late = come(event, 1), come(event, 2)
    leave_event(comes)

    with pytest.raises(NothingToAnswer):
        accept(late, at=NOON + DAY)

    accept(late, at=NOON + DAY - HOUR)


def test_an_offer_is_answered_by_its_own_party_alone(app: Flask) -> None:
    event = fair(app, 2)
    one, two, late = come(event, 1), come(event, 2), come(event, 3)
    leave_event(one)

    for answer in (decline_offer, leave_list):
        with pytest.raises(NothingToAnswer):
            answer(secret=secret(two), wait_id=wait_of(late).id, at=NOON)
    with pytest.raises(NothingToAnswer):
        accept_offer(secret="x" * 23, wait_id=wait_of(late).id, needs_approval=False, at=NOON)

    assert offered(late) == [late]


def test_who_is_not_offered_anything_cannot_accept(app: Flask) -> None:
    event = fair(app, 1)
    come(event, 1)
    late = come(event, 2)

    with pytest.raises(NothingToAnswer):
        accept(late)


def test_who_leaves_the_list_is_out(app: Flask) -> None:
    event = fair(app, 1)
    comes, first, second = (come(event, number) for number in range(3))

    leave_list(secret=secret(first), wait_id=wait_of(first).id, at=NOON)
    leave_event(comes)

    assert state(first) == "cancelled"
    assert told(first) == []
    assert offered(first, second) == [second]


def test_an_offer_cannot_be_left_it_is_declined(app: Flask) -> None:
    event = fair(app, 1)
    comes, late = come(event, 1), come(event, 2)
    leave_event(comes)

    with pytest.raises(NothingToAnswer):
        leave_list(secret=secret(late), wait_id=wait_of(late).id, at=NOON)


# How long


@pytest.mark.parametrize(
    ("hours_left", "hours_open"), [(100, 24), (25, 24), (24, 24), (18, 18), (12, 12)]
)
def test_an_offer_lasts_a_day_a_night_at_least_and_never_past_the_start(
    app: Flask, hours_left: int, hours_open: int
) -> None:
    event = fair(app, 1)
    comes, late = come(event, 1), come(event, 2)
    at = STARTS - hours_left * HOUR

    leave_event(comes, at)

    assert wait_of(late).offered_until == at + hours_open * HOUR


def test_within_a_night_of_the_start_the_list_is_closed_in_words(app: Flask) -> None:
    event = fair(app, 2)
    comes, first, second = (come(event, number, 2) for number in range(3))
    all_sent()
    at = STARTS - 11 * HOUR

    leave_event(comes, at)
    assert offered(first, second) == []
    end_what_is_over(at)

    assert states(first, second) == ["expired", "expired"]
    assert told(first) == told(second) == ["place", "list_closed"]
    assert (taken(event), waiting(event), seats_left(event)) == (0, 0, 2)
    assert state(come(event, 9, joins_list=False, at=at)) == "confirmed"


def test_nobody_joins_a_list_that_is_closed(app: Flask) -> None:
    event = fair(app, 1, sessions={"health": 1})
    come(event, 1, 1, "health")
    at = STARTS - 11 * HOUR

    with pytest.raises(NotEnoughSeats):
        come(event, 2, at=at)
    resize(event, 5, sessions={"health": 1}, at=at)
    with pytest.raises(SessionsFull):
        come(event, 2, 1, "health", at=at)

    assert waiting(event) == waiting(event, "health") == 0


def test_an_open_offer_may_be_accepted_after_the_list_was_closed(app: Flask) -> None:
    event = fair(app, 1)
    comes, late, later = (come(event, number) for number in range(3))
    leave_event(comes, STARTS - 13 * HOUR)

    end_what_is_over(STARTS - 11 * HOUR)
    assert states(late, later) == ["waiting", "expired"]
    accept(late, at=STARTS - HOUR)

    assert state(late) == "confirmed"


def test_when_an_events_line_closes_what_was_kept_of_a_session_is_offered(app: Flask) -> None:
    event = fair(app, 6, sessions={"health": 2}, sessions_start=STARTS + DAY)
    inside = [come(event, number, 1, "health") for number in range(2)]
    outside = [come(event, number) for number in range(10, 14)]
    for_all = come(event, 20, 2, "health")
    for one in outside[:3]:
        want(one, "health")
    for one in inside:
        want(one)
    for one in outside[:2]:
        decline(one)
    assert offered(for_all, *outside) == []

    end_what_is_over(STARTS - 11 * HOUR)

    assert state(for_all) == "expired"
    assert offered(*outside) == [outside[2]]


def test_a_postponed_event_keeps_its_line_and_makes_no_offers(app: Flask) -> None:
    event = fair(app, 1)
    comes, late = come(event, 1), come(event, 2)

    resize(event, 1, starts=None)
    leave_event(comes)
    end_what_is_over(STARTS + DAY)
    assert states(late) == ["waiting"]
    assert offered(late) == []
    resize(event, 1, starts=STARTS + 90 * DAY, at=STARTS + DAY)

    assert offered(late) == [late]
