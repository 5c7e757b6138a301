"""The feeds, read by programs that are not ours."""

from typing import Any
from xml.etree import ElementTree

import pytest
from feedparser.api import parse
from flask import Flask
from flask.testing import FlaskClient

from showcase.feeds.views import ENTRIES
from tests.documents.folder import TCV, Folder, counted_queries, publish

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def client(app: Flask, folder: Folder) -> FlaskClient:
    """Of a site with a story from Kurigram, in both languages, and one from nowhere."""
    folder.districts("kurigram", "rangpur")
    folder.story("camp", district="kurigram", office="Livestock office", published="2026-03-02")
    folder.translation("stories/camp")
    folder.story("pond", sector="environment", title="A pond & <its> fish", published="2026-03-03")
    folder.story("unseen", status="draft")
    with app.app_context():
        publish(folder)
    return app.test_client()


def read(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    feed = parse(response.data)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def titles(client: FlaskClient, address: str) -> list[str]:
    return [entry.title for entry in read(client, address).entries]


def test_feed_tells_the_newest_story_first(client: FlaskClient) -> None:
    feed = read(client, "/en/stories.atom")

    assert feed.feed.title == "Showcase: Stories"
    assert [entry.title for entry in feed.entries] == [
        "A pond & <its> fish",
        "Animal health camp",
    ]
    camp = feed.entries[1]
    assert camp.link == camp.id == "http://127.0.0.1:8000/en/stories/camp"
    assert camp.published == "2026-03-02T00:00:00+06:00"
    assert camp.author == "Livestock office"
    assert [(tag.term, tag.label) for tag in camp.tags] == [
        ("livestock", "Livestock"),
        ("kurigram", "kurigram"),
    ]


def test_feed_speaks_the_language_of_its_address_where_the_story_does(client: FlaskClient) -> None:
    feed = read(client, "/bn/stories.atom")

    assert [entry.title for entry in feed.entries] == [
        "A pond & <its> fish",
        "গ্রামেই পশু চিকিৎসা",
    ]
    assert [entry.title_detail.language for entry in feed.entries] == ["en", "bn"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("district=kurigram", ["Animal health camp"]),
        ("sector=livestock", ["Animal health camp"]),
        ("district=kurigram&sector=livestock", ["Animal health camp"]),
        ("district=kurigram&sector=environment", []),
        ("district=rangpur", []),
    ],
)
def test_feed_is_narrowed(client: FlaskClient, query: str, found: list[str]) -> None:
    assert titles(client, f"/en/stories.atom?{query}") == found


@pytest.mark.parametrize(
    "query",
    [
        "district=",
        "district=nowhere",
        "district=kurigram%00",
        "sector=' OR 1=1--",
        "sector=<b>",
        "district=unknown",
        f"sector={'x' * 5000}",
        "district=kurigram&sector=nothing",
    ],
)
def test_feed_of_what_is_not_there_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"/en/stories.atom?{query}").status_code == 404


@pytest.mark.parametrize("address", ["/en/stories.atom", "/bn/stories.atom?district=rangpur"])
def test_feed_has_all_that_the_standard_requires(client: FlaskClient, address: str) -> None:
    """RFC 4287, 4.1.1 and 4.1.2; an author of the feed stands for entries without one."""
    feed = ElementTree.fromstring(client.get(address).data)  # noqa: S314 - our own

    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert element.findtext(f"{ATOM}{name}")
        assert "alternate" in [link.get("rel") for link in element.findall(f"{ATOM}link")]
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    own = next(
        link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"
    )
    assert own == feed.findtext(f"{ATOM}id") == f"http://127.0.0.1:8000{address}"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))


def test_feed_ends_after_its_newest_entries(app: Flask, folder: Folder) -> None:
    for number in range(ENTRIES + 2):
        folder.story(f"story-{number}")
    with app.app_context():
        publish(folder)

    assert len(titles(app.test_client(), "/en/stories.atom")) == ENTRIES


def test_feed_of_three_takes_as_many_queries_as_of_one(app: Flask, folder: Folder) -> None:
    folder.districts("kurigram", "rangpur")
    counts = []
    for slugs in (["one"], ["two", "three"]):
        for slug in slugs:
            folder.story(slug, district="rangpur", tcv=TCV)
        with app.app_context():
            publish(folder)
        client = app.test_client()
        client.get("/en/stories.json")
        with app.app_context(), counted_queries() as asked:
            client.get("/en/stories.atom")
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert len(titles(client, "/en/stories.atom")) == 3
