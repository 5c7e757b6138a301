"""When something was measured: a month or only a year, as far as the source knows."""

import re
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainSerializer

from showcase.i18n import digits, format_month
from showcase.text import clean_line, latin_digits

_PERIOD: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:-(?P<month>0[1-9]|1[0-2]))?")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Period:
    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

    def said(self, language: str) -> str:
        """June 2014, জুন ২০১৪, or only 2014."""
        if self.month:
            return format_month(self.year, self.month, language)
        return digits(str(self.year), language)


def parse_period(value: object) -> Period:
    text = clean_line(str(value))
    found = _PERIOD.fullmatch(latin_digits(text))
    if not found:
        raise ValueError(f"“{text}” is no month or year; write it like 2014-06 or 2014")
    return Period(int(found["year"]), int(found["month"]) if found["month"] else None)


def parse_year(value: object) -> int:
    text = clean_line(str(value))
    if not _YEAR.fullmatch(latin_digits(text)):
        raise ValueError(f"“{text}” is no year; write it like 2014")
    return int(text)


MonthOrYear = Annotated[
    Period, BeforeValidator(parse_period), PlainSerializer(str, return_type=str)
]
Year = Annotated[int, BeforeValidator(parse_year)]
