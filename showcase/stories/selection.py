"""What the address of the story list asks for: the address is the whole state of the list."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from showcase.districts.queries import all_districts
from showcase.paging import asked_page
from showcase.stories.catalogue import FACETS, SORTS, UNKNOWN, Facet, Sort
from showcase.stories.facet_names import VALUES
from showcase.text import clean_line, latin_digits

# What the box takes; the rest of a longer query is left out.
LONGEST_QUERY: Final = 200
_MOST_VALUES: Final = 64
_MOST_TOLD: Final = 5
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")

PARAMETERS: Final = (*FACETS, "sort", "q", "page")


@dataclass(frozen=True)
class Selection:
    """Which stories, in which order, and which page of them.

    Attributes:
        choice: Chosen values, of the facets that have any.
        not_known: What the address asks for besides, as the reader wrote it; it is left out.
    """

    choice: Mapping[Facet, tuple[str, ...]]
    query: str = ""
    sort: Sort = "newest"
    page: int = 1
    not_known: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        return bool(self.choice or self.query)

    def with_value(self, facet: Facet, value: str) -> "Selection":
        """The first page of the list with this value chosen too, or no longer chosen."""
        values = self.choice.get(facet, ())
        changed = tuple(v for v in values if v != value) if value in values else (*values, value)
        return self.first_page(choice={**self.choice, facet: changed})

    def without(self, facet: Facet) -> "Selection":
        return self.first_page(choice={**self.choice, facet: ()})

    def first_page(
        self,
        *,
        choice: Mapping[Facet, Sequence[str]] | None = None,
        query: str | None = None,
        sort: Sort | None = None,
    ) -> "Selection":
        chosen = self.choice if choice is None else _in_order(choice)
        return replace(
            self,
            choice=chosen,
            query=self.query if query is None else query,
            sort=sort or self.sort,
            page=1,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """As the query of an address: always in the same order, defaults left out."""
        pairs: list[tuple[str, str]] = [
            (facet, value) for facet in FACETS for value in self.choice.get(facet, ())
        ]
        if self.query:
            pairs.append(("q", self.query))
        if self.sort != "newest":
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def address(self, path: str) -> str:
        query = urlencode(self.pairs())
        return f"{path}?{query}" if query else path


def read_selection(arguments: MultiDict[str, str]) -> Selection:
    """From the query of an address; whatever stands there, a selection comes of it."""
    choice: dict[Facet, list[str]] = {}
    not_known = [name for name in arguments if name not in PARAMETERS]
    for facet in FACETS:
        for value in _values(arguments, facet):
            known = choice.setdefault(facet, []) if _is_known(facet, value) else not_known
            known.append(value)
    sort = _values(arguments, "sort")
    not_known += [value for value in sort if value not in SORTS]
    return Selection(
        choice=_in_order(choice),
        query=clean_line(arguments.get("q", ""))[:LONGEST_QUERY],
        sort=next((known for known in SORTS if known in sort), "newest"),
        page=asked_page(arguments.get("page", "")),
        not_known=tuple(clean_line(value)[:40] for value in not_known[:_MOST_TOLD]),
    )


def _values(arguments: MultiDict[str, str], name: str) -> list[str]:
    """Each once; Bangla digits too."""
    given = (latin_digits(value).strip() for value in arguments.getlist(name)[:_MOST_VALUES])
    return list(dict.fromkeys(value for value in given if value))


def _is_known(facet: Facet, value: str) -> bool:
    if facet == "district":
        return value in all_districts() or value == UNKNOWN
    if facet == "year":
        return bool(_YEAR.fullmatch(value)) or value == UNKNOWN
    return value in VALUES[facet]


def _in_order(choice: Mapping[Facet, Sequence[str]]) -> dict[Facet, tuple[str, ...]]:
    """One address for one list, however it was clicked together."""
    return {facet: tuple(sorted(choice[facet])) for facet in FACETS if choice.get(facet)}
