"""The districts as squares: each one shaded by its stories, or by those of them that are measured.

A shade is a number of sewn rows as well as a colour, and the legend names it in numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Final, Literal, get_args

from showcase.districts.queries import District
from showcase.districts.short_names import short_names
from showcase.i18n import _, _n, format_number
from showcase.i18n import language as current_language
from showcase.stories.catalogue import Catalogue

Shade = Literal["stories", "measured"]
SHADES: Final[tuple[Shade, ...]] = get_args(Shade)
# Above none. More could not be told apart at the size of a thumb.
_STEPS: Final = 4


@dataclass(frozen=True)
class Counts:
    """The stories of one district, and how many of them say what was measured afterwards."""

    stories: int
    measured: int


NOTHING: Final = Counts(0, 0)


@dataclass(frozen=True)
class Tile:
    """One district's square.

    Attributes:
        short: Its name as far as it fits.
        told: Its name and its counts in words.
        step: How dark: 0 for none, at most 4.
    """

    key: str
    short: str
    told: str
    x: int
    y: int
    step: int


@dataclass(frozen=True)
class Range:
    """One line of the legend: ``1``, or ``3–4``."""

    step: int
    label: str


@dataclass(frozen=True)
class DistrictMap:
    """The squares of each division, in the order in which they were given.

    Attributes:
        columns: How many squares the map is wide.
        rows: How many it is high.
        seams: Where two divisions meet: ends of lines between squares, from and to.
    """

    divisions: tuple[tuple[str, tuple[Tile, ...]], ...]
    columns: int
    rows: int
    legend: tuple[Range, ...]
    seams: tuple[tuple[int, int, int, int], ...]


def counts_by_district(catalogue: Catalogue) -> dict[str, Counts]:
    """Of the districts that have any story."""
    return {key: counts_of(key, catalogue) for key in catalogue.having["district"]}


def counts_of(district: str, catalogue: Catalogue) -> Counts:
    stories = catalogue.having["district"].get(district, 0)
    measured = catalogue.having["measured"].get("yes", 0)
    return Counts(stories.bit_count(), (stories & measured).bit_count())


def district_map(
    divisions: Sequence[tuple[str, Sequence[District]]],
    counts: Mapping[str, Counts],
    shade: Shade,
) -> DistrictMap:
    """The map in the language of the page; each division with its name."""
    districts = [district for _name, members in divisions for district in members]
    size = _range_size([getattr(counts.get(d.key, NOTHING), shade) for d in districts])
    names = short_names([district.name(current_language()) for district in districts])
    short = {district.key: name for district, name in zip(districts, names, strict=True)}

    def tile(district: District) -> Tile:
        here = counts.get(district.key, NOTHING)
        told, step = told_counts(district, here), -(-getattr(here, shade) // size)
        return Tile(district.key, short[district.key], told, district.x, district.y, step)

    drawn = tuple((name, tuple(tile(d) for d in members)) for name, members in divisions)
    steps = {tile.step for _name, tiles in drawn for tile in tiles}
    return DistrictMap(
        divisions=drawn,
        columns=max((district.x for district in districts), default=0) + 1,
        rows=max((district.y for district in districts), default=0) + 1,
        legend=_legend(max(steps, default=0), size),
        seams=_seams(districts),
    )


def told_counts(district: District, counts: Counts) -> str:
    """Kurigram: 1 story, 0 measured."""
    return _n(
        "%(district)s: %(number)s story, %(measured)s measured",
        "%(district)s: %(number)s stories, %(measured)s measured",
        counts.stories,
        district=district.name(current_language()),
        number=format_number(counts.stories),
        measured=format_number(counts.measured),
    )


def _range_size(values: Sequence[int]) -> int:
    """How many numbers share a shade: 1, 2, 5, 10, 20, 50 …, so that the steps reach the most."""
    most = max(values, default=0)
    sizes = (int(digit * 10**zeros) for zeros in count() for digit in (1, 2, 5))
    return next(size for size in sizes if size * _STEPS >= most)


def _legend(darkest: int, size: int) -> tuple[Range, ...]:
    bounds = pairwise(step * size for step in range(darkest + 1))
    ranges = (_told_range(below + 1, most) for below, most in bounds)
    return (Range(0, _("none")), *(Range(step, told) for step, told in enumerate(ranges, 1)))


def _told_range(least: int, most: int) -> str:
    if least == most:
        return format_number(most)
    return f"{format_number(least)}–{format_number(most)}"


def _seams(districts: Sequence[District]) -> tuple[tuple[int, int, int, int], ...]:
    division = {(district.x, district.y): district.division for district in districts}
    seams: list[tuple[int, int, int, int]] = []
    for (x, y), here in sorted(division.items()):
        if division.get((x + 1, y), here) != here:
            seams.append((x + 1, y, x + 1, y + 1))
        if division.get((x, y + 1), here) != here:
            seams.append((x, y + 1, x + 1, y + 1))
    return tuple(seams)
