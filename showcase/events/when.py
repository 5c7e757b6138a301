"""The days and hours of an event in words, as Dhaka counts them.

Each in the language ``code``; in that of the page where none is given.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from showcase.i18n import DHAKA, format_date, format_day, format_number, format_time

_AN_INSTANT: Final = timedelta(microseconds=1)


def days_of(starts: datetime, ends: datetime) -> tuple[date, date]:
    """The first and the last day; what ends at midnight ends with the day before."""
    return starts.astimezone(DHAKA).date(), (ends - _AN_INSTANT).astimezone(DHAKA).date()


def told_days(starts: datetime, ends: datetime, code: str | None = None) -> str:
    """14 January 2027, 14–16 January 2027, or both days in full."""
    first, last = days_of(starts, ends)
    if first == last:
        return format_date(first, code)
    if (first.year, first.month) == (last.year, last.month):
        return f"{format_number(first.day, code)}–{format_date(last, code)}"
    return f"{format_date(first, code)} – {format_date(last, code)}"


def told_hours(starts: datetime, ends: datetime, code: str | None = None) -> str:
    """9:00 am – 6:00 pm; both ends with their day where they differ."""
    if _are_one_day(starts, ends):
        return f"{format_time(starts, code)} – {format_time(ends, code)}"
    return f"{told_moment(starts, code)} – {told_moment(ends, code)}"


def told_times(starts: datetime, ends: datetime, code: str | None = None) -> str:
    """For a ticket: the day with its hours, or from which day to which."""
    if _are_one_day(starts, ends):
        return f"{format_day(starts, code)}, {told_hours(starts, ends, code)}"
    return told_days(starts, ends, code)


def told_moment(moment: datetime | None, code: str | None = None) -> str:
    """The day and the time; the day alone where it begins at midnight. Nothing for no moment."""
    if moment is None:
        return ""
    day = format_day(moment, code)
    is_midnight = moment.astimezone(DHAKA).time() == time()
    return day if is_midnight else f"{day}, {format_time(moment, code)}"


def _are_one_day(starts: datetime, ends: datetime) -> bool:
    first, last = days_of(starts, ends)
    return first == last
