"""The pilots board: counts of stories, and apart from them the programme's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from showcase.i18n import language
from showcase.pilots import board as pilots
from tests.documents.folder import Folder, counted_queries, publish
from tests.pages import parse, words

FIGURE = (
    "- {{key: {key}, phase: execution, value: {value}, label: {{en: pilots}}, "
    "as_of: unknown, source: {{en: A page}}{more}}}\n"
)


@contextmanager
def reader(app: Flask, code: str = "en") -> Iterator[None]:
    with app.test_request_context(f"/{code}/pilots"):
        app.preprocess_request()
        assert language() == code
        yield


def published(app: Flask, folder: Folder) -> None:
    with app.app_context():
        publish(folder)


def board(app: Flask, code: str = "en") -> pilots.Board:
    with reader(app, code):
        return pilots.board()


def page(app: Flask) -> Any:
    return parse(app.test_client().get("/en/pilots").text)


def test_stage_counts_its_stories_and_shows_the_newest(app: Flask, folder: Folder) -> None:
    for number in range(4):
        folder.story(f"pilot-{number}", title=f"Pilot {number}", published=f"2026-03-0{number + 1}")
    folder.story("idea", title="An idea", stage="idea")
    folder.story("draft", stage="idea", status="draft")
    published(app, folder)

    stages = {
        stage.key: (stage.count, [story.title for story in stage.stories])
        for stage in board(app).stages
    }

    assert stages == {
        "idea": (1, ["An idea"]),
        "refined": (0, []),
        "piloting": (4, ["Pilot 3", "Pilot 2", "Pilot 1"]),
        "completed": (0, []),
        "scaling": (0, []),
        "replicated": (0, []),
        "stopped": (0, []),
    }


def test_stage_with_more_stories_links_to_the_list(app: Flask, folder: Folder) -> None:
    for number in range(4):
        folder.story(f"pilot-{number}")
    folder.story("idea", stage="idea")
    published(app, folder)

    links = [(a.attrs["href"], words(a)) for a in page(app).query('.stages a[href*="stage="]')]

    assert links == [("/en/stories?stage=piloting", "All 4: Being piloted")]


def test_completed_pilot_tells_what_it_needs_to_be_copied(app: Flask, folder: Folder) -> None:
    folder.story(
        "a", stage="completed", needs_to_be_copied="A vet", replicable="Yes", published="2026-03-03"
    )
    folder.story("b", stage="completed", replicable="{bn: হ্যাঁ}", published="2026-03-02")
    folder.story("c", stage="completed", published="2026-03-01")
    folder.story("d", stage="piloting", needs_to_be_copied="Nothing")
    published(app, folder)

    awaiting = [(pilot.story.slug, pilot.needs) for pilot in board(app).awaiting]

    assert awaiting == [("a", ("A vet", "en")), ("b", ("হ্যাঁ", "bn")), ("c", None)]


def test_more_completed_pilots_than_fit_are_linked(app: Flask, folder: Folder) -> None:
    for number in range(13):
        folder.story(f"pilot-{number}", stage="completed")
    published(app, folder)

    shown = page(app)

    assert len(shown.query(".awaiting > li")) == 12
    assert "All 13 completed pilots" in [
        words(a) for a in shown.query('a[href="/en/stories?stage=completed"]')
    ]


def test_programme_counts_stand_apart_and_are_not_added(app: Flask, folder: Folder) -> None:
    folder.story("idea", stage="idea")
    folder.write(
        "figures.yaml",
        FIGURE.format(key="pilots-completed", value="466", more="")
        + FIGURE.format(key="trained", value="29165", more=""),
    )
    published(app, folder)

    shown = page(app)

    assert [words(b) for b in shown.query(".programme-counts .figures b")] == ["466"]
    assert [words(b) for b in shown.query(".stages > li > b")] == ["1", *["0"] * 6]
    assert "The two are never added." in words(shown.query(".programme-counts")[0])
    assert "Undated · A page" in words(shown.query(".programme-counts")[0])


def test_board_without_anything_is_whole(app: Flask) -> None:
    shown = page(app)

    assert len(shown.query(".stages > li")) == 7
    assert [words(b) for b in shown.query(".empty b")] == ["No story here waits to be scaled up."]
    assert shown.query(".programme-counts") == []


@pytest.mark.parametrize("query", ["?stage=x", "?%00", "?page=1000000000"])
def test_board_takes_no_notice_of_a_query(app: Flask, query: str) -> None:
    assert app.test_client().get(f"/bn/pilots{query}").status_code == 200


def test_board_costs_as_many_queries_however_much_there_is(app: Flask, folder: Folder) -> None:
    counts = []
    for number in (1, 3):
        for stage in ("idea", "completed")[: number - 1] or ("piloting",):
            for n in range(number):
                folder.story(f"{stage}-{n}", stage=stage)
        published(app, folder)
        board(app)
        with reader(app), counted_queries() as asked:
            pilots.board()
        counts.append(len(asked))

    assert counts[0] == counts[1]
