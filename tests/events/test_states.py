"""The state of an event: what its organiser announced, else the clock and the seats."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from showcase.events.states import state_of

STARTS = datetime(2027, 1, 14, 3, 0, tzinfo=UTC)
ENDS = datetime(2027, 1, 16, 12, 0, tzinfo=UTC)
OPENS = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
CLOSES = datetime(2027, 1, 13, 12, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Plan:
    starts: datetime = STARTS
    ends: datetime = ENDS
    opens: datetime | None = OPENS
    closes: datetime | None = CLOSES
    announced: str = "announced"


@pytest.mark.parametrize(
    ("at", "seats_left", "state"),
    [
        (OPENS - A_SECOND, 5, "announced"),
        (OPENS, 5, "open"),
        (OPENS, 1, "open"),
        (OPENS, 0, "full"),
        (OPENS, None, "open"),
        (CLOSES - A_SECOND, 5, "open"),
        (CLOSES, 5, "closed"),
        (CLOSES, 0, "closed"),
        (STARTS - A_SECOND, 5, "closed"),
        (STARTS, 5, "running"),
        (STARTS, 0, "running"),
        (ENDS - A_SECOND, 5, "running"),
        (ENDS, 5, "over"),
    ],
)
def test_state_follows_from_clock_and_seats(
    at: datetime, seats_left: int | None, state: str
) -> None:
    assert state_of(Plan(), seats_left=seats_left, at=at) == state


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (OPENS, "announced"),
        (STARTS - A_SECOND, "announced"),
        (STARTS, "running"),
        (ENDS, "over"),
    ],
)
def test_event_without_registration_is_announced_running_or_over(at: datetime, state: str) -> None:
    assert state_of(Plan(opens=None, closes=None), seats_left=None, at=at) == state


def test_registration_that_goes_on_during_the_event_stays_open() -> None:
    plan = Plan(closes=ENDS)

    assert state_of(plan, seats_left=3, at=STARTS) == "open"
    assert state_of(plan, seats_left=0, at=STARTS) == "full"
    assert state_of(plan, seats_left=3, at=ENDS) == "over"


def test_registration_that_opens_with_the_event_leaves_it_announced_before() -> None:
    plan = Plan(opens=STARTS, closes=ENDS)

    assert state_of(plan, seats_left=3, at=STARTS - A_SECOND) == "announced"
    assert state_of(plan, seats_left=3, at=STARTS) == "open"


@pytest.mark.parametrize("announced", ["postponed", "cancelled"])
@pytest.mark.parametrize("at", [OPENS, STARTS, ENDS])
def test_what_the_organiser_announced_comes_first(announced: str, at: datetime) -> None:
    assert state_of(Plan(announced=announced), seats_left=5, at=at) == announced
