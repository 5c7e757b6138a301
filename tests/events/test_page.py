"""What the event list and an event's page show."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from showcase.db import db, write
from showcase.documents.publishing import Outcome
from showcase.events.listing import listing
from showcase.events.models import Event
from showcase.events.page import EventPage, event_page
from showcase.events.queries import (
    EventCard,
    card_of,
    coming_events,
    event_by_slug,
    next_events_showing,
)
from showcase.events.selection import Selection
from showcase.registrations.models import SeatPool
from tests.documents.folder import Folder, counted_queries, publish

REGISTRATION = "{opens: 2026-01-01, closes: 2090-01-01, seats: 10, held_for_walk_ins: 4}"


@contextmanager
def reader(app: Flask, language: str = "en") -> Iterator[None]:
    with app.test_request_context(f"/{language}/events"):
        app.preprocess_request()
        yield


def published(app: Flask, folder: Folder) -> None:
    with app.app_context():
        publish(folder)


def page_of(app: Flask, folder: Folder, language: str = "en", **keys: str) -> EventPage:
    folder.event("fair", "", **keys)
    published(app, folder)
    with reader(app, language):
        event = event_by_slug("fair")
        assert event
        return event_page(event)


def test_agenda_is_told_by_day_in_order(app: Flask, folder: Folder) -> None:
    page = page_of(
        app,
        folder,
        programme="[{starts: 2090-01-15 10:00, ends: 2090-01-15 11:00, title: Second day},"
        " {starts: 2090-01-14 15:00, ends: 2090-01-14 16:00, title: Afternoon, track: Stage}]",
        sessions="[{key: land, starts: 2090-01-14 10:00, ends: 2090-01-14 11:00,"
        " title: Morning, seats: 60}]",
    )

    assert [
        (day.name, [(slot.time, [i.title for i in slot.sessions]) for slot in day.slots])
        for day in page.agenda
    ] == [
        (
            "Saturday, 14 January 2090",
            [
                ("10:00 am – 11:00 am", ["Morning"]),
                ("3:00 pm – 4:00 pm", ["Afternoon"]),
            ],
        ),
        ("Sunday, 15 January 2090", [("10:00 am – 11:00 am", ["Second day"])]),
    ]


def test_stalls_are_told_by_pavilion_and_group_in_order_of_number(
    app: Flask, folder: Folder
) -> None:
    page = page_of(
        app,
        folder,
        "bn",
        stalls="[{number: 12, office: Land, pavilion: {en: Near, bn: কাছে}, group: Digital},"
        " {number: 2, office: Livestock, services: [Advice]}, {number: 1, office: Health,"
        " pavilion: {en: Near, bn: কাছে}}, {number: 20, office: Post, group: Digital,"
        " pavilion: {en: Near, bn: কাছে}}]",
    )

    told = [
        (p.name, [(g.name, [(s.number, s.office, s.services) for s in g.stalls]) for g in p.groups])
        for p in page.pavilions
    ]
    assert told[0] == (
        "কাছে",
        [("", [("১", "Health", ())]), ("Digital", [("১২", "Land", ()), ("২০", "Post", ())])],
    )
    assert told[1][1] == [("", [("২", "Livestock", ("Advice",))])]


def test_stall_links_its_story_while_it_is_published(app: Flask, folder: Folder) -> None:
    folder.story("seen", title="A story")
    folder.story("unseen", status="draft")
    page = page_of(
        app,
        folder,
        stalls="[{number: 1, office: A, story: seen}, {number: 2, office: B, story: unseen}]",
    )

    ((group,),) = (pavilion.groups for pavilion in page.pavilions)
    assert [(stall.story_title, stall.story_url) for stall in group.stalls] == [
        ("A story", "/en/stories/seen"),
        ("", ""),
    ]


def test_place_opens_on_a_map_where_it_is_known(app: Flask, folder: Folder) -> None:
    known = page_of(app, folder, venue="{name: Field, address: Road, lat: 25.81, lon: 89.64}")
    unknown = page_of(app, folder, venue="{name: Field}")

    assert known.map_url == (
        "https://www.openstreetmap.org/?mlat=25.81&mlon=89.64#map=17/25.81/89.64"
    )
    assert known.geo_uri == "geo:25.81,89.64"
    assert (unknown.map_url, unknown.geo_uri, unknown.address) == ("", "", "")


def test_organiser_may_be_left_out(app: Flask, folder: Folder) -> None:
    assert page_of(app, folder).organiser == ""
    assert page_of(app, folder, organiser="District Administration").organiser == (
        "District Administration"
    )


def test_results_and_sources_are_listed(app: Flask, folder: Folder) -> None:
    page = page_of(
        app,
        folder,
        results="[{what: Visitors, value: about 20000}]",
        sources="[{title: A page, url: https://example.org/}, {title: A paper}]",
    )

    assert page.results == (("Visitors", "about 20000"),)
    assert page.sources == (("A page", "https://example.org/"), ("A paper", ""))


def test_awards_name_the_stall_and_the_story_that_are_there(app: Flask, folder: Folder) -> None:
    folder.story("seen", title="A story")
    folder.story("unseen", status="draft")
    page = page_of(
        app,
        folder,
        stalls="[{number: 7, office: Land}]",
        awards="[{title: Best service, to: Land office, stall: 7, story: seen},"
        " {title: Second, to: Health office, story: unseen}]",
    )

    assert [(a.title, a.to, a.stall, a.stall_url, a.story_title) for a in page.awards] == [
        ("Best service", "Land office", "7", "#stall-7", "A story"),
        ("Second", "Health office", "", "", ""),
    ]
    assert [a.story_url for a in page.awards] == ["/en/stories/seen", ""]


def test_proceedings_lead_to_the_story_or_the_paper(app: Flask, folder: Folder) -> None:
    folder.story("seen", title="A story")
    page = page_of(
        app,
        folder,
        proceedings="[{title: A talk, story: seen}, {title: A paper, url: https://example.org/p}]",
    )

    assert [(p.title, p.url, p.story_url) for p in page.proceedings] == [
        ("A talk", "", "/en/stories/seen"),
        ("A paper", "https://example.org/p", ""),
    ]
    assert page.has_results
    html = app.test_client().get("/en/events/fair").text
    assert "What was presented" in html
    assert "https://example.org/p" in html


def test_page_names_the_others_of_its_series_latest_first(app: Flask, folder: Folder) -> None:
    for year in (2019, 2088, 2020):
        times = {"starts": f"{year}-01-14 09:00", "ends": f"{year}-01-16 18:00"}
        folder.event(f"fair-{year}", series="kurigram-fair", **times)
    folder.event("draft", series="kurigram-fair", status="draft")
    folder.event("other", series="bogura-fair")
    page = page_of(app, folder, series="kurigram-fair")

    assert [card.event.slug for card in page.others] == ["fair-2088", "fair-2020", "fair-2019"]
    assert page_of(app, folder).others == ()


def states(app: Flask) -> list[tuple[str, str]]:
    with reader(app):
        found = listing(Selection())
        return [(card.event.slug, card.state) for card in (*found.coming, *found.shown)]


def test_states_follow_the_clock_in_dhaka(app: Flask, folder: Folder) -> None:
    folder.event(registration="{opens: 2089-12-01, closes: 2090-01-13 18:00, seats: 5}")
    published(app, folder)

    told = {}
    for moment in ("2089-11-30 17:59", "2089-11-30 18:01", "2090-01-13 12:01", "2090-01-14 03:01"):
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        with time_machine.travel(at, tick=False):
            told[moment] = states(app)
    with time_machine.travel(datetime(2090, 1, 16, 12, 1, tzinfo=UTC), tick=False):
        told["over"] = states(app)

    assert [state for ((_, state),) in told.values()] == [
        "announced",
        "open",
        "closed",
        "running",
        "over",
    ]


def test_event_is_full_when_only_seats_for_walk_ins_are_left(app: Flask, folder: Folder) -> None:
    folder.event(registration=REGISTRATION)
    published(app, folder)
    assert states(app) == [("fair", "open")]
    with app.app_context(), write() as session:
        session.execute(sa.update(SeatPool).values(taken=6))

    assert states(app) == [("fair", "full")]
    with reader(app):
        event = event_by_slug("fair")
        assert event
        assert card_of(event).state == "full"


def test_coming_events_come_first_and_past_ones_latest_first(app: Flask, folder: Folder) -> None:
    for year in (2091, 2090, 2019, 2020):
        folder.event(f"fair-{year}", starts=f"{year}-01-14 09:00", ends=f"{year}-01-16 18:00")
    published(app, folder)

    with reader(app):
        assert [card.event.slug for card in coming_events()] == ["fair-2090", "fair-2091"]
        assert [card.event.slug for card in coming_events(1)] == ["fair-2090"]
        found = listing(Selection())
        assert [card.event.slug for card in found.coming] == ["fair-2090", "fair-2091"]
        assert [card.event.slug for card in found.shown] == ["fair-2020", "fair-2019"]


def test_story_names_the_fairs_to_come_that_show_it(app: Flask, folder: Folder) -> None:
    folder.story("camp")
    stalls = "[{number: 1, office: Livestock, story: camp}]"
    folder.event("shows", stalls=stalls)
    folder.event("shows-not")
    folder.event("draft", stalls=stalls, status="draft")
    folder.event("past", stalls=stalls, starts="2019-01-14 09:00", ends="2019-01-16 18:00")
    published(app, folder)

    with reader(app):
        assert [card.event.slug for card in next_events_showing("camp")] == ["shows"]


def told(cards: list[EventCard]) -> list[tuple[object, ...]]:
    return [
        (c.title, c.language, c.url, c.kind_label, c.state_label, c.when, c.where, c.day, c.month)
        for c in cards
    ]


def test_card_tells_the_days_and_the_place(app: Flask, folder: Folder) -> None:
    folder.districts("kurigram")
    folder.event("fair", district="kurigram")
    folder.event("one-day", ends="2090-01-14 18:00", starts="2090-01-14 10:00")
    published(app, folder)

    with reader(app):
        assert [(c.when, c.where, c.day, c.month) for c in coming_events()] == [
            ("14–16 January 2090", "kurigram", "14", "January 2090"),
            ("14 January 2090", "College Field", "14", "January 2090"),
        ]


def test_list_of_three_takes_as_many_queries_as_of_one(app: Flask, folder: Folder) -> None:
    folder.districts("kurigram", "rangpur")
    folder.event("one", district="kurigram", registration=REGISTRATION)
    published(app, folder)
    with reader(app), counted_queries() as for_one:
        told(coming_events())
    folder.event("two", district="rangpur", registration=REGISTRATION)
    folder.event("three")
    folder.translation("events/three")
    published(app, folder)

    with reader(app), counted_queries() as for_three:
        assert len(told(coming_events())) == 3

    # Events, their titles, seats, districts.
    assert len(for_three) == len(for_one) == 4


def test_page_with_three_stalls_takes_as_many_queries_as_with_one(
    app: Flask, folder: Folder
) -> None:
    for slug in ("a", "b", "c"):
        folder.story(slug)
    counts = []
    for many in (1, 3):
        stalls = ", ".join(f"{{number: {n}, office: A, story: {'abc'[n]}}}" for n in range(many))
        folder.event(stalls=f"[{stalls}]")
        published(app, folder)
        with reader(app):
            event = event_by_slug("fair")
            assert event
            with counted_queries() as asked:
                event_page(event)
        counts.append(len(asked))

    assert counts == [5, 5]


def test_row_follows_its_document(app: Flask, folder: Folder) -> None:
    folder.event(registration=REGISTRATION, district=None)
    published(app, folder)
    folder.event(kind="summit", state="postponed", starts="2090-01-13 09:00")
    with app.app_context():
        assert publish(folder) == Outcome(changed=1)
        event = db.session.scalars(sa.select(Event)).one()

        assert (event.kind, event.announced, event.opens) == ("summit", "postponed", None)
        assert event.starts == datetime(2090, 1, 13, 3, 0, tzinfo=UTC)


def test_seats_follow_the_document_and_keep_what_is_taken(app: Flask, folder: Folder) -> None:
    folder.event(registration=REGISTRATION)
    published(app, folder)
    with app.app_context(), write() as session:
        session.execute(sa.update(SeatPool).values(taken=3))
    folder.event(registration=REGISTRATION.replace("10", "20"))
    published(app, folder)

    with app.app_context():
        pool = db.session.scalars(sa.select(SeatPool)).one()
        assert (pool.capacity, pool.held, pool.taken) == (20, 4, 3)


def test_page_of_an_unpublished_event_is_not_found(app: Flask, folder: Folder) -> None:
    folder.event("seen", sample="yes")
    folder.event("unseen", status="review")
    published(app, folder)
    client = app.test_client()

    codes = {
        name: client.get(f"/en/events/{name}").status_code for name in ("seen", "unseen", "%00")
    }

    assert codes == {"seen": 200, "unseen": 404, "%00": 404}


@pytest.mark.parametrize("language", ["bn", "en"])
def test_launch_events_have_their_pages(site: Flask, language: str) -> None:
    client = site.test_client()
    with reader(site, language):
        found = listing(Selection())
        addresses = [card.url for card in (*found.coming, *found.shown)]

    assert len(addresses) == 5
    assert [client.get(address).status_code for address in addresses] == [200] * 5
