"""The page of all districts with its map, and the page of one."""

import itertools
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.documents.folder import Folder, counted_queries, publish
from tests.pages import parse, words

HEADER = "key,iso,division,name_en,name_bn,x,y,site"
ROWS = {
    "kurigram": "kurigram,BD-28,rangpur,Kurigram,কুড়িগ্রাম,3,1,https://www.kurigram.gov.bd/",
    "rangpur": "rangpur,BD-55,rangpur,Rangpur,রংপুর,2,2,",
    "sherpur": "sherpur,BD-57,mymensingh,Sherpur,শেরপুর,3,2,",
}
MEASURED = "[{service: Cattle, source: A, before: {visits: 2}, after: {visits: 1}}]"
ONLY_BEFORE = "[{service: Cattle, source: A, before: {visits: 2}}]"


@pytest.fixture
def folder(folder: Folder) -> Folder:
    folder.write("districts.csv", "\n".join([HEADER, *ROWS.values(), ""]))
    return folder


def published(app: Flask, folder: Folder) -> FlaskClient:
    with app.app_context():
        publish(folder)
    return app.test_client()


def page_at(app: Flask, folder: Folder, path: str) -> Any:
    return parse(published(app, folder).get(path).text)


def stories(folder: Folder, count: int, **keys: str) -> None:
    for number in range(count):
        folder.story(f"{keys.get('district', 'nowhere')}-{number}", **keys)


def rows(page: Any) -> list[str]:
    return [words(row) for row in page.query(".district-table tbody tr")]


def test_table_tells_every_district_by_division(app: Flask, folder: Folder) -> None:
    stories(folder, 2, district="kurigram", tcv=MEASURED)
    folder.story("other", district="kurigram", tcv=ONLY_BEFORE)
    folder.event(district="rangpur")

    assert rows(page_at(app, folder, "/en/districts")) == [
        "Mymensingh Division",
        "Sherpur 0 0 –",
        "Rangpur Division",
        "Kurigram 3 2 –",
        "Rangpur 0 0 14–16 January 2090",
    ]


def test_map_links_every_district_by_its_name_and_counts(app: Flask, folder: Folder) -> None:
    stories(folder, 1, district="kurigram", tcv=MEASURED)

    page = page_at(app, folder, "/en/districts")

    links = page.query(".district-map a")
    assert [(a.attrs["href"], words(a.query("title")[0])) for a in links] == [
        ("/en/districts/sherpur", "Sherpur: 0 stories, 0 measured"),
        ("/en/districts/kurigram", "Kurigram: 1 story, 1 measured"),
        ("/en/districts/rangpur", "Rangpur: 0 stories, 0 measured"),
    ]
    lists = page.query('.district-map [role="list"]')
    assert [(g.attrs["aria-label"], len(g.query('[role="listitem"]'))) for g in lists] == [
        ("Mymensingh Division", 1),
        ("Rangpur Division", 2),
    ]


def shades(page: Any) -> list[str]:
    return [a.attrs["class"] for a in page.query(".district-map a")]


def test_map_is_shaded_by_stories_or_by_measured_ones(app: Flask, folder: Folder) -> None:
    stories(folder, 2, district="kurigram")
    stories(folder, 1, district="sherpur", tcv=MEASURED)
    client = published(app, folder)

    by_stories = parse(client.get("/en/districts").text)
    by_measured = parse(client.get("/en/districts?shade=measured").text)

    assert shades(by_stories) == ["shade-1", "shade-2", "shade-0"]
    assert shades(by_measured) == ["shade-1", "shade-0", "shade-0"]
    current = [words(p.query(".shades a[aria-current]")[0]) for p in (by_stories, by_measured)]
    assert current == ["all stories", "measured stories"]


def test_shade_is_told_in_words_and_in_rows_of_stitches(app: Flask, folder: Folder) -> None:
    stories(folder, 7, district="kurigram")
    stories(folder, 3, district="rangpur")

    page = page_at(app, folder, "/en/districts")

    legend = page.query(".map-legend li")
    assert [words(line) for line in legend] == ["none", "1–2", "3–4", "5–6", "7–8"]
    assert [u.attrs["href"] for u in page.query(".district-map a use")] == ["#sewn-4", "#sewn-2"]


def test_seam_runs_where_two_divisions_meet(app: Flask, folder: Folder) -> None:
    page = page_at(app, folder, "/en/districts")

    # Sherpur lies below Kurigram and to the right of Rangpur, both of the other division.
    assert page.query(".seams")[0].attrs["d"] == "M120 80v40M120 80h40"


@pytest.mark.parametrize("value", ["x", "%00", "<b>'--", "a" * 5000])
def test_unknown_shade_is_told_and_all_stories_are_shown(
    app: Flask, folder: Folder, value: str
) -> None:
    response = published(app, folder).get("/en/districts", query_string={"shade": value})

    assert response.status_code == 200
    notes = [words(note) for note in parse(response.text).query(".note")]
    assert notes == ["The map knows no such shading; it shows all stories."]


def test_stories_of_no_single_district_are_counted_apart(app: Flask, folder: Folder) -> None:
    stories(folder, 2)

    page = page_at(app, folder, "/en/districts")

    assert [words(a) for a in page.query('a[href="/en/stories?district=unknown"]')] == [
        "2 more stories belong to no single district."
    ]
    assert words(page.query(".lead")[0]).startswith("0 of 3 districts have a story here")


def test_map_without_districts_says_so(app: Flask, client: FlaskClient) -> None:
    page = parse(client.get("/en/districts").text)

    assert [words(node) for node in page.query(".empty")] == ["No district has been published yet."]


def test_next_event_is_one_that_is_held(app: Flask, folder: Folder) -> None:
    days = {"starts": "2089-01-01 09:00", "ends": "2089-01-01 18:00"}
    folder.event("off", district="kurigram", state="cancelled", **days)
    folder.event("later", district="kurigram")
    past = {"starts": "2020-01-01 09:00", "ends": "2020-01-01 18:00"}
    folder.event("past", district="rangpur", **past)

    assert rows(page_at(app, folder, "/en/districts"))[-2:] == [
        "Kurigram 0 0 14–16 January 2090",
        "Rangpur 0 0 –",
    ]


def test_districts_cost_as_many_queries_however_much_there_is(app: Flask, folder: Folder) -> None:
    counts = []
    for number in (1, 3):
        for key in itertools.islice(ROWS, number):
            stories(folder, number, district=key, tcv=MEASURED)
            folder.event(f"fair-{key}", district=key)
        client = published(app, folder)
        client.get("/en/stories")
        with app.app_context(), counted_queries() as asked:
            client.get("/en/districts")
            client.get("/en/districts/kurigram")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_empty_district_says_what_a_reader_can_do(app: Flask, folder: Folder) -> None:
    page = page_at(app, folder, "/en/districts/kurigram")

    empty = [words(node.query("b")[0]) for node in page.query(".empty")]
    assert empty == ["No story yet", "No date is set yet", "Nothing has been measured yet"]
    hrefs = [a.attrs["href"] for a in page.query(".empty a")]
    assert hrefs == ["/en/districts", "/en/events", "/en/how-tcv-is-measured"]


def test_district_shows_its_office_and_its_neighbours(app: Flask, folder: Folder) -> None:
    client = published(app, folder)

    known = parse(client.get("/en/districts/kurigram").text)
    unknown = parse(client.get("/en/districts/rangpur").text)

    sites = [[a.attrs["href"] for a in p.query('a[rel="noopener"]')] for p in (known, unknown)]
    assert sites == [["https://www.kurigram.gov.bd/"], []]
    assert [words(a) for a in known.query(".neighbours a")] == ["Rangpur"]


def test_district_shows_its_newest_stories_and_the_way_to_all(app: Flask, folder: Folder) -> None:
    stories(folder, 13, district="kurigram")
    stories(folder, 1, district="rangpur")

    page = page_at(app, folder, "/en/districts/kurigram")

    assert len(page.query(".story-card")) == 12
    assert [words(a) for a in page.query('a[href="/en/stories?district=kurigram"]')] == [
        "All 13 stories from Kurigram"
    ]


@time_machine.travel("2050-01-01", tick=False)
def test_district_shows_its_fairs_to_come_and_past(app: Flask, folder: Folder) -> None:
    folder.event("coming", title="To come", district="kurigram")
    days = {"starts": "2020-01-14 09:00", "ends": "2020-01-16 18:00"}
    folder.event("past", title="Gone by", district="kurigram", **days)
    folder.event("elsewhere", title="Elsewhere", district="rangpur")

    page = page_at(app, folder, "/en/districts/kurigram")

    sections = {
        node.attrs["aria-labelledby"]: [words(a) for a in node.query(".event-card a")]
        for node in page.query("section[aria-labelledby]")
    }
    assert (sections["coming"], sections["past"]) == (["To come"], ["Gone by"])


def test_district_tells_how_its_numbers_are_founded(app: Flask, folder: Folder) -> None:
    surveyed = MEASURED.replace("source: A", "source: A, method: before-and-after, sample: 40")
    stories(folder, 2, district="kurigram", tcv=ONLY_BEFORE)
    folder.story("measured", district="kurigram", tcv=surveyed)
    folder.story("draft", district="kurigram", tcv=surveyed, status="draft")
    folder.story("elsewhere", district="rangpur", tcv=surveyed)

    page = page_at(app, folder, "/en/districts/kurigram")

    table = [words(row) for row in page.query(".evidence-table tbody tr")]
    assert table == ["4: measured before and after 1 1", "1: claimed 2 0"]
    assert "1 of 3 records of time, cost and visits have a measured after." in words(page)


@pytest.mark.parametrize("key", ["atlantis", "Kurigram", "%00", "<b>", "ক্"])
def test_district_that_is_not_there_is_not_found(app: Flask, folder: Folder, key: str) -> None:
    response = published(app, folder).get(f"/bn/districts/{key}")

    assert response.status_code == 404
    assert parse(response.text).query("html")[0].attrs["lang"] == "bn"
