"""What visitors are told, and calendars take over, when an event's document changes."""

from datetime import UTC, datetime, timedelta

import pytest

from showcase.events.changes import Plan, owed, sequence_after

STARTS = datetime(2027, 1, 14, 3, 0, tzinfo=UTC)
ENDS = datetime(2027, 1, 16, 12, 0, tzinfo=UTC)
BEFORE = STARTS - timedelta(days=9)
LATER = timedelta(days=7)

AS_PLANNED = Plan(STARTS, ENDS, "announced")
MOVED = Plan(STARTS + LATER, ENDS + LATER, "announced")
POSTPONED = Plan(STARTS, ENDS, "postponed")
CANCELLED = Plan(STARTS, ENDS, "cancelled")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (None, AS_PLANNED, None),
        (None, CANCELLED, None),
        (AS_PLANNED, AS_PLANNED, None),
        (AS_PLANNED, MOVED, "moved"),
        (AS_PLANNED, Plan(STARTS, ENDS + timedelta(hours=1), "announced"), "moved"),
        (AS_PLANNED, POSTPONED, "postponed"),
        (AS_PLANNED, CANCELLED, "called_off"),
        (POSTPONED, MOVED, "moved"),
        (POSTPONED, AS_PLANNED, "moved"),
        (POSTPONED, CANCELLED, "called_off"),
        (CANCELLED, AS_PLANNED, "moved"),
        (POSTPONED, Plan(STARTS + LATER, ENDS + LATER, "postponed"), None),
        (CANCELLED, Plan(STARTS + LATER, ENDS + LATER, "cancelled"), None),
    ],
)
def test_visitors_are_told_what_concerns_them(
    old: Plan | None, new: Plan, message: str | None
) -> None:
    assert owed(old, new, at=BEFORE) == message


@pytest.mark.parametrize("new", [CANCELLED, POSTPONED, Plan(STARTS, ENDS - LATER, "announced")])
def test_nobody_is_written_to_about_an_event_that_is_over(new: Plan) -> None:
    assert owed(AS_PLANNED, new, at=ENDS) is None


def test_new_days_of_an_event_that_was_to_be_over_are_told() -> None:
    assert owed(POSTPONED, MOVED, at=ENDS + timedelta(days=1)) == "moved"


@pytest.mark.parametrize(
    ("old", "new", "grown"),
    [
        (None, AS_PLANNED, 3),
        (AS_PLANNED, AS_PLANNED, 3),
        (AS_PLANNED, MOVED, 4),
        (AS_PLANNED, CANCELLED, 4),
        (POSTPONED, Plan(STARTS + LATER, ENDS + LATER, "postponed"), 4),
    ],
)
def test_sequence_grows_with_each_change_of_time_or_state(
    old: Plan | None, new: Plan, grown: int
) -> None:
    assert sequence_after(3, old, new) == grown
