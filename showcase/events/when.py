"""The days of an event in words."""

from datetime import datetime, time

from showcase.i18n import DHAKA, format_date, format_day, format_number, format_time


def told_days(starts: datetime, ends: datetime) -> str:
    """14 January 2027, 14–16 January 2027, or both days in full, as Dhaka counts days."""
    first, last = starts.astimezone(DHAKA).date(), ends.astimezone(DHAKA).date()
    if first == last:
        return format_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{format_number(first.day)}–{format_date(last)}"
    return f"{format_date(first)} – {format_date(last)}"


def told_hours(starts: datetime, ends: datetime) -> str:
    """9:00 am – 6:00 pm; both ends with their day where they differ."""
    if starts.astimezone(DHAKA).date() == ends.astimezone(DHAKA).date():
        return f"{format_time(starts)} – {format_time(ends)}"
    return f"{format_day(starts)}, {format_time(starts)} – {format_day(ends)}, {format_time(ends)}"


def told_moment(moment: datetime | None) -> str:
    """The day and the time; the day alone where it begins at midnight. Nothing for no moment."""
    if moment is None:
        return ""
    day = format_day(moment)
    is_midnight = moment.astimezone(DHAKA).time() == time()
    return day if is_midnight else f"{day}, {format_time(moment)}"
