"""What the address of the event list asks for: the address is the whole state of the list."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from showcase.districts.queries import all_districts
from showcase.events.labels import KINDS
from showcase.events.months import Month
from showcase.paging import asked_page
from showcase.text import clean_line

PARAMETERS: Final = ("district", "kind", "month", "page")
_MOST_TOLD: Final = 5

Found = TypeVar("Found")


@dataclass(frozen=True)
class Selection:
    """Which events, and which page of them.

    Attributes:
        page: Of the past events; of those of the month where there is one.
        not_known: What the address asks for besides, as the reader wrote it; it is left out.
    """

    district: str | None = None
    kind: str | None = None
    month: Month | None = None
    page: int = 1
    not_known: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        return bool(self.district or self.kind or self.month)

    def first_page(self, **changed: Any) -> "Selection":
        return replace(self, **{"page": 1, **changed})

    def pairs(self) -> list[tuple[str, str]]:
        """As the query of an address: always in the same order, defaults left out."""
        chosen = [("district", self.district), ("kind", self.kind), ("month", self.month)]
        pairs = [(name, str(value)) for name, value in chosen if value]
        return pairs if self.page == 1 else [*pairs, ("page", str(self.page))]

    def address(self, path: str) -> str:
        query = urlencode(self.pairs())
        return f"{path}?{query}" if query else path


def read_selection(arguments: MultiDict[str, str]) -> Selection:
    """From the query of an address; whatever stands there, a selection comes of it."""
    not_known = [name for name in arguments if name not in PARAMETERS]
    return Selection(
        district=_first(arguments, "district", _district, not_known),
        kind=_first(arguments, "kind", _kind, not_known),
        month=_first(arguments, "month", Month.read, not_known),
        page=asked_page(arguments.get("page", "")),
        not_known=tuple(clean_line(value)[:40] for value in not_known[:_MOST_TOLD]),
    )


def _first(
    arguments: MultiDict[str, str],
    name: str,
    read: Callable[[str], Found | None],
    not_known: list[str],
) -> Found | None:
    """The first value that means something; a select that was left alone sends an empty one."""
    given = [value.strip() for value in arguments.getlist(name) if value.strip()]
    known = [found for value in given if (found := read(value)) is not None]
    not_known += [value for value in given if read(value) is None]
    return known[0] if known else None


def _district(value: str) -> str | None:
    return value if value in all_districts() else None


def _kind(value: str) -> str | None:
    return value if value in KINDS else None
