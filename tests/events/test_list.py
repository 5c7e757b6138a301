"""The event list: narrowed by its address, month by month, and page by page."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from flask import Flask

from showcase.events.listing import PER_PAGE
from showcase.events.month_view import MOST_A_DAY
from tests.documents.folder import Folder, counted_queries, publish
from tests.pages import parse, words

NOW = datetime(2027, 1, 20, 6, 0, tzinfo=UTC)
Page = Any


def on(first: str, last: str = "") -> dict[str, str]:
    return {"starts": f"{first} 09:00", "ends": f"{last or first} 18:00"}


def published(app: Flask, folder: Folder) -> None:
    folder.districts("kurigram", "bogura", "sylhet")
    with app.app_context():
        publish(folder)


def look(app: Flask, query: str = "", language: str = "en") -> Page:
    with time_machine.travel(NOW, tick=False):
        response = app.test_client().get(f"/{language}/events{query}")
    assert response.status_code == 200
    return parse(response.text)


def listed(page: Page) -> list[str]:
    return [str(a.attrs["href"]).rsplit("/", 1)[-1] for a in page.query(".event-card a")]


def squares(page: Page) -> dict[str, list[str]]:
    """What each day that has something shows, by its date."""
    return {
        cell.query("time")[0].attrs["datetime"]: [words(item) for item in cell.query("li")]
        for cell in page.query(".month td")
        if cell.query("li")
    }


@pytest.fixture
def some_events(app: Flask, folder: Folder) -> Flask:
    folder.event("kurigram-fair", district="kurigram", title="Kurigram Fair", **on("2027-02-03"))
    folder.event("bogura-fair", district="bogura", title="Bogura Fair", **on("2027-03-01"))
    folder.event("circle", district="bogura", kind="circle", title="A circle", **on("2027-02-10"))
    folder.event("summit", kind="summit", title="The summit", **on("2027-04-17"))
    folder.event("past-fair", district="bogura", title="A past fair", **on("2026-01-05"))
    folder.event("draft", district="bogura", status="draft", **on("2027-02-04"))
    published(app, folder)
    return app


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["kurigram-fair", "circle", "bogura-fair", "summit", "past-fair"]),
        ("?district=bogura", ["circle", "bogura-fair", "past-fair"]),
        ("?kind=fair", ["kurigram-fair", "bogura-fair", "past-fair"]),
        ("?district=bogura&kind=circle", ["circle"]),
        ("?month=2027-02", ["kurigram-fair", "circle"]),
        (f"?month={quote('২০২৭-০২')}", ["kurigram-fair", "circle"]),
        ("?month=2027-02&district=bogura", ["circle"]),
        ("?month=2026-01", ["past-fair"]),
        (
            "?district=&kind=&month=",
            ["kurigram-fair", "circle", "bogura-fair", "summit", "past-fair"],
        ),
        ("?district=sylhet", []),
    ],
)
def test_list_is_narrowed_by_its_address(some_events: Flask, query: str, wanted: list[str]) -> None:
    assert listed(look(some_events, query)) == wanted


def test_what_is_chosen_is_shown_and_can_be_given_up_one_by_one(some_events: Flask) -> None:
    page = look(some_events, "?month=2027-02&kind=circle&district=bogura")

    ways = {words(a): a.attrs["href"] for a in page.query(".chosen a")}
    assert ways == {
        "Give up: Innovation Circle ×": "/en/events?district=bogura&month=2027-02",
        "Give up: bogura ×": "/en/events?kind=circle&month=2027-02",
        "Give up: February 2027 ×": "/en/events?district=bogura&kind=circle",
        "Show all events": "/en/events",
    }
    selected = {
        node.attrs["id"]: [o.attrs["value"] for o in node.query("option[selected]")]
        for node in page.query("select")
    }
    assert selected == {"kind": ["circle"], "district": ["bogura"], "month": ["2027-02"]}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?district=atlantis", "atlantis"),
        ("?kind=party", "party"),
        ("?month=2027-13", "2027-13"),
        ("?colour=red", "colour"),
    ],
)
def test_what_the_list_does_not_know_is_told_and_left_out(
    some_events: Flask, query: str, told: str
) -> None:
    page = look(some_events, query)

    assert [words(note) for note in page.query(".note")] == [
        f"This list knows nothing of “{told}”, so that was left out."
    ]
    assert len(listed(page)) == 5


def test_nothing_found_is_told_with_the_way_back(some_events: Flask) -> None:
    page = look(some_events, "?district=sylhet&kind=summit")

    assert "No event fits all of this" in words(page.query(".empty")[0])
    assert [a.attrs["href"] for a in page.query(".empty a")] == ["/en/events"]
    assert page.query("#coming") == []


def test_only_districts_and_months_that_have_something_are_offered(some_events: Flask) -> None:
    page = look(some_events)

    offered = {
        node.attrs["id"]: [option.attrs["value"] for option in node.query("option")][1:]
        for node in page.query("select")
    }
    assert offered["district"] == ["bogura", "kurigram"]
    assert offered["month"] == ["2027-02", "2027-03", "2027-04"]


def test_month_shows_an_event_on_each_of_its_days(app: Flask, folder: Folder) -> None:
    folder.event(title="The fair", **on("2027-02-27", "2027-03-02"))
    published(app, folder)

    february, march = look(app, "?month=2027-02"), look(app, "?month=2027-03")

    assert squares(february) == {
        "2027-02-27": ["The fair day 1 of 4"],
        "2027-02-28": ["The fair day 2 of 4"],
    }
    assert squares(march) == {
        "2027-03-01": ["The fair day 3 of 4"],
        "2027-03-02": ["The fair day 4 of 4"],
    }
    assert listed(february) == listed(march) == ["fair"]


@pytest.mark.parametrize(
    ("starts", "ends", "in_january", "in_february"),
    [
        ("2027-01-31 18:00", "2027-02-01 00:00", ["2027-01-31"], []),
        ("2027-01-31 18:00", "2027-02-01 00:01", ["2027-01-31"], ["2027-02-01"]),
        ("2027-02-01 00:00", "2027-02-01 01:00", [], ["2027-02-01"]),
        ("2027-01-31 23:59", "2027-02-01 05:59", ["2027-01-31"], ["2027-02-01"]),
    ],
)
def test_month_ends_at_midnight_in_dhaka(
    app: Flask,
    folder: Folder,
    starts: str,
    ends: str,
    in_january: list[str],
    in_february: list[str],
) -> None:
    folder.event(starts=starts, ends=ends)
    published(app, folder)

    assert list(squares(look(app, "?month=2027-01"))) == in_january
    assert list(squares(look(app, "?month=2027-02"))) == in_february
    assert listed(look(app, "?month=2027-01")) == (["fair"] if in_january else [])


def test_month_is_a_table_from_sunday_with_its_days_in_bangla_digits(
    app: Flask, folder: Folder
) -> None:
    folder.event(**on("2027-01-14"))
    published(app, folder)

    page = look(app, "?month=2027-01", "bn")

    assert [th.attrs["abbr"] for th in page.query(".month thead th")][::6] == ["রবিবার", "শনিবার"]
    numbers = [
        words(cell.query("time b")[0]) for cell in page.query(".month td") if cell.query("b")
    ]
    assert numbers[:3] == ["১", "২", "৩"]
    assert len(numbers) == 31
    assert [len(row.query("td")) for row in page.query(".month tbody tr")] == [7] * 6
    today = page.query('[aria-current="date"] time')
    assert [node.attrs["datetime"] for node in today] == ["2027-01-20"]


def test_months_are_turned_within_what_is_chosen(some_events: Flask) -> None:
    page = look(some_events, "?month=2027-01&kind=fair")

    assert [a.attrs["href"] for a in page.query(".turn a")] == [
        "/en/events?kind=fair&month=2026-12",
        "/en/events?kind=fair&month=2027-02",
    ]
    assert len(look(some_events, "?month=2100-12").query(".turn a")) == 1


def test_day_with_more_than_fits_leads_to_the_whole_list(app: Flask, folder: Folder) -> None:
    for number in range(MOST_A_DAY + 2):
        folder.event(f"fair-{number}", **on("2027-02-03"))
    published(app, folder)

    page = look(app, "?month=2027-02")

    (entries,) = squares(page).values()
    assert (len(entries), entries[-1]) == (MOST_A_DAY + 1, "and 2 more")
    assert len(listed(page)) == MOST_A_DAY + 2


@pytest.fixture
def many_past(app: Flask, folder: Folder) -> Flask:
    for number in range(PER_PAGE + 1):
        folder.event(f"past-{number:02}", **on(f"2026-{1 + number // 20:02}-{1 + number % 20:02}"))
    folder.event("coming", **on("2027-02-03"))
    published(app, folder)
    return app


def test_past_events_come_page_by_page_and_those_to_come_once(many_past: Flask) -> None:
    first, second = look(many_past), look(many_past, "?page=2")

    assert listed(first)[:2] == ["coming", f"past-{PER_PAGE}"]
    assert len(listed(first)) == 1 + PER_PAGE
    assert listed(second) == ["past-00"]
    assert [a.attrs["href"] for a in first.query(".pagination a")] == ["/en/events?page=2"]
    assert [a.attrs["href"] for a in second.query(".pagination a")] == ["/en/events"]


def test_page_beyond_the_last_is_the_last(many_past: Flask) -> None:
    page = look(many_past, "?page=9")

    assert listed(page) == ["past-00"]
    assert [words(note) for note in page.query(".note")] == [
        "There are only 2 pages; here is the last one."
    ]


def test_month_with_many_takes_as_many_queries_as_with_one(app: Flask, folder: Folder) -> None:
    counts = []
    for number in range(3):
        folder.event(f"fair-{number}", district="kurigram", **on("2027-02-03"))
        published(app, folder)
        with app.app_context(), counted_queries() as asked:
            assert len(listed(look(app, "?month=2027-02"))) == number + 1
        counts.append(len(asked))

    assert len(set(counts)) == 1


def test_list_offers_the_calendar_of_what_it_shows(some_events: Flask) -> None:
    for query, feed in (
        ("", "/events.ics?lang=en"),
        ("?district=bogura", "/events.ics?district=bogura&lang=en"),
    ):
        page = look(some_events, query)
        links = [a.attrs["href"] for a in page.query("a") if "events.ics" in a.attrs["href"]]
        assert links == [feed]
        (in_head,) = page.query('link[type="text/calendar"]')
        assert in_head.attrs["href"] == feed


@pytest.mark.parametrize("language", ["bn", "en"])
def test_month_of_the_launch_fair_is_whole_in_both_languages(site: Flask, language: str) -> None:
    page = look(site, "?month=2027-01&district=kurigram", language)

    assert list(squares(page)) == ["2027-01-14", "2027-01-15", "2027-01-16"]
    told = words(page.query(".month")[0])
    assert bool(re.search("[0-9]", told)) is (language == "en")
