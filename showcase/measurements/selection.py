"""What the address of the register asks for: the address is its whole state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from showcase.districts.queries import all_districts
from showcase.i18n import _l, language
from showcase.paging import asked_page
from showcase.stories.labels import SECTORS
from showcase.tcv.evidence import LEVEL_NAMES, level_label
from showcase.tcv.labels import MEASURE_NAMES, METHOD_NAMES
from showcase.text import clean_line, latin_digits

Filter = Literal["evidence", "sector", "district", "measure", "method"]
Sort = Literal["newest", "time", "cost", "visits", "evidence"]

FILTERS: Final[tuple[Filter, ...]] = get_args(Filter)
FILTER_NAMES: Final[Mapping[Filter, Any]] = {
    "evidence": _l("Evidence"),
    "sector": _l("Sector"),
    "district": _l("District"),
    "measure": _l("With a change in"),
    "method": _l("Method"),
}
SORT_NAMES: Final[Mapping[Sort, Any]] = {
    "newest": _l("Newest"),
    "time": _l("Most time saved"),
    "cost": _l("Most cost saved"),
    "visits": _l("Most visits saved"),
    "evidence": _l("Best evidence"),
}
# What the register says above the records that come last.
LACKING: Final[Mapping[str, Any]] = {
    "time": _l("These records give no change for time, so they come last."),
    "cost": _l("These records give no change for cost, so they come last."),
    "visits": _l("These records give no change for visits, so they come last."),
}
PARAMETERS: Final = (*FILTERS, "sort", "page")

_VALUES: Final[Mapping[str, Mapping[Any, Any]]] = {
    "evidence": LEVEL_NAMES,
    "sector": SECTORS,
    "measure": MEASURE_NAMES,
    "method": METHOD_NAMES,
}
_MOST_TOLD: Final = 5
_LONGEST_TOLD: Final = 40


@dataclass(frozen=True)
class Selection:
    """Which records, in which order, and which page of them.

    Attributes:
        choice: The value of each filter that is set.
        not_known: What the address asks for besides, as the reader wrote it; it is left out.
    """

    choice: Mapping[Filter, str]
    sort: Sort = "newest"
    page: int = 1
    not_known: tuple[str, ...] = ()

    def address(self, path: str, page: int) -> str:
        """Always in the same order, defaults left out."""
        pairs: list[tuple[str, str]] = [
            (name, self.choice[name]) for name in FILTERS if name in self.choice
        ]
        pairs += [("sort", self.sort)] if self.sort != "newest" else []
        pairs += [("page", str(page))] if page > 1 else []
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def at(self, page: int) -> "Selection":
        return replace(self, page=page)


def read_selection(arguments: MultiDict[str, str]) -> Selection:
    """From the query of an address; whatever stands there, a selection comes of it."""
    choice: dict[Filter, str] = {}
    not_known = [name for name in arguments if name not in PARAMETERS]
    for name in FILTERS:
        for value in _given(arguments, name):
            if name not in choice and value in values_of(name):
                choice[name] = value
            else:
                not_known.append(value)
    sorts = _given(arguments, "sort")
    not_known += [value for value in sorts if value not in SORT_NAMES]
    return Selection(
        choice=choice,
        sort=next((known for known in SORT_NAMES if known in sorts), "newest"),
        page=asked_page(arguments.get("page", "")),
        not_known=tuple(told(not_known)),
    )


def values_of(name: Filter) -> Mapping[str, Any]:
    """Each value of a filter with what it is called."""
    if name == "district":
        return {key: one.name(language()) for key, one in all_districts().items()}
    return _VALUES[name]


def value_name(name: Filter, value: str) -> str:
    return level_label(value) if name == "evidence" else str(values_of(name)[value])


def told(words: Iterable[str]) -> list[str]:
    """What somebody wrote, short enough to be repeated on a page."""
    lines = (clean_line(word)[:_LONGEST_TOLD] for word in list(words)[:_MOST_TOLD])
    return [line for line in lines if line]


def _given(arguments: MultiDict[str, str], name: str) -> list[str]:
    values = (latin_digits(value).strip() for value in arguments.getlist(name)[:_LONGEST_TOLD])
    return [value for value in dict.fromkeys(values) if value]
