"""The waiting list: who joins it, in which order it is served, and what is told of a place."""

import pytest
from flask import Flask

from showcase.registrations.errors import (
    NotEnoughSeats,
    PartyTooLarge,
)
from showcase.registrations.queries import seats_left
from tests.registrations.lines import (
    DAY,
    come,
    decline,
    fair,
    leave_event,
    leave_line,
    offered,
    places,
    resize,
    sessions_of,
    state,
    states,
    taken,
    told,
    wait_of,
    waiting,
)
from tests.registrations.people import NOON, Books, books

pytestmark = pytest.mark.usefixtures("context")


# Joining


def test_who_finds_nothing_free_waits_and_is_told_the_place(app: Flask) -> None:
    event = fair(app, 2)
    come(event, 1, 2)

    late = come(event, 2, 2)

    assert state(late) == "waiting"
    assert told(late) == ["place"]
    assert (taken(event), waiting(event)) == (2, 1)
    assert seats_left(event) == 0


def test_who_does_not_ask_to_wait_is_refused_and_leaves_nothing(app: Flask) -> None:
    event = fair(app, 2)
    come(event, 1, 2)

    with pytest.raises(NotEnoughSeats):
        come(event, 2, joins_list=False)

    assert waiting(event) == 0


def test_nobody_takes_a_free_seat_past_those_who_wait(app: Flask) -> None:
    event = fair(app, 3)
    come(event, 1, 2)
    come(event, 2, 2)

    with pytest.raises(NotEnoughSeats) as refused:
        come(event, 3, 1, joins_list=False)

    assert refused.value.seats_left == 0
    assert seats_left(event) == 0


def test_who_joins_and_fits_where_nobody_before_does_has_its_seats_at_once(app: Flask) -> None:
    event = fair(app, 3)
    come(event, 1, 2)
    large = come(event, 2, 2)

    small = come(event, 3, 1)

    assert states(large, small) == ["waiting", "confirmed"]
    assert told(small) == ["confirmation"]
    assert (taken(event), waiting(event)) == (3, 1)
    assert books(event) == Books(taken=3, people=3, registrations=2)


def test_a_party_larger_than_all_seats_may_not_wait(app: Flask) -> None:
    event = fair(app, 5, sessions={"health": 3})
    come(event, 1, 5)

    with pytest.raises(PartyTooLarge):
        come(event, 2, 6)
    with pytest.raises(PartyTooLarge):
        come(event, 3, 4, "health")

    assert waiting(event) == waiting(event, "health") == 0


def test_where_the_event_has_no_list_nobody_joins_one(app: Flask) -> None:
    event = fair(app, 1, starts=None)
    come(event, 1)

    with pytest.raises(NotEnoughSeats):
        come(event, 2)

    leave_event(1)
    assert state(come(event, 3, joins_list=False)) == "confirmed"


def test_the_same_person_waits_once(app: Flask) -> None:
    event = fair(app, 1)
    come(event, 1)

    first, again = come(event, 2), come(event, 2)

    assert first == again
    assert waiting(event) == 1
    assert told(first) == ["place", "place"]


def test_the_same_session_chosen_twice_is_taken_once(app: Flask) -> None:
    event = fair(app, 5, sessions={"health": 5})

    twice = come(event, 1, 2, "health", "health")

    assert sessions_of(twice) == ["health"]
    assert taken(event, "health") == 2


# In order of arrival


def test_a_freed_seat_is_offered_at_once_to_who_came_first(app: Flask) -> None:
    event = fair(app, 2)
    comes, first, second = (come(event, number, 2) for number in range(3))

    leave_event(comes)

    assert offered(first, second) == [first]
    assert state(first) == "waiting"
    assert told(first) == ["place", "offer"]
    assert told(second) == ["place"]
    assert (taken(event), waiting(event)) == (2, 1)


def test_all_who_fit_are_offered_at_once(app: Flask) -> None:
    event = fair(app, 6)
    comes = come(event, 0, 6)
    line = [come(event, number, party) for number, party in enumerate((3, 2, 2, 1), start=1)]

    leave_event(comes)

    assert offered(*line) == [line[0], line[1], line[3]]
    assert taken(event) == 6


def test_small_parties_pass_a_large_one_until_its_own_size_has_gone_past(app: Flask) -> None:
    event = fair(app, 4)
    ones = [come(event, number) for number in range(4)]
    large = come(event, 10, 3)
    small = [come(event, number) for number in range(20, 26)]

    for comes in ones[:3]:
        leave_event(comes)
    passed = offered(*small)
    leave_event(ones[3])
    for guest in passed[:2]:
        decline(guest)

    # Three went past; the fourth seat and the two that came back were kept for the party of three.
    assert passed == small[:3]
    assert offered(large, *small) == [large, small[2]]
    assert taken(event) == 4


def test_seats_kept_for_a_party_are_handed_out_when_it_leaves(app: Flask) -> None:
    event = fair(app, 2)
    ones = [come(event, number) for number in range(2)]
    large = come(event, 10, 2)
    small = [come(event, number) for number in range(20, 23)]
    leave_event(ones[0])
    decline(small[0])
    decline(small[1])
    assert offered(large, *small) == []

    leave_line(large)

    assert offered(*small) == [small[2]]


def test_who_comes_after_a_party_with_kept_seats_may_take_what_is_beyond_them(app: Flask) -> None:
    event = fair(app, 6)
    ones = [come(event, number) for number in range(6)]
    large = come(event, 10, 4)
    small = [come(event, number) for number in range(20, 25)]
    for comes in ones[:4]:
        leave_event(comes)
    assert offered(*small) == small[:4]

    resize(event, 9)

    assert offered(large, small[4]) == []
    resize(event, 11)
    assert offered(large, small[4]) == [large, small[4]]


def test_a_party_larger_than_a_lowered_capacity_keeps_nobody_waiting(app: Flask) -> None:
    event = fair(app, 5)
    comes = [come(event, number) for number in range(5)]
    large, one, two = come(event, 10, 5), come(event, 11), come(event, 12)
    resize(event, 4)

    for each in comes[:4]:
        leave_event(each)

    assert offered(large, one, two) == [one, two]
    assert state(come(event, 13)) == "confirmed"
    assert places(large)[0].is_too_large
    assert wait_of(large).passed == 0


# What is told


def test_a_place_tells_how_many_are_before(app: Flask) -> None:
    event = fair(app, 2, sessions={"health": 1})
    comes = come(event, 1, 1, "health")
    for_session = come(event, 2, 1, "health")
    line = [come(event, 10), come(event, 11, 1, "health"), come(event, 12)]

    assert [places(one)[0].ahead for one in line] == [0, 1, 2]
    assert [places(one)[0].is_for_event for one in line] == [True] * 3
    (place,) = places(for_session)
    assert (place.ahead, place.is_for_event, place.sessions) == (0, False, ("health",))
    assert places(comes) == []

    leave_event(comes)

    (offer,) = places(line[0])
    assert offer.offered_until == NOON + DAY
    assert [places(one)[0].ahead for one in line[1:]] == [0, 1]


def test_who_was_offered_something_and_declined_has_no_place(app: Flask) -> None:
    event = fair(app, 1)
    comes, late = come(event, 1), come(event, 2)
    leave_event(comes)

    decline(late)

    assert places(late) == []
