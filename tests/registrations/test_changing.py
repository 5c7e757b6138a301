"""Changing a registration: everything that was asked for, or nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from showcase.registrations.changing import Wish, change
from showcase.registrations.errors import (
    NotActive,
    NotEnoughSeats,
    OfferOpen,
    PartyTooLarge,
    SessionsFull,
)
from tests.conftest import rounds
from tests.registrations.lines import (
    HOUR,
    STARTS,
    all_sent,
    come,
    decline,
    fair,
    leave_event,
    offered,
    places,
    resize,
    secret,
    sessions_of,
    state,
    taken,
    told,
    wait_of,
    waiting,
    waits,
    want,
)
from tests.registrations.people import NOON, registration

pytestmark = pytest.mark.usefixtures("context")


def test_what_is_said_of_a_party_changes_and_its_seats_stay(app: Flask) -> None:
    event = fair(app, 2, sessions={"health": 2})
    comes = come(event, 1, 2, "health")
    wish = Wish("Karim Uddin", 2, ["health"], "A wheelchair", {"food": "rice"}, True, "bn")

    change(secret=secret(comes), wish=wish, joins_list=False, at=NOON)

    known = registration(comes)
    said = (known.name, known.needs, known.answers, known.may_contact, known.language)
    assert said == ("Karim Uddin", "A wheelchair", {"food": "rice"}, True, "bn")
    assert known.changes == 1
    assert told(comes) == ["confirmation", "change"]
    assert (taken(event), taken(event, "health"), sessions_of(comes)) == (2, 2, ["health"])


def test_a_larger_party_takes_more_seats_of_everything(app: Flask) -> None:
    event = fair(app, 5, sessions={"health": 4})
    comes = come(event, 1, 2, "health")

    want(comes, "health", party=4)

    assert registration(comes).party == 4
    assert (taken(event), taken(event, "health")) == (4, 4)


def test_a_smaller_party_gives_seats_of_everything_back(app: Flask) -> None:
    event = fair(app, 5, sessions={"health": 4})
    comes = come(event, 1, 4, "health")

    want(comes, "health", party=1)

    assert (taken(event), taken(event, "health")) == (1, 1)


def test_a_party_for_which_the_event_has_no_room_stays_as_it_was(app: Flask) -> None:
    event = fair(app, 5, sessions={"health": 9, "land": 9})
    come(event, 1, 2)
    comes = come(event, 2, 2, "health")

    with pytest.raises(NotEnoughSeats) as refused:
        want(comes, "land", party=4)

    assert refused.value.seats_left == 1
    assert (registration(comes).party, sessions_of(comes)) == (2, ["health"])
    assert [taken(event, key) for key in ("", "health", "land")] == [4, 2, 0]
    assert told(comes) == ["confirmation"]


def test_a_party_for_which_a_kept_session_has_no_room_stays_as_it_was(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 3})
    comes = come(event, 1, 2, "health")

    with pytest.raises(SessionsFull) as refused:
        want(comes, "health", party=4)

    assert refused.value.keys == {"health"}
    assert (taken(event), taken(event, "health")) == (2, 2)


def test_nobody_grows_past_those_who_wait(app: Flask) -> None:
    event = fair(app, 5)
    comes = come(event, 1, 4)
    come(event, 2, 2)

    with pytest.raises(NotEnoughSeats):
        want(comes, party=5)

    assert taken(event) == 4


def test_sessions_are_added_and_given_up(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 3, "land": 3, "roads": 3})
    comes = come(event, 1, 2, "health", "land")

    want(comes, "land", "roads")

    assert sessions_of(comes) == ["land", "roads"]
    assert [taken(event, key) for key in ("", "health", "land", "roads")] == [2, 0, 2, 2]


def test_sessions_are_swapped_and_the_party_grows_in_one_step(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 3, "land": 4, "roads": 4})
    comes = come(event, 1, 2, "health", "land")

    want(comes, "land", "roads", party=4)

    assert sessions_of(comes) == ["land", "roads"]
    assert [taken(event, key) for key in ("", "health", "land", "roads")] == [4, 0, 4, 4]


def test_a_swap_into_a_full_session_changes_nothing(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 2, "land": 1})
    come(event, 1, 1, "land")
    comes = come(event, 2, 2, "health")

    with pytest.raises(SessionsFull) as refused:
        want(comes, "land", joins_list=False)

    assert refused.value.keys == {"land"}
    assert sessions_of(comes) == ["health"]
    assert [taken(event, key) for key in ("health", "land")] == [2, 1]


def test_a_full_session_is_waited_for_and_free_ones_are_had_at_once(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 1, "land": 1})
    come(event, 1, 1, "health")
    comes = come(event, 2)

    want(comes, "health", "land")

    assert sessions_of(comes) == ["land"]
    assert [place.sessions for place in places(comes)] == [("health",)]
    assert told(comes) == ["confirmation", "change"]


def test_a_full_session_whose_list_is_closed_cannot_be_waited_for(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 1})
    come(event, 1, 1, "health")
    comes = come(event, 2)

    with pytest.raises(SessionsFull):
        want(comes, "health", at=STARTS - 11 * HOUR)

    assert waiting(event, "health") == 0


def test_a_session_too_small_for_the_party_cannot_be_waited_for(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 2})
    comes = come(event, 1, 3)

    with pytest.raises(PartyTooLarge):
        want(comes, "health")

    assert waiting(event, "health") == 0


def test_what_a_party_gives_up_is_offered_to_those_who_wait(app: Flask) -> None:
    event = fair(app, 4)
    comes, late = come(event, 1, 4), come(event, 2, 3)

    want(comes, party=2)
    assert offered(late) == []
    want(comes, party=1)

    assert offered(late) == [late]
    assert taken(event) == 4


def test_a_session_given_up_is_offered_to_those_who_wait(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 2})
    comes, late = come(event, 1, 2, "health"), come(event, 2, 1, "health")

    want(comes)

    assert offered(late) == [late]
    assert taken(event, "health") == 1


# In line


def test_a_smaller_party_keeps_its_place(app: Flask) -> None:
    event = fair(app, 4, sessions={"health": 4})
    comes = come(event, 1, 4, "health")
    first, second = come(event, 2, 4, "health"), come(event, 3, 2)
    before = wait_of(first).id

    want(first, party=2)

    assert (wait_of(first).id, places(first)[0].ahead) == (before, 0)
    assert (waiting(event), waiting(event, "health")) == (2, 0)
    leave_event(comes)
    assert offered(first, second) == [first, second]


def test_a_smaller_party_that_fits_is_offered_its_seats_at_once(app: Flask) -> None:
    event = fair(app, 4)
    come(event, 1, 3)
    late = come(event, 2, 2)

    want(late, party=1)

    assert offered(late) == [late]
    assert taken(event) == 4


@pytest.mark.parametrize("wish", [{"party": 3}, {"sessions": ["health"]}])
def test_a_party_that_wants_more_is_the_last(app: Flask, wish: dict[str, object]) -> None:
    event = fair(app, 4, sessions={"health": 4})
    come(event, 1, 4)
    first, second = come(event, 2, 2), come(event, 3, 2)

    want(first, *wish.get("sessions", []), party=wish.get("party"))  # type: ignore[misc, arg-type]

    assert [places(one)[0].ahead for one in (first, second)] == [1, 0]
    assert [wait.state for wait in waits(first)] == ["left", "waiting"]
    assert waiting(event) == 2
    assert state(first) == "waiting"


def test_a_party_in_line_cannot_outgrow_all_seats(app: Flask) -> None:
    event = fair(app, 4)
    come(event, 1, 4)
    late = come(event, 2, 2)

    with pytest.raises(PartyTooLarge):
        want(late, party=5)

    assert (registration(late).party, wait_of(late).party) == (2, 2)


def test_who_waits_for_a_session_keeps_its_place_with_fewer_people_alone(app: Flask) -> None:
    event = fair(app, 20, sessions={"health": 4})
    come(event, 1, 4, "health")
    first, second = come(event, 2, 3, "health"), come(event, 3, 3, "health")

    want(first, "health", party=2)
    assert [places(one)[0].ahead for one in (first, second)] == [0, 1]
    want(first, "health", party=4, joins_list=False)

    assert [places(one)[0].ahead for one in (first, second)] == [1, 0]
    assert (registration(first).party, wait_of(first).party) == (4, 4)
    assert (taken(event), waiting(event, "health")) == (11, 2)


def test_who_no_longer_wants_a_session_leaves_its_line(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 1})
    come(event, 1, 1, "health")
    late = come(event, 2, 1, "health")

    want(late)

    assert [wait.state for wait in waits(late)] == ["left"]
    assert waiting(event, "health") == 0


def test_party_and_sessions_stay_while_an_offer_is_open_and_the_rest_changes(app: Flask) -> None:
    event = fair(app, 2, sessions={"health": 9})
    comes, late = come(event, 1, 2), come(event, 2, 2)
    leave_event(comes)

    with pytest.raises(OfferOpen):
        want(late, party=1)
    with pytest.raises(OfferOpen):
        want(late, "health")
    want(late)

    assert told(late) == ["place", "offer", "change"]
    assert taken(event) == 2


def test_an_open_offer_of_a_session_keeps_the_party_as_it_is(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 1})
    comes, late = come(event, 1, 1, "health"), come(event, 2, 1, "health")
    leave_event(comes)

    with pytest.raises(OfferOpen):
        want(late, "health", party=2)
    want(late, "health")
    decline(late)
    want(late, party=2)

    assert (registration(late).party, taken(event), taken(event, "health")) == (2, 2, 0)


def test_what_has_ended_cannot_be_changed(app: Flask) -> None:
    event = fair(app, 1)
    comes, late = come(event, 1), come(event, 2)
    link = secret(comes)
    leave_event(comes)
    decline(late)

    for ended in (comes, late):
        with pytest.raises(NotActive):
            want(ended)
    with pytest.raises(NotActive):
        change(
            secret=link[::-1],
            wish=Wish("X Y", 1, [], "", {}, False, "en"),
            joins_list=False,
            at=NOON,
        )


def test_a_request_changes_as_a_ticket_does(app: Flask) -> None:
    event = fair(app, 5)
    asks = come(event, 1, 2, needs_approval=True)

    want(asks, party=4)

    assert (state(asks), taken(event)) == ("requested", 4)


def test_fewer_seats_than_are_taken_let_a_party_shrink_and_not_grow(app: Flask) -> None:
    event = fair(app, 5)
    comes = come(event, 1, 5)
    resize(event, 2)

    with pytest.raises(NotEnoughSeats) as refused:
        want(comes, party=6)
    want(comes, party=4)

    assert refused.value.seats_left == 0
    assert taken(event) == 4


# Two tabs


@pytest.mark.parametrize("_round", range(rounds(2, full=20)))
def test_two_tabs_at_once_leave_one_whole_answer(app: Flask, _round: int) -> None:
    event = fair(app, 9, sessions={"health": 9, "land": 9})
    comes = come(event, 1, 2, "health")
    all_sent()
    start = Barrier(2)

    def tab(wish: tuple[int, str]) -> None:
        party, session = wish
        with app.app_context():
            start.wait()
            want(comes, session, party=party)

    with ThreadPoolExecutor(2) as tabs:
        list(tabs.map(tab, [(3, "health"), (5, "land")]))

    party, sessions = registration(comes).party, sessions_of(comes)
    assert (party, sessions) in [(3, ["health"]), (5, ["land"])]
    assert taken(event) == party
    assert taken(event, "health") == (party if sessions == ["health"] else 0)
    assert taken(event, "land") == (party if sessions == ["land"] else 0)
    assert registration(comes).changes == 2
    assert told(comes) == ["confirmation", "change", "change"]


def test_a_tab_from_before_a_cancellation_brings_nothing_back(app: Flask) -> None:
    event = fair(app, 2)
    comes = come(event, 1, 2)
    leave_event(comes)

    with pytest.raises(NotActive):
        want(comes, party=1)

    assert (state(comes), taken(event)) == ("cancelled", 0)
