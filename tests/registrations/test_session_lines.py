"""Waiting for sessions: several pools are offered together or not at all."""

import pytest
from flask import Flask

from showcase.registrations.answering import (
    end_what_is_over,
)
from showcase.registrations.errors import (
    SessionsFull,
)
from tests.registrations.lines import (
    DAY,
    accept,
    all_sent,
    come,
    decline,
    fair,
    leave_event,
    offered,
    resize,
    sessions_of,
    state,
    taken,
    taken_back,
    told,
    waiting,
    waits,
)
from tests.registrations.people import NOON

pytestmark = pytest.mark.usefixtures("context")


def test_who_finds_a_session_full_comes_to_the_event_and_waits_for_it(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 2})
    come(event, 1, 2, "health")

    late = come(event, 2, 1, "health")

    assert state(late) == "confirmed"
    assert sessions_of(late) == []
    assert told(late) == ["confirmation"]
    assert (waiting(event), waiting(event, "health")) == (0, 1)
    assert (taken(event), taken(event, "health")) == (3, 2)


def test_a_full_session_is_told_to_who_does_not_wait(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 2, "land": 9})
    come(event, 1, 2, "health")

    with pytest.raises(SessionsFull) as refused:
        come(event, 2, 1, "health", "land", joins_list=False)

    assert refused.value.keys == {"health"}
    assert (taken(event), taken(event, "land")) == (2, 0)


def test_nobody_takes_a_seat_of_a_session_past_those_who_wait_for_it(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 3})
    come(event, 1, 2, "health")
    come(event, 2, 2, "health")

    with pytest.raises(SessionsFull):
        come(event, 3, 1, "health", joins_list=False)
    assert sessions_of(come(event, 3, 1, "health")) == ["health"]


def test_an_accepted_session_is_added_to_the_ticket(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 2})
    comes, late = come(event, 1, 2, "health"), come(event, 2, 2, "health")
    all_sent()
    leave_event(comes)

    accept(late)

    assert state(late) == "confirmed"
    assert sessions_of(late) == ["health"]
    assert told(late) == ["confirmation", "change"]
    assert taken_back(late) == ["offer"]
    assert (taken(event), taken(event, "health")) == (2, 2)


@pytest.mark.parametrize("how", ["declined", "expired"])
def test_a_session_that_is_not_accepted_leaves_the_ticket_as_it_was(app: Flask, how: str) -> None:
    event = fair(app, 9, sessions={"health": 1})
    comes, late, later = (come(event, number, 1, "health") for number in range(3))
    all_sent()
    leave_event(comes)

    if how == "declined":
        decline(late)
    else:
        end_what_is_over(NOON + DAY)

    assert state(late) == "confirmed"
    assert [wait.state for wait in waits(late)] == [how]
    assert told(late) == ["confirmation", *(["offer_ended"] if how == "expired" else [])]
    assert offered(late, later) == [later]
    assert (taken(event), taken(event, "health")) == (2, 1)


def test_the_event_and_all_sessions_are_offered_together_or_not_at_all(app: Flask) -> None:
    event = fair(app, 2, sessions={"health": 2, "land": 2})
    one = come(event, 1, 1, "health", "land")
    two = come(event, 2, 1, "health", "land")
    late = come(event, 3, 2, "health", "land")
    leave_event(one)
    assert offered(late) == []

    leave_event(two)

    assert offered(late) == [late]
    assert [taken(event, key) for key in ("", "health", "land")] == [2, 2, 2]
    assert [waiting(event, key) for key in ("", "health", "land")] == [0, 0, 0]
    accept(late)
    assert sessions_of(late) == ["health", "land"]
    assert [taken(event, key) for key in ("", "health", "land")] == [2, 2, 2]


def test_an_event_offered_with_sessions_and_declined_frees_them_all(app: Flask) -> None:
    event = fair(app, 2, sessions={"health": 2})
    comes, late = come(event, 1, 2, "health"), come(event, 2, 2, "health")
    leave_event(comes)

    decline(late)

    assert [taken(event, key) for key in ("", "health")] == [0, 0]
    assert sessions_of(late) == []


def test_who_lacks_a_session_lets_those_pass_who_want_the_event_alone(app: Flask) -> None:
    event = fair(app, 3, sessions={"health": 1})
    inside = come(event, 1, 1, "health")
    two = [come(event, number) for number in (2, 3)]
    for_both = come(event, 10, 1, "health")
    for_event = [come(event, 11), come(event, 12)]

    leave_event(two[0])
    assert offered(for_both, *for_event) == [for_event[0]]
    # One has passed a party of one: the next seat of the event is kept for it.
    leave_event(two[1])
    assert offered(for_both, *for_event) == [for_event[0]]
    leave_event(inside)

    assert offered(for_both, *for_event) == [for_both, *for_event]


def test_two_full_sessions_are_waited_for_one_by_one(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 1, "land": 1})
    one, two = come(event, 1, 1, "health"), come(event, 2, 1, "land")
    late = come(event, 3, 1, "health", "land")
    assert len(waits(late)) == 2

    leave_event(two)
    accept(late)
    assert sessions_of(late) == ["land"]
    leave_event(one)

    assert [wait.state for wait in waits(late)] == ["offered", "accepted"]


def test_declining_one_offer_keeps_the_news_of_the_other(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 1, "land": 1})
    one, late = come(event, 1, 1, "health", "land"), come(event, 2, 1, "health", "land")
    leave_event(one)
    assert told(late) == ["confirmation", "offer", "offer"]

    decline(late)

    assert [wait.state for wait in waits(late)] == ["offered", "declined"]
    assert "offer" in told(late)


def test_who_cancels_gives_back_what_it_has_and_what_it_is_offered(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 1, "land": 1})
    inside = come(event, 1, 1, "health")
    late, later = come(event, 2, 1, "health", "land"), come(event, 3, 1, "health", "land")
    leave_event(inside)
    assert offered(late, later) == [late]

    leave_event(late)

    assert [wait.state for wait in waits(late)] == ["left"]
    assert [wait.state for wait in waits(later)] == ["offered", "offered"]
    assert [taken(event, key) for key in ("", "health", "land")] == [1, 1, 1]
    assert told(late) == ["cancellation"]


def test_a_session_with_room_for_all_holds_nobody_up(app: Flask) -> None:
    event = fair(app, 2, sessions={"opening": None})
    comes = come(event, 1, 2, "opening")
    late = come(event, 2, 2, "opening")
    assert waiting(event, "opening") == 1

    leave_event(comes)
    accept(late)

    assert sessions_of(late) == ["opening"]
    assert (taken(event, "opening"), waiting(event, "opening")) == (2, 0)


def test_a_session_with_room_for_a_party_too_large_before_is_had_at_once(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 3})
    come(event, 1, 1, "health")
    large = come(event, 2, 3, "health")
    resize(event, 9, sessions={"health": 2})

    small = come(event, 3, 1, "health")

    assert sessions_of(small) == ["health"]
    assert told(small) == ["confirmation"]
    assert sessions_of(large) == []


def test_who_waits_for_a_session_that_is_gone_waits_on_for_the_rest(app: Flask) -> None:
    event = fair(app, 2, sessions={"health": 1, "land": 9})
    comes = come(event, 1, 1, "health")
    only_session = come(event, 2, 1, "health")
    for_both = come(event, 3, 1, "health", "land")
    all_sent()

    resize(event, 2, sessions={"land": 9})
    assert waiting(event, "health") == 0
    assert told(only_session) == ["confirmation", "list_closed"]
    assert state(only_session) == "confirmed"
    leave_event(comes)

    assert offered(for_both) == [for_both]
    assert taken(event, "health") == 0
    assert taken(event, "land") == 1


def test_a_session_of_another_event_is_never_taken(app: Flask) -> None:
    event = fair(app, 9, sessions={"health": 9})
    other = fair(app, 9, slug="dhaka-summit", sessions={"health": 9, "land": 9})

    come(event, 1, 2, "health")
    come(other, 1, 3, "health")

    assert (taken(event, "health"), taken(other, "health")) == (2, 3)
