"""The one box, as a reader meets it."""

from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.documents.folder import Folder, publish
from tests.pages import parse, text_of, words


@pytest.fixture
def library(app: Flask, folder: Folder) -> Folder:
    folder.districts("kurigram")
    folder.story("camp", "Cattle *are treated* at home.", district="kurigram")
    folder.translation("stories/camp", body="গবাদিপশুর চিকিৎসা বাড়িতেই।")
    folder.event("fair", "See the cattle.")
    folder.page("about", "Who keeps cattle here.")
    with app.app_context():
        publish(folder)
    return folder


def search(client: FlaskClient, query: str, language: str = "en", more: str = "") -> Any:
    response = client.get(f"/{language}/search?q={quote(query)}{more}")
    assert response.status_code == 200
    return parse(text_of(response))


def hits(page: Any) -> list[tuple[str, str]]:
    return [
        (words(hit.query(".meta")[0]), hit.query("a")[0].attrs["href"])
        for hit in page.query(".hits li")
    ]


def test_one_box_finds_all_kinds(client: FlaskClient, library: Folder) -> None:
    assert hits(search(client, "cattle")) == [
        ("Fair or event", "/en/events/fair"),
        ("Page", "/en/about"),
        ("Story", "/en/stories/camp"),
    ]
    assert hits(search(client, "kurigram")) == [
        ("Fair or event", "/en/events/fair"),
        ("District", "/en/districts/kurigram"),
        ("Story", "/en/stories/camp"),
    ]


def test_found_words_are_marked_and_nothing_is_code(client: FlaskClient, library: Folder) -> None:
    page = search(client, "treated")

    text = page.query(".hits p:not(.meta)")[0]
    assert [words(mark) for mark in text.query("mark")] == ["treated"]
    assert "Cattle are treated at home." in words(text)


def test_text_in_another_language_says_so(client: FlaskClient, library: Folder) -> None:
    page = search(client, "গবাদি", "en")

    assert page.query(".hits div")[0].attrs["lang"] == "bn"
    assert hits(page) == [("Story", "/en/stories/camp")]


def test_nothing_found_says_what_to_do(client: FlaskClient, library: Folder) -> None:
    page = search(client, "<b>zebra</b>")

    assert words(page.query(".count")[0]) == "Nothing found for “<b>zebra</b>”"
    assert words(page.query(".empty b")[0]) == "Try fewer words, or only the beginning of one."


@pytest.mark.parametrize("query", ["!!!", "*", "\u200d"])
def test_query_without_a_word_says_so(client: FlaskClient, library: Folder, query: str) -> None:
    page = search(client, query)

    empty = [words(node) for node in page.query(".empty")]
    assert empty == (
        ["There is no word in that. Write one with letters or digits."] if query.strip() else []
    )


def test_long_query_says_that_it_was_cut(client: FlaskClient, library: Folder) -> None:
    notes = search(client, "cattle " * 800).query(".note")

    assert [words(note) for note in notes] == [
        "That was long: only its first words were looked for."
    ]


def test_page_beyond_the_last_is_the_last(client: FlaskClient, library: Folder) -> None:
    page = search(client, "cattle", more="&page=1000000000")

    assert len(hits(page)) == 3
    assert words(page.query(".note")[0]) == "There is only 1 page; here it is."


def test_empty_box_is_only_a_box(client: FlaskClient, library: Folder) -> None:
    page = parse(text_of(client.get("/bn/search")))

    assert (page.query(".count"), page.query(".empty")) == ([], [])
    assert len(page.query("input[name=q]")) == 1
