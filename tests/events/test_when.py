"""Days and months as Dhaka counts them: midnights, month ends, weeks from Sunday."""

from datetime import UTC, date, datetime

import pytest

from showcase.events.months import Month, months_from, weekdays
from showcase.events.when import days_of, told_days, told_hours
from showcase.i18n import DHAKA


def at(text: str) -> datetime:
    """A moment in Dhaka, held in UTC as the database has it."""
    return datetime.fromisoformat(text).replace(tzinfo=DHAKA).astimezone(UTC)


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        ("2027-01-31 09:00", "2027-01-31 18:00", "31 January 2027"),
        ("2027-01-31 00:00", "2027-02-01 00:00", "31 January 2027"),
        ("2027-01-31 00:00", "2027-02-01 00:01", "31 January 2027 – 1 February 2027"),
        ("2027-01-30 20:00", "2027-02-01 00:00", "30–31 January 2027"),
        ("2026-12-31 09:00", "2027-01-01 18:00", "31 December 2026 – 1 January 2027"),
        # Still the day before in UTC.
        ("2027-02-01 03:00", "2027-02-01 05:00", "1 February 2027"),
    ],
)
def test_days_are_those_of_dhaka(starts: str, ends: str, told: str) -> None:
    assert told_days(at(starts), at(ends), "en") == told


def test_what_ends_at_midnight_is_of_one_day() -> None:
    starts, ends = at("2027-01-31 18:00"), at("2027-02-01 00:00")

    assert days_of(starts, ends) == (date(2027, 1, 31), date(2027, 1, 31))
    assert told_hours(starts, ends, "en") == "6:00 pm – 12:00 am"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2027-01", (2027, 1)),
        ("২০২৭-১২", (2027, 12)),
        (" 2027-01 ", (2027, 1)),
        ("2027-13", None),
        ("2027-00", None),
        ("2027-1", None),
        ("1899-12", None),
        ("2101-01", None),
        ("2027-01-14", None),
        ("x", None),
        ("", None),
    ],
)
def test_month_is_read_in_either_script_and_never_guessed(
    written: str, read: tuple[int, int] | None
) -> None:
    assert Month.read(written) == read


def test_month_begins_and_ends_at_midnight_in_dhaka() -> None:
    assert Month(2028, 2).starts == at("2028-02-01 00:00")
    assert Month(2028, 2).ends == at("2028-03-01 00:00")
    assert Month(2027, 12).ends == at("2028-01-01 00:00")


def test_month_knows_those_beside_it_up_to_the_end_of_the_calendar() -> None:
    assert (Month(2027, 1).before, Month(2027, 12).after) == ((2026, 12), (2028, 1))
    assert (Month(1900, 1).before, Month(2100, 12).after) == (None, None)


def test_week_begins_on_sunday() -> None:
    weeks = Month(2027, 8).weeks()

    assert weeks[0] == [date(2027, 8, day) for day in range(1, 8)]
    assert date(2027, 8, 1).isoweekday() == 7
    assert [len(week) for week in Month(2027, 1).weeks()] == [7] * 6
    assert [full for full, _ in weekdays("en")][:2] == ["Sunday", "Monday"]
    assert [short for _, short in weekdays("bn")] == [
        "রবি",
        "সোম",
        "মঙ্গল",
        "বুধ",
        "বৃহস্পতি",
        "শুক্র",
        "শনি",
    ]


def test_months_between_two_days_are_all_named() -> None:
    found = [str(month) for month in months_from(date(2026, 12, 31), date(2027, 2, 1))]

    assert found == ["2026-12", "2027-01", "2027-02"]
