"""Bit sets against the plain way of filtering, counting and sorting."""

from collections.abc import Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from showcase.db import now
from showcase.documents import queries as documents
from showcase.i18n import DHAKA
from showcase.stories.catalogue import (
    FACETS,
    SORTS,
    UNKNOWN,
    Catalogue,
    Facet,
    arranged,
    bits,
    catalogue,
)
from tests.documents.folder import TCV, Folder, counted_queries, publish

DIVISIONS = {"kurigram": "rangpur", "rangpur": "rangpur", "bogura": "rajshahi"}
CHANGES = st.none() | st.sampled_from([-97.0, -50.0, 0.0, 12.5])
ROWS = st.lists(
    st.builds(
        SimpleNamespace,
        district=st.none() | st.sampled_from(sorted(DIVISIONS)),
        sector=st.sampled_from(["land", "health"]),
        stage=st.sampled_from(["idea", "piloting"]),
        phase=st.sampled_from(["initiation", "execution"]),
        pain_points=st.lists(st.sampled_from(["queue", "cost", "distance"]), unique=True),
        delivery=st.sampled_from(["online", "phone"]),
        funding=st.sampled_from(["local", "other"]),
        year=st.none() | st.sampled_from([2014, 2015]),
        evidence=st.integers(0, 5),
        measured=st.booleans(),
        time_change=CHANGES,
        cost_change=CHANGES,
        visits_change=CHANGES,
    ),
    max_size=30,
)


def numbered(rows: Sequence[Any]) -> list[Any]:
    for number, row in enumerate(rows):
        row.id = 100 + number
    return list(rows)


def values_of(row: Any, facet: Facet) -> list[str]:
    """What the issue means by each facet, written down once more."""
    return {
        "district": [row.district or UNKNOWN],
        "division": [DIVISIONS.get(row.district, UNKNOWN)],
        "pain": row.pain_points,
        "year": [str(row.year or UNKNOWN)],
        "evidence": [str(row.evidence or UNKNOWN)],
        "measured": ["yes" if row.measured else "no"],
    }.get(facet) or ([] if facet == "pain" else [getattr(row, facet)])


def fits(row: Any, choice: dict[Facet, tuple[str, ...]]) -> bool:
    return all(set(values_of(row, facet)) & set(values) for facet, values in choice.items())


CHOICES = st.dictionaries(
    st.sampled_from(FACETS),
    st.lists(
        st.sampled_from(["kurigram", "rangpur", "land", "idea", "queue", "cost", "online", "local"])
        | st.sampled_from(["2014", UNKNOWN, "3", "yes", "no", "execution", "nonsense"]),
        min_size=1,
        max_size=3,
    ).map(tuple),
    max_size=4,
)


@given(ROWS, CHOICES)
def test_choice_is_any_value_of_each_facet(
    rows: list[Any], choice: dict[Facet, tuple[str, ...]]
) -> None:
    rows = numbered(rows)
    stories = arranged(rows, DIVISIONS)

    chosen = stories.chosen(choice, stories.everything)

    assert chosen == bits(n for n, row in enumerate(rows) if fits(row, choice))


@given(ROWS, CHOICES, st.sampled_from(FACETS))
def test_counts_are_of_what_a_value_would_show(
    rows: list[Any], choice: dict[Facet, tuple[str, ...]], facet: Facet
) -> None:
    rows = numbered(rows)
    stories = arranged(rows, DIVISIONS)

    counts = stories.counts(facet, choice, stories.everything)

    for value, count in counts.items():
        assert count == sum(fits(row, {**choice, facet: (value,)}) for row in rows)


@given(ROWS, CHOICES, st.sampled_from(SORTS), st.integers(0, 12), st.integers(1, 12))
def test_page_is_a_slice_of_the_sorted_list(
    rows: list[Any], choice: dict[Facet, tuple[str, ...]], sort: Any, start: int, count: int
) -> None:
    rows = numbered(rows)
    stories = arranged(rows, DIVISIONS)
    chosen = stories.chosen(choice, stories.everything)
    plain = [n for n, row in enumerate(rows) if fits(row, choice)]
    if sort != "newest":
        have = [n for n in plain if getattr(rows[n], f"{sort}_change") is not None]
        lack = [n for n in plain if getattr(rows[n], f"{sort}_change") is None]
        plain = sorted(have, key=lambda n: getattr(rows[n], f"{sort}_change")) + lack

    assert stories.page(chosen, sort, start, count) == plain[start : start + count]


@given(st.sets(st.integers(0, 300)))
def test_bits_are_those_of_the_positions(positions: set[int]) -> None:
    assert bits(positions) == sum(1 << position for position in positions)


def test_stories_among_documents() -> None:
    stories = Catalogue((7, 3, 9), {}, {}, {})

    assert stories.among([9, 7, 1_000]) == 0b101


@pytest.fixture
def published(context: None, folder: Folder) -> Folder:
    folder.districts("kurigram", "rangpur")
    folder.story("old", district="kurigram", tcv=TCV, published="2025-01-01")
    folder.story("new", published="2026-01-01", sector="land")
    publish(folder)
    return folder


def slugs(stories: Catalogue, positions: Sequence[int]) -> list[str]:
    found = {reading.id: reading.slug for reading in documents.readings("story", "en")}
    return [found[stories.ids[position]] for position in positions]


def test_published_stories_newest_first(published: Folder) -> None:
    stories = catalogue()

    newest = stories.page(stories.everything, "newest", 0, 10)
    quickest = stories.page(stories.everything, "time", 0, 10)

    assert (slugs(stories, newest), slugs(stories, quickest)) == (["new", "old"], ["old", "new"])
    assert stories.having["measured"] == {"yes": 0b10, "no": 0b01}
    assert stories.having["division"] == {"dhaka": 0b10, UNKNOWN: 0b01}


def test_catalogue_is_kept_until_something_is_published(published: Folder) -> None:
    first = catalogue()
    with counted_queries() as asked:
        assert catalogue() is first
    published.story("third")
    publish(published)

    assert len(asked) == 1
    assert len(catalogue().ids) == 3


def test_story_that_is_due_later_appears_by_itself(
    published: Folder, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = now() + timedelta(minutes=5)
    published.story("due", publish_at=due.astimezone(DHAKA).strftime("%Y-%m-%d %H:%M"))
    publish(published)
    before = len(catalogue().ids)
    for module in ("showcase.stories.catalogue.now", "showcase.documents.queries.now"):
        monkeypatch.setattr(module, lambda: due + timedelta(seconds=1))

    assert (before, len(catalogue().ids)) == (2, 3)


def test_withdrawn_story_leaves_the_catalogue(published: Folder) -> None:
    published.story("new", status="draft", published=None)
    publish(published)

    assert slugs(catalogue(), range(len(catalogue().ids))) == ["old"]
