"""The site map names every public page with its twin, and nothing else."""

from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from showcase.feeds import views
from showcase.feeds.sitemap import PAGES_PER_FILE, Page, sitemap
from tests.documents.folder import Folder, publish

OWN = "http://127.0.0.1:8000"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture
def client(app: Flask, folder: Folder) -> FlaskClient:
    folder.districts("kurigram")
    folder.story("camp")
    folder.story("পুকুর-রক্ষা")
    folder.story("unseen", status="draft")
    folder.event("fair")
    folder.page("about")
    with app.app_context():
        publish(folder)
    return app.test_client()


def entries(xml: bytes) -> dict[str, dict[str, str]]:
    """Each address with the alternates it names."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - our own
    return {
        url.findtext("s:loc", "", NAMES): {
            str(link.get("hreflang")): str(link.get("href"))
            for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }


def test_every_published_page_is_named_in_both_languages(client: FlaskClient) -> None:
    found = {
        unquote(address.removeprefix(OWN)) for address in entries(client.get("/sitemap.xml").data)
    }

    for path in (
        "",
        "stories",
        "events",
        "stories/camp",
        "stories/পুকুর-রক্ষা",
        "events/fair",
        "about",
    ):
        assert {f"/bn/{path}", f"/en/{path}"} <= found
    assert not [path for path in found if "unseen" in path]


def test_every_address_leads_to_a_page(client: FlaskClient) -> None:
    found = entries(client.get("/sitemap.xml").data)

    assert found
    broken = [a for a in found if client.get(a.removeprefix(OWN)).status_code != 200]
    assert broken == []


def test_twins_name_each_other(client: FlaskClient) -> None:
    found = entries(client.get("/sitemap.xml").data)

    for address, alternates in found.items():
        assert address in (alternates["bn"], alternates["en"])
        assert alternates["x-default"] == alternates["bn"]
        assert found[alternates["bn"]] == found[alternates["en"]] == alternates


def test_large_site_has_an_index_of_files(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = entries(client.get("/sitemap.xml").data)
    monkeypatch.setattr(views, "PAGES_PER_FILE", 3)

    index = ElementTree.fromstring(client.get("/sitemap.xml?anew").data)  # noqa: S314 - our own
    files = [loc.text or "" for loc in index.findall("s:sitemap/s:loc", NAMES)]
    parts = [entries(client.get(file.removeprefix(OWN)).data) for file in files]

    assert index.tag.endswith("}sitemapindex")
    assert [len(part) for part in parts[:-1]] == [6] * (len(parts) - 1)
    assert {address: links for part in parts for address, links in part.items()} == whole


@pytest.mark.parametrize("number", ["0", "2", "1000000000", "-1", "x"])
def test_file_that_is_not_there_is_not_found(client: FlaskClient, number: str) -> None:
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_full_file_stays_within_the_bounds_of_the_standard(app: Flask) -> None:
    longest = "ক" * 80
    pages = [Page("stories.show", {"slug": longest})] * 100

    with app.test_request_context("/"):
        size = len(sitemap(pages)) * PAGES_PER_FILE / 100

    assert size < 50_000_000
    assert PAGES_PER_FILE * 2 <= 50_000


def test_robots_are_shown_the_site_map(client: FlaskClient) -> None:
    response = client.get("/robots.txt")

    assert response.mimetype == "text/plain"
    assert response.text.splitlines() == [
        "User-agent: *",
        "Disallow: /*/tickets/",
        "Disallow: /t/",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]
