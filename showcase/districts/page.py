"""What the page of all districts and the page of one district show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from showcase.districts.evidence import Evidence, evidence_in
from showcase.districts.labels import DIVISIONS
from showcase.districts.map import (
    NOTHING,
    Counts,
    DistrictMap,
    Shade,
    counts_by_district,
    counts_of,
    district_map,
)
from showcase.districts.queries import District, all_districts
from showcase.events.queries import EventCard, events_in, next_event_of_districts
from showcase.i18n import language as current_language
from showcase.stories.catalogue import UNKNOWN, catalogue
from showcase.stories.queries import Story, stories_with

STORIES_SHOWN: Final = 12
EVENTS_SHOWN: Final = 6


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    counts: Counts
    next_event: EventCard | None


@dataclass(frozen=True)
class DivisionRows:
    key: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class DistrictsPage:
    """The map, and the same in a table.

    Attributes:
        with_story: How many districts have a story.
        with_measured: How many have a measured one.
        nowhere: How many stories belong to no single district.
    """

    map: DistrictMap
    divisions: tuple[DivisionRows, ...]
    total: int
    with_story: int
    with_measured: int
    nowhere: int


@dataclass(frozen=True)
class DistrictPage:
    """One district.

    Attributes:
        stories: The newest of them.
        neighbours: The other districts of its division.
    """

    name: str
    division: str
    site: str
    counts: Counts
    stories: list[Story]
    coming: list[EventCard]
    past: list[EventCard]
    evidence: list[Evidence]
    records: int
    measured_records: int
    neighbours: list[tuple[str, str]]


def districts_page(shade: Shade) -> DistrictsPage:
    counts = counts_by_district(catalogue())
    nowhere = counts.pop(UNKNOWN, NOTHING)
    divisions = _by_division(list(all_districts().values()))
    events = next_event_of_districts()
    named = [(str(DIVISIONS[division]), members) for division, members in divisions]
    return DistrictsPage(
        map=district_map(named, counts, shade),
        divisions=tuple(
            DivisionRows(division, str(DIVISIONS[division]), _rows(members, counts, events))
            for division, members in divisions
        ),
        total=len(all_districts()),
        with_story=len(counts),
        with_measured=sum(1 for here in counts.values() if here.measured),
        nowhere=nowhere.stories,
    )


def _rows(
    districts: Sequence[District], counts: dict[str, Counts], events: dict[str, EventCard]
) -> tuple[Row, ...]:
    code = current_language()
    return tuple(
        Row(one.key, one.name(code), counts.get(one.key, NOTHING), events.get(one.key))
        for one in districts
    )


def _by_division(districts: Sequence[District]) -> list[tuple[str, list[District]]]:
    """Divisions and their districts, both by their names in the language of the page."""
    code = current_language()
    ordered = sorted(districts, key=lambda district: district.name(code))
    members = {
        division: [district for district in ordered if district.division == division]
        for division in sorted(DIVISIONS, key=lambda division: str(DIVISIONS[division]))
    }
    return [(division, here) for division, here in members.items() if here]


def district_page(district: District) -> DistrictPage:
    stories = catalogue()
    here = stories.having["district"].get(district.key, 0)
    positions = stories.page(here, "newest", 0, STORIES_SHOWN)
    coming, past = events_in(district.key, EVENTS_SHOWN)
    evidence = evidence_in(district.key)
    return DistrictPage(
        name=district.name(current_language()),
        division=str(DIVISIONS[district.division]),
        site=district.site,
        counts=counts_of(district.key, stories),
        stories=stories_with([stories.ids[position] for position in positions]),
        coming=coming,
        past=past,
        evidence=evidence,
        records=sum(level.records for level in evidence),
        measured_records=sum(level.measured for level in evidence),
        neighbours=_neighbours(district),
    )


def _neighbours(district: District) -> list[tuple[str, str]]:
    code = current_language()
    others = [
        (other.key, other.name(code))
        for other in all_districts().values()
        if other.division == district.division and other.key != district.key
    ]
    return sorted(others, key=lambda other: other[1])
