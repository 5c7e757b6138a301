"""The three questions of an exit slip and which answers are possible, on a screen and on paper."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from showcase.text import clean_line, latin_digits


class Range(NamedTuple):
    least: int
    most: int


# The largest are rare but real: a week of one's own time, ten lakh taka, a visit every third day
# of a year. What lies above is a slip of the finger.
QUESTIONS: Final[Mapping[str, Range]] = {
    "minutes": Range(0, 7 * 24 * 60),
    "taka": Range(0, 1_000_000),
    "visits": Range(1, 120),
}

_WHOLE: Final = re.compile("[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{2,3}){1,3}")


class NotANumber(ValueError):
    """What was typed is no whole number, or no possible answer."""


def whole(typed: str, question: str) -> int | None:
    """``১,২০০`` as 1200; None where nothing was typed.

    Raises:
        NotANumber: It is no whole number in the question's range.
    """
    text = latin_digits(clean_line(typed))
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise NotANumber
    number = int(text.replace(",", ""))
    least, most = QUESTIONS[question]
    if not least <= number <= most:
        raise NotANumber
    return number
