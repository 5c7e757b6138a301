"""Lists a page at a time: which page an address asks for, and how many there are."""

import re
from typing import Final

from showcase.text import latin_digits

# Nobody gets so far by hand, and no database is asked to skip more.
_FARTHEST: Final = 100_000
_NUMBER: Final = re.compile("[0-9]{1,12}")


def asked_page(text: str) -> int:
    """1 for what is no number of a page; Bangla digits are fine."""
    digits = latin_digits(text.strip())
    return min(max(int(digits), 1), _FARTHEST) if _NUMBER.fullmatch(digits) else 1


def page_count(total: int, per_page: int) -> int:
    """A list without anything still has one page, which says so."""
    return max(1, -(-total // per_page))
