"""The days of an event in words."""

from datetime import datetime

from showcase.i18n import DHAKA, format_date, format_day, format_time


def told_days(starts: datetime, ends: datetime) -> str:
    """14 January 2027, or 14 January 2027 – 16 January 2027, as Dhaka counts days."""
    first, last = format_date(starts), format_date(ends)
    return first if first == last else f"{first} – {last}"


def told_hours(starts: datetime, ends: datetime) -> str:
    """9:00 am – 6:00 pm; both ends with their day where they differ."""
    if starts.astimezone(DHAKA).date() == ends.astimezone(DHAKA).date():
        return f"{format_time(starts)} – {format_time(ends)}"
    return f"{format_day(starts)}, {format_time(starts)} – {format_day(ends)}, {format_time(ends)}"
