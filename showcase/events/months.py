"""Months as a wall calendar in Bangladesh shows them: in Dhaka, each week from its Sunday."""

import calendar
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple, Self

from showcase.i18n import DHAKA, day_names, format_month
from showcase.text import latin_digits

_WRITTEN: Final = re.compile("([0-9]{4})-([0-9]{2})")
# As far as the dates of documents go.
_YEARS: Final = range(1900, 2101)
# Babel counts from Monday, a week here begins on Sunday.
_FROM_SUNDAY: Final = (6, 0, 1, 2, 3, 4, 5)


class Month(NamedTuple):
    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """From ``2027-01``, in either script; None for what is no month."""
        found = _WRITTEN.fullmatch(latin_digits(text.strip()))
        return cls._if_there_is(int(found[1]), int(found[2])) if found else None

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def _if_there_is(cls, year: int, number: int) -> Self | None:
        return cls(year, number) if year in _YEARS and 1 <= number <= 12 else None

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def name(self) -> str:
        """January 2027, in the language of the page."""
        return format_month(self.year, self.number)

    @property
    def before(self) -> Self | None:
        """None where the calendar ends."""
        year, number = (self.year - 1, 12) if self.number == 1 else (self.year, self.number - 1)
        return self._if_there_is(year, number)

    @property
    def after(self) -> Self | None:
        """None where the calendar ends."""
        year, number = (self.year + 1, 1) if self.number == 12 else (self.year, self.number + 1)
        return self._if_there_is(year, number)

    @property
    def starts(self) -> datetime:
        """Its first moment in Dhaka."""
        return datetime(self.year, self.number, 1, tzinfo=DHAKA)

    @property
    def ends(self) -> datetime:
        """The first moment that is no longer in it."""
        days = calendar.monthrange(self.year, self.number)[1]
        return datetime(self.year, self.number, days, tzinfo=DHAKA) + timedelta(days=1)

    def weeks(self) -> list[list[date]]:
        """Whole weeks from Sunday to Saturday, with the days of the months beside it."""
        return calendar.Calendar(calendar.SUNDAY).monthdatescalendar(self.year, self.number)

    def holds(self, day: date) -> bool:
        return (day.year, day.month) == self


def months_from(first: date, last: date) -> Sequence[Month]:
    """Every month that has one of the days."""
    months = [Month.of(first)]
    while months[-1] < Month.of(last) and (following := months[-1].after):
        months.append(following)
    return months


def weekdays(code: str) -> list[tuple[str, str]]:
    """From Sunday on: each in full, and short enough for the head of a column."""
    full, short = day_names(code), day_names(code, short=True)
    return [(full[n], short[n]) for n in _FROM_SUNDAY]
