"""The list of stories: narrowed, sorted, paged, searched; the address is all of its state."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from showcase.stories.browse import PER_PAGE
from tests.documents.folder import TCV, Folder, counted_queries, publish
from tests.pages import parse, text_of, words

CHEAPER = "[{service: Deeds, source: A study, before: {cost: 400 BDT}, after: {cost: 100 BDT}}]"


@pytest.fixture
def library(app: Flask, folder: Folder) -> Folder:
    folder.districts("kurigram", "rangpur")
    folder.story(
        "camp",
        "The pond.",
        title="Cattle camp",
        district="kurigram",
        tcv=TCV,
        published="2026-01-01",
    )
    folder.story("deed", title="Land deeds", sector="land", tcv=CHEAPER, published="2026-02-01")
    folder.story(
        "phone", title="By phone", sector="land", delivery="phone", pain_points="[queue, cost]",
        district="rangpur", published="2026-03-01",
    )  # fmt: skip
    with app.app_context():
        publish(folder)
    return folder


def page(client: FlaskClient, query: str = "", **headers: str) -> Any:
    response = client.get(f"/en/stories{query}", headers=headers)
    assert response.status_code == 200
    return parse(text_of(response), fragment=bool(headers))


def titles(found: Any) -> list[str]:
    return [words(node) for node in found.query(".story-card h2")]


def count(found: Any) -> str:
    return words(found.query("#count")[0])


@pytest.mark.parametrize(
    ("query", "stories"),
    [
        ("", ["By phone", "Land deeds", "Cattle camp"]),
        ("?sector=land", ["By phone", "Land deeds"]),
        ("?sector=land&sector=livestock", ["By phone", "Land deeds", "Cattle camp"]),
        ("?sector=land&delivery=phone", ["By phone"]),
        ("?district=kurigram", ["Cattle camp"]),
        ("?division=dhaka", ["By phone", "Cattle camp"]),
        ("?district=unknown", ["Land deeds"]),
        ("?pain=queue", ["By phone"]),
        ("?pain=queue&pain=distance", ["By phone", "Land deeds", "Cattle camp"]),
        ("?measured=yes", ["Land deeds", "Cattle camp"]),
        ("?evidence=unknown", ["By phone"]),
        ("?evidence=1", ["Land deeds", "Cattle camp"]),
        ("?sort=cost", ["Land deeds", "By phone", "Cattle camp"]),
        ("?sort=time", ["Cattle camp", "By phone", "Land deeds"]),
        ("?q=pond", ["Cattle camp"]),
        ("?q=land&delivery=phone", ["By phone"]),
        ("?stage=stopped", []),
    ],
)
def test_list_shows(client: FlaskClient, library: Folder, query: str, stories: list[str]) -> None:
    assert titles(page(client, query)) == stories


def test_every_link_leads_to_as_many_stories_as_it_says(
    client: FlaskClient, library: Folder
) -> None:
    told, found = {}, {}
    for start in ("", "?sector=land", "?pain=queue", "?q=the"):
        for item in page(client, start).query(".facets li"):
            link = item.query("a")[0]
            if link.attrs.get("aria-current") is None and ":" not in start:
                href = link.attrs["href"]
                told[href] = words(item.query("span")[0])
                listed = page(client, href.removeprefix("/en/stories"))
                found[href] = str(_newly_found(client, start, href, listed))

    assert told == found
    assert len(told) > 20


def _newly_found(client: FlaskClient, start: str, href: str, listed: Any) -> int:
    """A second value of a facet adds to the first: only what it adds, or shares, is its own."""
    facet = _added(start, href)
    if f"{facet}=" not in start:
        return len(titles(listed))
    value = href.split(f"{facet}=")
    alone = [
        part.split("&")[0] for part in value[1:] if f"{facet}={part.split('&')[0]}" not in start
    ]
    return len(titles(page(client, f"?{facet}={alone[0]}")))


def _added(start: str, href: str) -> str:
    before = start.removeprefix("?").split("&")
    return next(p for p in href.split("?")[1].split("&") if p not in before).split("=")[0]


def test_sorting_says_where_the_numbers_end(client: FlaskClient, library: Folder) -> None:
    found = page(client, "?sort=cost")

    cards = [words(node) for node in found.query(".cards > *")]
    assert cards[0].startswith("75% less cost")
    assert cards[1] == "These stories give no number for cost, so they come last."


def test_empty_list_tells_what_to_give_up(client: FlaskClient, library: Folder) -> None:
    found = page(client, "?sector=livestock&pain=queue")

    ways = [words(node) for node in found.query(".empty li")]
    assert ways == ["Sector (1 story)", "What hurt before (1 story)"]
    assert count(found) == "No story fits all of this"


def test_page_beyond_the_last_is_the_last(client: FlaskClient, library: Folder) -> None:
    found = page(client, "?page=1000000000")

    assert titles(found) == titles(page(client))
    assert [words(node) for node in found.query(".note")] == ["There is only 1 page; here it is."]


def test_unknown_is_named(client: FlaskClient, library: Folder) -> None:
    found = page(client, "?sector=%3Cb%3Emagic%3C/b%3E")

    assert [words(node) for node in found.query(".note")] == [
        "This list knows nothing of “<b>magic</b>”, so that was left out."
    ]


@pytest.mark.parametrize(
    "query",
    [
        "?q=" + "a" * 5_000,
        "?q=%00",
        "?q=%ff%fe",
        "?sector=%00&year=%E0%A7%A8",
        "?page=" + "9" * 400,
        "?" + "&".join(f"pain=x{n}" for n in range(500)),
        "?sort=';DROP TABLE documents--",
        "?q=NEAR(&q=%E0%A6%89%E0%A6%A6%E0%A7%8D",
    ],
)
@pytest.mark.parametrize("language", ["bn", "en"])
def test_address_of_any_kind_is_answered(
    client: FlaskClient, library: Folder, language: str, query: str
) -> None:
    assert client.get(f"/{language}/stories{query}").status_code == 200
    assert client.get(f"/{language}/search{query}").status_code == 200


def test_pages_hold_every_story_once(app: Flask, client: FlaskClient, folder: Folder) -> None:
    for number in range(PER_PAGE + 2):
        folder.story(f"s{number:02}", title=f"Story {number:02}")
    with app.app_context():
        publish(folder)

    first, second = page(client), page(client, "?page=2")

    assert len(titles(first)) == PER_PAGE
    assert sorted(titles(first) + titles(second)) == [
        f"Story {number:02}" for number in range(PER_PAGE + 2)
    ]
    assert [words(node) for node in second.query(".pagination a")] == ["Previous page"]


def test_htmx_is_given_the_list_and_the_count_to_read_out(
    client: FlaskClient, library: Folder
) -> None:
    found = page(client, "?sector=land", **{"HX-Request": "true"})

    assert found.query("h1") == []
    assert titles(found) == ["By phone", "Land deeds"]
    status = found.query("#count")[0]
    assert (status.attrs["hx-swap-oob"], words(status)) == ("innerHTML", "2 stories")


def test_list_is_kept_for_what_it_declares_and_not_for_words(
    client: FlaskClient, library: Folder
) -> None:
    kept = client.get("/en/stories?sector=land&sort=cost").headers["Cache-Control"]
    asked = client.get("/en/stories?q=pond").headers["Cache-Control"]

    assert (kept, asked) == ("public, no-cache", "no-store")


def test_number_of_queries_is_that_of_one_story(
    app: Flask, client: FlaskClient, folder: Folder
) -> None:
    folder.districts("kurigram")
    folder.story("a", "pond", district="kurigram", tcv=TCV)
    numbers = []
    for more in ((), ("b", "c")):
        for slug in more:
            folder.story(slug, "pond", district="kurigram", tcv=TCV)
        with app.app_context():
            publish(folder)
            page(client, "?q=warm")
            with counted_queries() as asked:
                assert len(titles(page(client, "?q=pond&sort=time"))) == 1 + len(more)
        numbers.append(len(asked))

    assert numbers[0] == numbers[1]


def test_headline_is_of_the_measure_sorted_by(client: FlaskClient, library: Folder) -> None:
    found = words(page(client, "?sort=time").query(".story-card .headline")[0])

    assert re.match("50% less time", found)


def test_card_says_nothing_of_a_measure_that_stayed_the_same(
    app: Flask, client: FlaskClient, folder: Folder
) -> None:
    folder.story(tcv=TCV.replace("1 days", "2 days"))
    with app.app_context():
        publish(folder)

    found = page(client, "?sort=time")

    assert titles(found) == ["Animal health camp"]
    assert found.query(".story-card .headline") == []
