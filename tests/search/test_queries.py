"""What is found: each case on both databases, with the same answer."""

import pytest
import sqlalchemy as sa
from flask import Flask

from showcase.db import db
from showcase.search.models import SearchText
from showcase.search.queries import MOST_WORDS, Hits, find, ids_of_stories
from showcase.search.words import asked_words
from tests.documents.folder import Folder, counted_queries, publish


@pytest.fixture
def library(context: None, folder: Folder) -> Folder:
    """Stories, an event, a page and districts whose words are known."""
    folder.districts("kurigram", "rangpur")
    folder.story("camp", "Cattle are treated at home.", district="kurigram", published="2026-03-01")
    folder.translation("stories/camp", body="ভূমি অফিসে নয়, বাড়ির কাছে।")
    folder.story(
        "land", "About 2,500 deeds.", title="Deeds in a day", sector="land", published="2026-04-01"
    )
    folder.story("hidden", "Cattle in a draft.", status="draft", published=None)
    folder.event("fair", "See the cattle.", title="Rangpur fair")
    folder.page("about", "Who keeps cattle here.")
    publish(folder)
    return folder


def found(query: str) -> list[str]:
    return [f"{hit.kind} {hit.key}" for hit in find(query).hits]


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("deeds", ["story land"]),
        ("Deeds in", ["story land"]),
        ("DEEDS", ["story land"]),
        ("dee", ["story land"]),
        ("eeds", []),
        ("ভূমি", ["story land", "story camp"]),
        ("ভূম", ["story land", "story camp"]),
        ("অফিস", ["story camp"]),
        ("ভূমি cattle", ["story camp"]),
        ("২,৫০০", ["story land"]),
        ("2,500", ["story land"]),
        ("2500", ["story land"]),
        ("500", []),
        ("rangpur", ["event fair", "district rangpur"]),
        ("kurigram", ["district kurigram", "story camp"]),
        ("প্রাণিসম্পদ", ["story camp"]),
        ("livestock", ["story camp"]),
        ("cattle", ["event fair", "page about", "story camp"]),
    ],
)
def test_query_finds(library: Folder, query: str, answer: list[str]) -> None:
    assert found(query) == answer


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        '"',
        "title:",
        "NEAR(",
        "') OR 1=1 --",
        "<script>",
        "* AND",
        "a OR b",
        "-x",
        "\x00",
        "\u200d",
        "্",
        "ক" * 5_000,
        "word " * 1_000,
        "😀",
    ],
)
def test_query_of_any_kind_is_answered(library: Folder, query: str) -> None:
    assert find(query).total == len(find(query).hits)


def test_title_stands_before_text_and_new_before_old(context: None, folder: Folder) -> None:
    folder.story("old-title", "x", title="A pond saved", published="2020-01-01")
    folder.story("old", "The pond.", published="2021-01-01")
    folder.story("new", "The pond.", published="2026-01-01")
    publish(folder)

    assert found("pond") == ["story old-title", "story new", "story old"]


def test_page_of_hits_and_their_number(context: None, folder: Folder) -> None:
    for number in range(5):
        folder.story(f"s{number}", "The pond.", published=f"2026-01-0{number + 1}")
    publish(folder)

    second = find("pond", start=2, count=2)

    assert ([hit.key for hit in second.hits], second.total) == (["s2", "s1"], 5)


def test_changed_text_is_found_by_its_new_words_only(library: Folder) -> None:
    library.story("land", "Now about ponds.", title="Water for all", sector="environment")
    publish(library)

    assert (found("deeds"), found("ponds")) == ([], ["story land"])


def test_changed_translation_is_found_by_its_new_words_only(library: Folder) -> None:
    library.translation("stories/camp", body="পুকুর রক্ষা।")
    publish(library)

    assert (found("অফিস"), found("পুকুর")) == ([], ["story camp"])


def test_withdrawn_story_is_not_found(library: Folder) -> None:
    library.story("land", "About deeds.", status="draft", published=None)
    publish(library)

    assert found("deeds") == []


def test_only_stories_are_found_for_their_list(library: Folder) -> None:
    stories = ids_of_stories("cattle")

    assert stories is not None
    assert len(stories) == 2  # The draft too: the list leaves it out by itself.
    assert ids_of_stories("...") is None


def test_words_beyond_the_most_are_left_out(library: Folder) -> None:
    words = ["deeds", *(f"a{n}" for n in range(MOST_WORDS))]

    assert found(" ".join(["deeds"] * 50)) == ["story land"]
    assert find(" ".join(words)).total == 0


def test_number_of_queries_is_that_of_one_hit(context: None, folder: Folder) -> None:
    folder.story("a", "pond")
    publish(folder)
    with counted_queries() as one:
        find("pond")
    folder.story("b", "pond")
    folder.story("c", "pond")
    publish(folder)
    with counted_queries() as three:
        assert find("pond").total == 3

    assert len(one) == len(three) == 2


def test_page_beyond_the_last_has_the_number_all_the_same(library: Folder) -> None:
    assert find("cattle", start=1_000) == Hits((), 3)


def test_launch_content_is_found_alike(site_on_sqlite: Flask, site_on_postgresql: Flask) -> None:
    """Every tenth word of all texts, whole and as a beginning: lists in the same order."""
    with site_on_sqlite.app_context():
        texts = db.session.scalars(sa.select(SearchText.text).order_by(SearchText.text)).all()
    words = sorted({word for text in texts for word in asked_words(text)})[::10]
    queries = [*words, *(word[:2] for word in words), *(f"{word} সেবা" for word in words)]

    with site_on_sqlite.app_context():
        one = {query: found(query) for query in queries}
    with site_on_postgresql.app_context():
        other = {query: found(query) for query in queries}

    assert len(words) > 100
    assert one == other
