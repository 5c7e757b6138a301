"""Types for the keys of a front matter: each reads what people write and says what it expects.

Digits may be Bangla or Latin. A message names the remedy, since an editor sees nothing else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import total_ordering
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, GetCoreSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, core_schema

from showcase.documents.problems import shown
from showcase.i18n import DHAKA
from showcase.text import clean_line, latin_digits, slugify

MAX_SLUG = 80
MAX_URL = 2_000
_YEARS = range(1900, 2101)
_UNKNOWN = "unknown"

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}):([0-9]{2}))?")
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_JOINERS = str.maketrans("", "", "\u200c\u200d")
_NOT_IN_URL = re.compile('[\x00-\x20\x7f-\xa0\\\\<>"`]')


class Misplaced(ValueError):
    """A fault found in a whole mapping that belongs to one of its keys.

    ``raise Misplaced("ends", "the event ends before it starts; …")`` in a model validator puts the
    message where ``ends`` was written.
    """

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def _reads(read: Callable[[str], Any]) -> BeforeValidator:
    """Apply ``read`` to what was written; values made by code pass as they are."""

    def validate(value: Any) -> Any:
        return read(latin_digits(clean_line(value))) if isinstance(value, str) else value

    return BeforeValidator(validate)


def _flag(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"{shown(text)} is neither; write yes or no")
    return text == "yes"


def _whole(text: str) -> int:
    # Nine digits fit every integer column.
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ValueError(f"{shown(text)} is no whole number; write digits only, such as 120")
    return int(text)


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    day = found and _date(*found.groups())
    if not day:
        raise ValueError(f"{shown(text)} is no date; {_day_to_write(text)}")
    return day


def _moment(text: str) -> datetime:
    found = _MOMENT.fullmatch(text)
    day = found and _date(*found[1].split("-"))
    clock = found and _clock(found[2] or "00", found[3] or "00")
    if not day or clock is None:
        raise ValueError(f"{shown(text)} is no date and time; {_day_to_write(text[:10])} 09:00")
    return datetime.combine(day, clock, DHAKA).astimezone(UTC)


def _slug(text: str) -> str:
    text = text.translate(_JOINERS)
    fit = slugify(text)[:MAX_SLUG].strip("-")
    if text != fit:
        likely = f"such as “{fit}”" if fit else "such as “animal-health-camp”"
        raise ValueError(
            f"{shown(text)} is no short name; write small letters, digits and hyphens, {likely}"
        )
    return text


def _http_url(text: str) -> str:
    problem = f"{shown(text)} is no web address; write it in full, such as https://example.org/page"
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(problem) from None
    if parts.scheme not in ("http", "https") or not host or _NOT_IN_URL.search(text):
        raise ValueError(problem)
    if "@" in parts.netloc:
        raise ValueError("a web address here may hold no user name; delete what stands before “@”")
    if len(text) > MAX_URL:
        raise ValueError(f"the address is {len(text):,} characters long; at most {MAX_URL:,}")
    return text


def _as_written(value: Any) -> Any:
    """An address keeps its digits: they may be Bangla in its path."""
    return _http_url(value.strip()) if isinstance(value, str) else value


def _as_written_in_dhaka(moment: datetime) -> str:
    return moment.astimezone(DHAKA).strftime("%Y-%m-%d %H:%M")


Flag = Annotated[bool, _reads(_flag)]
Whole = Annotated[int, _reads(_whole)]
Day = Annotated[date, _reads(_day)]
# Written in Dhaka, a bare date meaning its first minute; held in UTC; in JSON as it was written.
Moment = Annotated[
    datetime, _reads(_moment), PlainSerializer(_as_written_in_dhaka, when_used="json")
]
Slug = Annotated[str, _reads(_slug)]
HttpUrl = Annotated[str, BeforeValidator(_as_written)]


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date as well as it is known: 2014, 2014-03, 2014-03-21 or unknown, which sorts first."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError for what is neither a date nor the beginning of one."""
        text = latin_digits(clean_line(text))
        if text == _UNKNOWN:
            return cls()
        found = _PARTIAL.fullmatch(text)
        year, month, day = found.groups() if found else (None, None, None)
        if year is None or not _date(year, month or "01", day or "01"):
            raise ValueError(
                f"{shown(text)} is no date; write as much as is known: 2014, 2014-03, "
                "2014-03-21 or unknown"
            )
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def known(self) -> bool:
        return self.year is not None

    def __str__(self) -> str:
        parts = [f"{self.year:04}" if self.year else _UNKNOWN]
        parts += [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def __lt__(self, other: Self) -> bool:
        return self._key < other._key

    @property
    def _key(self) -> tuple[int, int, int]:
        return self.year or 0, self.month or 0, self.day or 0

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read from text and written back as text, in JSON too."""
        return core_schema.no_info_plain_validator_function(
            cls._from_any, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def _from_any(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise ValueError("write a date here, such as 2014-03, or unknown")
        return cls.read(value)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _clock(hour: str, minute: str) -> time | None:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


def _day_to_write(text: str) -> str:
    """The date that was probably meant, in the form to write: 31-12-2027 is 2027-12-31."""
    found = _DAY_FIRST.fullmatch(text.strip())
    meant = found and _date(*found.groups()[::-1])
    if meant:
        return f"write it as {meant.isoformat()}"
    return "write year-month-day, such as 2027-12-31"
