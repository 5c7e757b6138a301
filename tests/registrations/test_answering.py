"""Guests who answer an invitation, and the organiser who answers a request."""

import pytest
from flask import Flask

from showcase.registrations.answering import (
    accept_invitation,
    decide,
    decline_invitation,
    end_what_is_over,
)
from showcase.registrations.errors import (
    NothingToAnswer,
)
from tests.registrations.lines import (
    DAY,
    HOUR,
    all_sent,
    come,
    fair,
    invite,
    offered,
    secret,
    state,
    states,
    taken,
    taken_back,
    told,
)
from tests.registrations.people import NOON, Books, books, registration

pytestmark = pytest.mark.usefixtures("context")


SOON = NOON + 2 * DAY


def test_a_guest_who_comes_with_fewer_people_leaves_seats_to_the_line(app: Flask) -> None:
    event = fair(app, 4)
    guest, late = invite(event, 1, 4, SOON), come(event, 2, 2)

    accept_invitation(secret=secret(guest), party=2, at=NOON)

    assert (state(guest), registration(guest).party) == ("confirmed", 2)
    assert told(guest) == ["confirmation"]
    assert taken_back(guest) == ["invitation"]
    assert offered(late) == [late]
    assert taken(event) == 4


def test_a_guest_never_has_more_seats_than_were_kept(app: Flask) -> None:
    event = fair(app, 9)
    guest = invite(event, 1, 2, SOON)

    accept_invitation(secret=secret(guest), party=5, at=NOON)

    assert registration(guest).party == 2
    assert books(event) == Books(taken=2, people=2, registrations=1)


def test_a_guest_who_declines_leaves_the_seats_to_the_line(app: Flask) -> None:
    event = fair(app, 2)
    guest, late = invite(event, 1, 2, SOON), come(event, 2, 2)

    decline_invitation(secret=secret(guest), at=NOON)

    assert state(guest) == "declined"
    assert told(guest) == []
    assert offered(late) == [late]


def test_an_invitation_nobody_answers_ends(app: Flask) -> None:
    event = fair(app, 2)
    guest, late = invite(event, 1, 2, SOON), come(event, 2, 2)

    end_what_is_over(SOON - HOUR)
    assert state(guest) == "invited"
    end_what_is_over(SOON)

    assert state(guest) == "expired"
    assert offered(late) == [late]
    assert taken(event) == 2


def test_an_invitation_is_answered_once_and_in_time(app: Flask) -> None:
    event = fair(app, 4)
    guest, other = invite(event, 1, 2, SOON), invite(event, 2, 2, SOON)
    accept_invitation(secret=secret(guest), party=2, at=NOON)

    with pytest.raises(NothingToAnswer):
        accept_invitation(secret=secret(guest), party=1, at=NOON)
    with pytest.raises(NothingToAnswer):
        decline_invitation(secret=secret(guest), at=NOON)
    with pytest.raises(NothingToAnswer):
        accept_invitation(secret=secret(other), party=2, at=SOON)

    assert registration(guest).party == 2
    assert taken(event) == 4


def test_who_was_not_invited_cannot_answer_as_a_guest(app: Flask) -> None:
    event = fair(app, 1)
    comes, late = come(event, 1), come(event, 2)

    for each in (comes, late):
        with pytest.raises(NothingToAnswer):
            accept_invitation(secret=secret(each), party=1, at=NOON)

    assert states(comes, late) == ["confirmed", "waiting"]


def test_an_approved_request_is_a_ticket(app: Flask) -> None:
    event = fair(app, 2)
    asks = come(event, 1, 2, needs_approval=True)
    assert (state(asks), told(asks), taken(event)) == ("requested", ["request"], 2)

    assert decide(event_id=event, code=registration(asks).code, comes=True, at=NOON)

    assert state(asks) == "confirmed"
    assert told(asks) == ["confirmation"]
    assert books(event) == Books(taken=2, people=2, registrations=1)


def test_a_refused_request_leaves_its_seats_to_the_line(app: Flask) -> None:
    event = fair(app, 2)
    asks, late = come(event, 1, 2, needs_approval=True), come(event, 2, 1)
    all_sent()

    assert decide(event_id=event, code=registration(asks).code, comes=False, at=NOON)

    assert state(asks) == "refused"
    assert told(asks) == ["request", "refusal"]
    assert offered(late) == [late]
    assert taken(event) == 1


def test_a_request_is_decided_once_and_for_its_own_event(app: Flask) -> None:
    event = fair(app, 2)
    other = fair(app, 2, slug="dhaka-summit")
    asks = come(event, 1, needs_approval=True)
    code = registration(asks).code

    assert not decide(event_id=other, code=code, comes=True, at=NOON)
    assert decide(event_id=event, code=code, comes=True, at=NOON)
    assert not decide(event_id=event, code=code, comes=False, at=NOON)

    assert state(asks) == "confirmed"
