"""The story list as a reader sees it: the page of stories, and every way to narrow it or not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from showcase.paging import page_count
from showcase.stories.catalogue import FACETS, SORTS, UNKNOWN, Bits, Catalogue, Facet
from showcase.stories.facet_names import FACET_NAMES, LACKING, SORT_NAMES, VALUES, value_name
from showcase.stories.selection import Selection

PER_PAGE: Final = 24
# More districts than these are reached by their division, or by the map.
_MOST_DISTRICTS: Final = 12

Address = Callable[[Selection], str]


@dataclass(frozen=True)
class Option:
    """One value of a facet: a link that chooses it, or gives it up where it is chosen."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class FacetView:
    key: Facet
    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Way:
    """A link to another list, and how many stories it has."""

    label: str
    url: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True)
class Browse:
    """Everything about the list but the stories themselves.

    Attributes:
        positions: In the catalogue, of the stories on this page, in order.
        total: Of all pages.
        lacking_from: At which story of the page those begin that lack the number sorted by.
        lacking: What is said there.
        chosen: Each chosen value, with the list that is left without it.
        looser: Where nothing is found: what to give up, and what is found then.
    """

    positions: tuple[int, ...]
    total: int
    page: int
    pages: int
    facets: tuple[FacetView, ...]
    sorts: tuple[Way, ...]
    chosen: tuple[Way, ...]
    looser: tuple[Way, ...]
    lacking_from: int | None
    lacking: str
    previous_url: str
    next_url: str


def browse(
    catalogue: Catalogue, selection: Selection, found: Bits | None, address: Address
) -> Browse:
    """The list for a selection.

    Args:
        found: The stories that the words of the selection find; None where it has no words.
        address: Makes the address of a selection.
    """
    within = catalogue.everything if found is None else found
    chosen = catalogue.chosen(selection.choice, within)
    total = chosen.bit_count()
    pages = page_count(total, PER_PAGE)
    selection = replace(selection, page=min(selection.page, pages))
    start = (selection.page - 1) * PER_PAGE
    positions = catalogue.page(chosen, selection.sort, start, PER_PAGE)
    lacking_from = _lacking_from(positions, catalogue.without[selection.sort])
    return Browse(
        positions=tuple(positions),
        total=total,
        page=selection.page,
        pages=pages,
        facets=tuple(_facets(catalogue, selection, within, address)),
        sorts=tuple(_sorts(selection, address)),
        chosen=tuple(_chosen(selection, address)),
        looser=() if total else tuple(_looser(catalogue, selection, found, address)),
        lacking_from=lacking_from,
        lacking=str(LACKING[selection.sort]) if lacking_from is not None else "",
        previous_url=_beside(selection, -1, pages, address),
        next_url=_beside(selection, 1, pages, address),
    )


def _lacking_from(positions: Sequence[int], without: Bits) -> int | None:
    return next((n for n, position in enumerate(positions) if without >> position & 1), None)


def _facets(
    catalogue: Catalogue, selection: Selection, within: Bits, address: Address
) -> Iterator[FacetView]:
    for facet in FACETS:
        counts = catalogue.counts(facet, selection.choice, within)
        values = _values_shown(facet, counts, selection)
        if len(values) > 1 or selection.choice.get(facet):
            options = (
                Option(
                    value_name(facet, value),
                    counts.get(value, 0),
                    address(selection.with_value(facet, value)),
                    value in selection.choice.get(facet, ()),
                )
                for value in values
            )
            yield FacetView(facet, str(FACET_NAMES[facet]), tuple(options))


def _values_shown(facet: Facet, counts: dict[str, int], selection: Selection) -> list[str]:
    """Those that would show something, and those that are chosen."""
    chosen = selection.choice.get(facet, ())
    values = [value for value, count in counts.items() if count or value in chosen]
    values += [value for value in chosen if value not in values]
    if facet == "district" and len(values) > _MOST_DISTRICTS and "division" not in selection.choice:
        return list(chosen)
    if facet in VALUES:
        order = list(VALUES[facet])
        return sorted(values, key=order.index)
    if facet == "year":
        return sorted(values, key=lambda value: (value != UNKNOWN, value), reverse=True)
    return sorted(values, key=lambda v: (v == UNKNOWN, -counts.get(v, 0), value_name(facet, v)))


def _sorts(selection: Selection, address: Address) -> Iterator[Way]:
    for sort in SORTS:
        url = address(selection.first_page(sort=sort))
        yield Way(str(SORT_NAMES[sort]), url, current=sort == selection.sort)


def _chosen(selection: Selection, address: Address) -> Iterator[Way]:
    for facet, values in selection.choice.items():
        for value in values:
            label = f"{FACET_NAMES[facet]}: {value_name(facet, value)}"
            yield Way(label, address(selection.with_value(facet, value)))
    if selection.query:
        yield Way(f"“{selection.query}”", address(selection.first_page(query="")))


def _looser(
    catalogue: Catalogue, selection: Selection, found: Bits | None, address: Address
) -> Iterator[Way]:
    """Each one thing that can be given up so that something is found."""
    within = catalogue.everything if found is None else found
    for facet in selection.choice:
        wider = selection.without(facet)
        count = catalogue.chosen(wider.choice, within).bit_count()
        if count:
            yield Way(str(FACET_NAMES[facet]), address(wider), count)
    if found is not None:
        count = catalogue.chosen(selection.choice, catalogue.everything).bit_count()
        if count:
            yield Way(f"“{selection.query}”", address(selection.first_page(query="")), count)


def _beside(selection: Selection, step: int, pages: int, address: Address) -> str:
    page = selection.page + step
    return address(replace(selection, page=page)) if 1 <= page <= pages else ""
