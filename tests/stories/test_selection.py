"""The address of the story list: read from any, written in one form."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from showcase.stories.selection import LONGEST_QUERY, PARAMETERS, Selection, read_selection


@pytest.fixture
def engine() -> str:
    """The database only gives the districts' keys, alike on both."""
    return "sqlite"


@pytest.fixture
def reading(site_on_sqlite: Flask) -> Iterator[None]:
    with site_on_sqlite.app_context():
        yield


def read(query: str) -> Selection:
    return read_selection(MultiDict(parse_qsl(query, keep_blank_values=True)))


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("", ""),
        ("sector=land&sector=health", "sector=health&sector=land"),
        ("sector=land&district=kurigram", "district=kurigram&sector=land"),
        ("sector=land&sector=land", "sector=land"),
        ("sort=newest&page=1&q=", ""),
        ("sort=cost&page=3", "sort=cost&page=3"),
        ("page=২", "page=2"),
        ("year=২০১৪", "year=2014"),
        ("evidence=৩", "evidence=3"),
        ("q=++pond+%E0%A6%AD+", "q=pond+%E0%A6%AD"),
        ("page=0", ""),
        ("page=-4", ""),
        ("page=abc", ""),
        ("sort=evil", ""),
        ("district=atlantis", ""),
        ("year=20145", ""),
        ("measured=maybe", ""),
        ("district=unknown", "district=unknown"),
    ],
)
def test_address_is_written_in_one_form(reading: None, query: str, written: str) -> None:
    assert read(query).address("/en/stories") == "/en/stories" + (f"?{written}" if written else "")


def test_what_is_not_known_is_named_and_left_out(reading: None) -> None:
    selection = read("color=red&sector=magic&sort=evil&sector=land")

    assert selection.not_known == ("color", "magic", "evil")
    assert selection.choice == {"sector": ("land",)}


def test_value_is_chosen_and_given_up(reading: None) -> None:
    selection = read("sector=land&page=4")

    both = selection.with_value("sector", "health")
    neither = selection.with_value("sector", "land")

    assert both.pairs() == [("sector", "health"), ("sector", "land")]
    assert neither.pairs() == []


def test_long_query_is_cut(reading: None) -> None:
    assert len(read("q=" + "a" * 5_000).query) == LONGEST_QUERY


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(PARAMETERS) | st.text(max_size=8),
            st.text(max_size=20) | st.sampled_from(["land", "kurigram", "2014", "cost", "9" * 30]),
        ),
        max_size=12,
    )
)
def test_any_address_leads_to_one_that_reads_the_same(
    reading: None, pairs: list[tuple[str, str]]
) -> None:
    selection = read_selection(MultiDict(pairs))

    again = read_selection(MultiDict(selection.pairs()))

    assert (again.pairs(), again.not_known) == (selection.pairs(), ())
