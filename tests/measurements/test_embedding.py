"""The card for other sites, and oEmbed, which tells them of it."""

import html
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import render_template_string

from tests.documents.folder import Folder
from tests.measurements.stories import CHEAPER, FASTER, Site, texts
from tests.pages import parse

OWN = "http://127.0.0.1:8000"


@pytest.fixture
def site(site_of: Site, folder: Folder) -> Site:
    folder.districts("kurigram")
    site_of.story("cattle", CHEAPER, FASTER, district="kurigram")
    site_of.story("window", title="'\"Window\" <b>&amp;'")
    folder.translation(of="stories/cattle")
    return site_of.published()


def oembed(site: Site, **query: str) -> Any:
    response = site.get(f"/oembed?{urlencode(query)}")
    assert response.mimetype == "application/json"
    return response.status_code, json.loads(response.text)


def test_card_shows_the_record_of_the_largest_change(site: Site) -> None:
    page = site.page("/embed/tcv/cattle?lang=en")

    assert texts(page, "h1") == ["Animal health camp"]
    assert texts(page, ".tcv__service") == ["Faster"]
    assert texts(page, ".small") == [
        "1 more measurement is in the story. Read the story · How TCV is measured"
    ]


def test_card_may_stand_in_any_page_and_loads_nothing_but_its_style(site: Site) -> None:
    response = site.get("/embed/tcv/cattle")

    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors *"
    )
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-Frame-Options" not in response.headers
    assert parse(response.text).query("script, img, form") == []


def test_other_pages_still_stand_in_no_frame(site: Site) -> None:
    policy = site.get("/en/tcv").headers["Content-Security-Policy"]

    assert "frame-ancestors 'none'" in policy


def test_card_sets_no_cookie_and_is_kept_by_the_cache(site: Site) -> None:
    response = site.get("/embed/tcv/cattle?lang=en")

    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "public, no-cache"


def test_links_of_the_card_leave_the_frame(site: Site) -> None:
    links = site.page("/embed/tcv/cattle?lang=en").query("a")

    assert {(a.attrs["target"], a.attrs["rel"]) for a in links} == {("_blank", "noopener")}
    assert {a.attrs["href"] for a in links} == {
        f"{OWN}/en/stories/cattle",
        f"{OWN}/en/how-tcv-is-measured",
    }


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        ("?lang=en", "en", "Animal health camp"),
        ("?lang=bn", "bn", "গ্রামেই পশু চিকিৎসা"),
        ("", "bn", "গ্রামেই পশু চিকিৎসা"),
        ("?lang=fr", "bn", "গ্রামেই পশু চিকিৎসা"),
    ],
)
def test_card_speaks_the_language_asked_for(
    site: Site, query: str, language: str, title: str
) -> None:
    page = site.page(f"/embed/tcv/cattle{query}")

    assert page.query("html")[0].attrs["lang"] == language
    assert texts(page, "h1") == [title]


def test_card_of_a_story_without_numbers_says_so(site: Site) -> None:
    page = site.page("/embed/tcv/window?lang=en")

    assert texts(page, ".note") == ["This story has no numbers yet."]


def test_card_of_no_story_is_not_found(site: Site) -> None:
    assert site.get("/embed/tcv/nowhere").status_code == 404


def test_oembed_answers_with_the_frame(site: Site) -> None:
    status, answer = oembed(site, url=f"{OWN}/en/stories/cattle", format="json")

    assert status == 200
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "title": "Animal health camp",
        "provider_name": "Showcase",
        "provider_url": f"{OWN}/en/",
        "cache_age": 3600,
        "width": 600,
        "height": 900,
        "html": f'<iframe src="{OWN}/embed/tcv/cattle?lang=en" width="600" height="900" '
        'title="Animal health camp" loading="lazy" referrerpolicy="no-referrer"></iframe>',
    }


def test_oembed_speaks_the_language_of_the_address(site: Site) -> None:
    _status, answer = oembed(site, url=f"{OWN}/bn/stories/cattle?utm=1#tcv")

    assert answer["title"] == "গ্রামেই পশু চিকিৎসা"
    assert f"{OWN}/embed/tcv/cattle?lang=bn" in answer["html"]


@pytest.mark.parametrize(
    ("most", "width", "height"),
    [
        ({"maxwidth": "320", "maxheight": "200"}, 320, 200),
        ({"maxwidth": "5000"}, 600, 900),
        ({"maxwidth": "-1", "maxheight": "wide"}, 600, 900),
    ],
)
def test_oembed_keeps_to_the_size_asked_for(
    site: Site, most: dict[str, str], width: int, height: int
) -> None:
    _status, answer = oembed(site, url=f"{OWN}/en/stories/cattle", **most)

    assert (answer["width"], answer["height"]) == (width, height)
    assert f'width="{width}" height="{height}"' in answer["html"]


def test_title_cannot_break_out_of_the_frame(site: Site) -> None:
    _status, answer = oembed(site, url=f"{OWN}/en/stories/window")

    (frame,) = parse(answer["html"], fragment=True).query("iframe")
    assert frame.attrs["title"] == '"Window" <b>&amp;'


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        f"{OWN}/en/stories/nowhere",
        f"{OWN}/en/stories",
        f"{OWN}/en/tcv",
        f"{OWN}/nothing",
        f"{OWN}.evil.example/en/stories/cattle",
        "https://example.org/en/stories/cattle",
        "javascript:alert(1)",
        "http://[",
        f"{OWN}/en/stories/a\0b",
        f"{OWN}/" + "x" * 5000,
    ],
)
def test_oembed_knows_nothing_of_other_addresses(site: Site, url: str) -> None:
    assert oembed(site, url=url) == (
        404,
        {"error": "This is not the address of a story on this site."},
    )


def test_oembed_speaks_no_xml(site: Site) -> None:
    status, _answer = oembed(site, url=f"{OWN}/en/stories/cattle", format="xml")

    assert status == 501


def test_oembed_may_be_read_by_other_sites(site: Site) -> None:
    for url in (f"{OWN}/en/stories/cattle", "x"):
        response = site.get(f"/oembed?{urlencode({'url': url})}")

        assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_line_to_copy_is_the_frame_of_oembed(site: Site) -> None:
    _status, answer = oembed(site, url=f"{OWN}/en/stories/window")
    template = (
        '{% from "components/embed.html" import embed, oembed_link %}'
        '{{ embed(story, "en") }}{{ oembed_link(url, story.title) }}'
    )
    story = {"slug": "window", "title": '"Window" <b>&amp;', "language": "bn"}
    with site.app.test_request_context("/en/"):
        text = render_template_string(template, story=story, url=f"{OWN}/en/stories/window")

    page = parse(text, fragment=True)
    assert page.query("pre")[0].to_text(separator="", strip=False) == answer["html"]
    assert [node.attrs["lang"] for node in page.query("pre span")] == ["bn"]
    assert page.query("iframe") == []
    link = html.unescape(page.query("link")[0].attrs["href"])
    assert site.get(link.removeprefix(OWN)).get_json() == answer
