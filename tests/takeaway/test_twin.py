"""Stories as data: every word in each language, stable keys, open to other sites."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from showcase.takeaway.twin import PER_PAGE
from tests.documents.folder import SUMMARY, TCV, Folder, counted_queries, publish
from tests.documents.photos import encoded

HEAD = ["slug", "title", "summary", "url", "data", "published", "updated"]
OWN = "http://127.0.0.1:8000"


def get(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    return json.loads(response.data)


@pytest.fixture
def client(app: Flask, folder: Folder) -> FlaskClient:
    folder.districts("kurigram")
    folder.story(
        body="Before.\n\n:::tcv\n\nAfter, see [here](/en/about).\n",
        tcv=TCV,
        district="kurigram",
        office="{bn: অফিস, en: Office}",
    )
    folder.translation(body="আগে।")
    folder.page()
    with app.app_context():
        publish(folder)
    return app.test_client()


def test_twin_of_a_story_has_all_of_its_page(client: FlaskClient) -> None:
    twin = get(client, "/en/stories/health-camp.json")

    assert list(twin)[: len(HEAD)] == HEAD
    assert twin["title"] == {"bn": "গ্রামেই পশু চিকিৎসা", "en": "Animal health camp"}
    assert twin["summary"]["en"] == SUMMARY
    assert twin["url"] == {
        "bn": f"{OWN}/bn/stories/health-camp",
        "en": f"{OWN}/en/stories/health-camp",
    }
    assert twin["district"] == "kurigram"
    assert twin["office"] == {"bn": "অফিস", "en": "Office"}
    assert twin["sources"] == [{"title": {"en": "A study"}, "url": None}]
    assert twin["tcv"][0]["measures"]["time"] == {
        "before": {"amount": 2, "unit": "days", "at_least": False},
        "after": {"amount": 1, "unit": "days", "at_least": False},
        "change": {"kind": "decrease", "percent": -50},
    }
    assert twin["html"] == {
        "bn": "<p>আগে।</p>",
        "en": f'<p>Before.</p>\n\n<p>After, see <a href="{OWN}/en/about">here</a>.</p>',
    }


def test_twin_says_nothing_of_how_a_story_is_edited(client: FlaskClient) -> None:
    assert {"status", "publish_at", "language"} & set(
        get(client, "/en/stories/health-camp.json")
    ) == set()


def test_twin_is_the_same_in_both_languages_but_for_its_own_address(client: FlaskClient) -> None:
    bangla, english = (get(client, f"/{code}/stories/health-camp.json") for code in ("bn", "en"))

    assert (bangla.pop("data"), english.pop("data")) == (
        f"{OWN}/bn/stories/health-camp.json",
        f"{OWN}/en/stories/health-camp.json",
    )
    assert bangla == english


def test_bangla_is_written_as_itself(client: FlaskClient) -> None:
    assert "গ্রামেই" in client.get("/bn/stories/health-camp.json").data.decode()


def test_pictures_of_a_twin_are_found_from_elsewhere(app: Flask, folder: Folder) -> None:
    folder.story(body="![A cow](cow.jpg)\n")
    folder.write("stories/health-camp/cow.jpg", encoded((1000, 500)))
    with app.app_context():
        publish(folder)

    html = get(app.test_client(), "/en/stories/health-camp.json")["html"]["en"]

    assert html.count(f"{OWN}/pictures/") == html.count("/pictures/") > 1


@pytest.mark.parametrize("slug", ["unseen", "nothing", "%00", "<b>", "x" * 5000])
@pytest.mark.parametrize("end", [".json", ".bib", ".ris", "/poster"])
def test_what_is_not_published_is_not_taken_away(
    app: Flask, folder: Folder, slug: str, end: str
) -> None:
    folder.story("unseen", status="draft")
    with app.app_context():
        publish(folder)

    assert app.test_client().get(f"/en/stories/{slug}{end}").status_code == 404


def test_list_tells_the_newest_first(app: Flask, folder: Folder) -> None:
    folder.story("old", published="2026-01-01")
    folder.story("new", published="2026-01-02")
    folder.story("unseen", status="draft")
    with app.app_context():
        publish(folder)

    twin = get(app.test_client(), "/en/stories.json")

    assert [story["slug"] for story in twin.pop("stories")] == ["new", "old"]
    assert twin == {"total": 2, "page": 1, "pages": 1, "previous": None, "next": None}


def test_list_names_the_same_keys_for_every_story(client: FlaskClient) -> None:
    (story,) = get(client, "/en/stories.json")["stories"]

    assert list(story) == [
        *HEAD,
        "district",
        "sector",
        "stage",
        "delivery",
        "pain_points",
        "funding",
        "office",
        "tcv",
    ]
    whole = get(client, "/en/stories/health-camp.json")
    assert {key: whole[key] for key in story} == story


def test_long_list_comes_in_pages(app: Flask, folder: Folder) -> None:
    for number in range(PER_PAGE + 1):
        folder.story(f"story-{number:03}")
    with app.app_context():
        publish(folder)
    client = app.test_client()

    first = get(client, "/en/stories.json")
    second = get(client, first["next"].removeprefix(OWN))

    slugs = [story["slug"] for page in (first, second) for story in page["stories"]]
    assert slugs == [f"story-{number:03}" for number in range(PER_PAGE + 1)]
    assert (first["previous"], second["next"]) == (None, None)
    assert second["previous"] == f"{OWN}/en/stories.json"
    assert (first["total"], first["pages"]) == (PER_PAGE + 1, 2)


@pytest.mark.parametrize(
    "page", ["0", "2", "1000000000", "-1", "১", "²", "x", "", "1%00", "9" * 5000]
)
def test_page_that_is_not_there_is_not_found(client: FlaskClient, page: str) -> None:
    assert client.get(f"/en/stories.json?page={page}").status_code == 404


def test_list_without_stories_is_one_empty_page(app: Flask, folder: Folder) -> None:
    with app.app_context():
        publish(folder)

    twin = get(app.test_client(), "/en/stories.json")

    assert (twin["total"], twin["pages"], twin["stories"]) == (0, 1, [])


def test_list_of_three_takes_as_many_queries_as_of_one(app: Flask, folder: Folder) -> None:
    folder.districts("kurigram", "rangpur")
    counts = []
    for slugs in (["one"], ["two", "three"]):
        for slug in slugs:
            folder.story(slug, district="rangpur", tcv=TCV)
        with app.app_context():
            publish(folder)
        client = app.test_client()
        client.get("/en/stories.atom")
        with app.app_context(), counted_queries() as asked:
            found = get(client, "/en/stories.json")
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert len(found["stories"]) == 3
