"""All published stories as sets of bits, so that a list with its counts costs the same with many.

Which stories have which value of a facet is one whole number each, a bit for a story; narrowing a
list is ``&``, counting it ``bit_count()``. Ten thousand stories are some 300 numbers of 1.25 kB.
Each process makes the catalogue anew when the site's mark has moved: a twentieth of a second.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final, Literal, get_args

import sqlalchemy as sa
from flask import current_app

from showcase.db import db, now
from showcase.districts.queries import all_districts
from showcase.documents.models import Document
from showcase.documents.queries import is_visible, site_mark
from showcase.stories.models import StoryEntry

Facet = Literal[
    "district", "division", "sector", "stage", "phase", "pain",
    "delivery", "funding", "year", "evidence", "measured",
]  # fmt: skip
Sort = Literal["newest", "time", "cost", "visits"]
Bits = int

FACETS: Final[tuple[Facet, ...]] = get_args(Facet)
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)

# What a story has that says nothing of a facet.
UNKNOWN: Final = "unknown"
_EXTENSION: Final = "story_catalogue"


@dataclass(frozen=True)
class Catalogue:
    """Stories by their position: 0 is the newest.

    Attributes:
        ids: Of the documents.
        having: Per facet and value, the stories that have it.
        orders: All positions in each order.
        without: For each order, the stories that lack its number; they come last.
    """

    ids: tuple[int, ...]
    having: Mapping[Facet, Mapping[str, Bits]]
    orders: Mapping[Sort, tuple[int, ...]]
    without: Mapping[Sort, Bits]

    @property
    def everything(self) -> Bits:
        return (1 << len(self.ids)) - 1

    def among(self, ids: Iterable[int]) -> Bits:
        """Those of these documents that are published stories."""
        return bits(self._places[one] for one in ids if one in self._places)

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {one: position for position, one in enumerate(self.ids)}

    def chosen(self, choice: Mapping[Facet, Sequence[str]], within: Bits) -> Bits:
        """Stories that have, of every facet with a choice, one of its values."""
        for facet, values in choice.items():
            within &= self._any_of(facet, values)
        return within

    def counts(
        self, facet: Facet, choice: Mapping[Facet, Sequence[str]], within: Bits
    ) -> dict[str, int]:
        """How many stories each value would show, beside what is chosen of the other facets."""
        others = {other: values for other, values in choice.items() if other != facet}
        rest = self.chosen(others, within)
        return {value: (rest & having).bit_count() for value, having in self.having[facet].items()}

    def page(self, chosen: Bits, sort: Sort, start: int, count: int) -> list[int]:
        """Positions of one page of the chosen stories."""
        ordered = self._in_order(chosen, sort)
        return [
            position
            for number, position in zip(range(start + count), ordered, strict=False)
            if number >= start
        ]

    def _in_order(self, chosen: Bits, sort: Sort) -> Iterator[int]:
        packed = chosen.to_bytes(len(self.ids) // 8 + 1, "little")
        return (
            position
            for position in self.orders[sort]
            if packed[position >> 3] & (1 << (position & 7))
        )

    def _any_of(self, facet: Facet, values: Iterable[str]) -> Bits:
        found = 0
        for value in values:
            found |= self.having[facet].get(value, 0)
        return found


def bits(positions: Iterable[int]) -> Bits:
    # Set in a row of bytes first: each change of a large number would make a new one.
    packed = bytearray()
    for position in positions:
        if position >> 3 >= len(packed):
            packed.extend(bytes((position >> 3) + 1 - len(packed)))
        packed[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(packed, "little")


@dataclass(frozen=True)
class _Kept:
    """A catalogue, and as long as it is right: to the next publish or the next story due."""

    catalogue: Catalogue
    mark: int
    until: datetime | None


def catalogue() -> Catalogue:
    """All published stories as they are now; one small query where nothing has changed."""
    mark, at = site_mark(), now()
    kept: _Kept | None = current_app.extensions.get(_EXTENSION)
    if kept and kept.mark == mark and (kept.until is None or at < kept.until):
        return kept.catalogue
    made = _Kept(_catalogue(), mark, _next_due(at))
    current_app.extensions[_EXTENSION] = made
    return made.catalogue


def _next_due(at: datetime) -> datetime | None:
    return db.session.scalar(
        sa.select(sa.func.min(Document.publish_at)).where(
            Document.kind == "story", Document.status == "published", Document.publish_at > at
        )
    )


def _catalogue() -> Catalogue:
    rows = db.session.execute(
        sa.select(*_COLUMNS)
        .join(Document, Document.id == StoryEntry.id)
        .where(is_visible())
        .order_by(Document.published.desc(), Document.slug)
    ).all()
    return arranged(rows, {key: one.division for key, one in all_districts().items()})


def arranged(rows: Sequence[Any], divisions: Mapping[str, str]) -> Catalogue:
    """From rows with the columns of ``StoryEntry``, the newest first."""
    positions: dict[Facet, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    for position, row in enumerate(rows):
        for facet, value in _values(row, divisions):
            positions[facet].setdefault(value, []).append(position)
    return Catalogue(
        ids=tuple(row.id for row in rows),
        having={
            facet: {value: bits(found) for value, found in values.items()}
            for facet, values in positions.items()
        },
        orders={sort: _order(rows, sort) for sort in SORTS},
        without={sort: bits(_lacking(rows, sort)) for sort in SORTS},
    )


_COLUMNS: Final = (
    StoryEntry.id,
    StoryEntry.district,
    StoryEntry.sector,
    StoryEntry.stage,
    StoryEntry.phase,
    StoryEntry.pain_points,
    StoryEntry.delivery,
    StoryEntry.funding,
    StoryEntry.year,
    StoryEntry.evidence,
    StoryEntry.measured,
    StoryEntry.time_change,
    StoryEntry.cost_change,
    StoryEntry.visits_change,
)


def _values(row: Any, divisions: Mapping[str, str]) -> Iterator[tuple[Facet, str]]:
    yield "district", row.district or UNKNOWN
    yield "division", divisions.get(row.district, UNKNOWN)
    yield "sector", row.sector
    yield "stage", row.stage
    yield "phase", row.phase
    for pain in dict.fromkeys(row.pain_points):
        yield "pain", pain
    yield "delivery", row.delivery
    yield "funding", row.funding
    yield "year", str(row.year or UNKNOWN)
    yield "evidence", str(row.evidence or UNKNOWN)
    yield "measured", "yes" if row.measured else "no"


def _order(rows: Sequence[Any], sort: Sort) -> tuple[int, ...]:
    """The largest decrease first; equal ones, and those without a number, newest first."""
    if sort == "newest":
        return tuple(range(len(rows)))
    changes = [getattr(row, f"{sort}_change") for row in rows]
    return tuple(sorted(range(len(rows)), key=lambda n: (changes[n] is None, changes[n] or 0.0, n)))


def _lacking(rows: Sequence[Any], sort: Sort) -> list[int]:
    if sort == "newest":
        return []
    return [n for n, row in enumerate(rows) if getattr(row, f"{sort}_change") is None]
