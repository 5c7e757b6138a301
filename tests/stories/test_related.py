"""Which stories stand under a story."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.documents.folder import Folder, publish
from tests.pages import parse, text_of, words

LAND, OWN = "land", "livestock"


@pytest.mark.parametrize(
    ("others", "titles"),
    [
        ({}, []),
        ({"Both": ("[queue, cost]", LAND), "One": ("[cost]", LAND)}, ["Both", "One"]),
        ({"Other": ("[cost]", LAND), "Same": ("[cost]", OWN)}, ["Same", "Other"]),
        ({"Sector": ("[no-redress]", OWN), "Nothing": ("[middlemen]", LAND)}, ["Sector"]),
        ({f"Pain {n}": ("[queue]", LAND) for n in range(5)}, ["Pain 4", "Pain 3", "Pain 2"]),
    ],
)
def test_same_pain_comes_first(
    app: Flask,
    client: FlaskClient,
    folder: Folder,
    others: dict[str, tuple[str, str]],
    titles: list[str],
) -> None:
    folder.story("own", pain_points="[cost, queue]")
    for day, (title, (pains, sector)) in enumerate(others.items(), 1):
        folder.story(
            f"s{day}",
            title=f"{title} thing",
            pain_points=pains,
            sector=sector,
            published=f"2026-01-0{day}",
        )
    with app.app_context():
        publish(folder)

    page = parse(text_of(client.get("/en/stories/own")))

    assert [words(node) for node in page.query(".story-card h3")] == [
        f"{title} thing" for title in titles
    ]
