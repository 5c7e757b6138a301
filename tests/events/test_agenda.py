"""Sessions on an event's page: beside each other at one time, and what can still be chosen."""

from datetime import datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from showcase.db import write
from showcase.events.agenda import AgendaItem, Day
from showcase.events.page import event_page
from showcase.events.queries import event_by_slug
from showcase.i18n import DHAKA
from showcase.registrations.models import SeatPool
from tests.documents.folder import Folder, publish
from tests.pages import parse, words

SEATS = "{opens: 2090-01-01, closes: 2090-01-14 12:00, seats: 100}"
BEFORE, OPEN, AFTER = "2089-12-01 09:00", "2090-01-05 09:00", "2090-01-14 12:00"


def agenda_of(app: Flask, at: str = OPEN, language: str = "en") -> tuple[Day, ...]:
    moment = datetime.fromisoformat(at).replace(tzinfo=DHAKA)
    with (
        time_machine.travel(moment, tick=False),
        app.test_request_context(f"/{language}/events/fair"),
    ):
        app.preprocess_request()
        event = event_by_slug("fair")
        assert event
        return event_page(event).agenda


def session_of(app: Flask, folder: Folder, session: str, at: str = OPEN) -> AgendaItem:
    """The one session of an event, as its page tells it at a moment."""
    folder.event(
        registration=SEATS,
        sessions=f"[{{key: land, title: Land, starts: 2090-01-15 10:00, ends: 2090-01-15 11:00"
        f"{session}}}]",
    )
    with app.app_context():
        publish(folder)
    ((slot,),) = (day.slots for day in agenda_of(app, at))
    return slot.sessions[0]


def test_sessions_of_one_time_stand_beside_each_other_in_order_of_the_tracks(
    app: Flask, folder: Folder
) -> None:
    at_ten = "starts: 2090-01-14 10:00, ends: 2090-01-14 11:00"
    folder.event(
        programme="[{starts: 2090-01-14 09:00, ends: 2090-01-14 10:00, title: Opening,"
        " track: Stage, place: Great hall}]",
        sessions=f"[{{key: b, title: Measuring, track: Measures, {at_ten}}},"
        f" {{key: a, title: Stories, track: Stage, {at_ten}}},"
        " {key: c, title: Longer, track: Stage, starts: 2090-01-14 10:00,"
        " ends: 2090-01-14 12:00}]",
    )
    with app.app_context():
        publish(folder)

    (day,) = agenda_of(app)

    assert [(slot.time, [s.title for s in slot.sessions]) for slot in day.slots] == [
        ("9:00 am – 10:00 am", ["Opening"]),
        ("10:00 am – 11:00 am", ["Stories", "Measuring"]),
        ("10:00 am – 12:00 pm", ["Longer"]),
    ]
    opening = day.slots[0].sessions[0]
    assert (opening.track, opening.place, opening.anchor) == ("Stage", "Great hall", "")
    page = parse(app.test_client().get("/en/events/fair").text)
    beside = [words(item) for item in page.query(".agenda-beside li")]
    assert beside == ["Stories Stage", "Measuring Measures"]


def test_speakers_are_named_with_their_role_in_the_language_of_the_page(
    app: Flask, folder: Folder
) -> None:
    speakers = (
        "[{name: {en: A farmer, bn: একজন কৃষক}, role: {en: Kurigram, bn: কুড়িগ্রাম}}, {name: A guest}]"
    )
    session_of(app, folder, f", speakers: {speakers}")

    ((slot,),) = (day.slots for day in agenda_of(app, language="bn"))
    assert slot.sessions[0].speakers == ("একজন কৃষক, কুড়িগ্রাম", "A guest")
    assert "With: A farmer, Kurigram; A guest" in words(
        parse(app.test_client().get("/en/events/fair").text)
    )


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        (0, "60 of 60 seats left"),
        (48, "12 of 60 seats left"),
        (60, "All 60 seats are taken"),
        (70, "All 60 seats are taken"),
    ],
)
def test_seats_that_are_left_are_told(app: Flask, folder: Folder, taken: int, told: str) -> None:
    session_of(app, folder, ", seats: 60")
    with app.app_context(), write() as session:
        pool = SeatPool.session_key == "land"
        session.execute(sa.update(SeatPool).where(pool).values(taken=taken))

    ((slot,),) = (day.slots for day in agenda_of(app))
    assert slot.sessions[0].seats == told


def test_session_without_seats_of_its_own_tells_none(app: Flask, folder: Folder) -> None:
    assert session_of(app, folder, "").seats == ""


@pytest.mark.parametrize("at", [BEFORE, AFTER])
def test_what_is_left_is_told_only_while_visitors_can_register(
    app: Flask, folder: Folder, at: str
) -> None:
    assert session_of(app, folder, ", seats: 60", at).seats == "60 seats"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2090-01-02 09:00", "Can be chosen from Tuesday, 3 January 2090"),
        ("2090-01-03 00:00", "Can be chosen until Tuesday, 10 January 2090, 6:00 pm"),
        ("2090-01-10 17:59", "Can be chosen until Tuesday, 10 January 2090, 6:00 pm"),
        ("2090-01-10 18:00", "Can no longer be chosen"),
        (AFTER, ""),
    ],
)
def test_session_tells_its_own_time_to_choose_it(
    app: Flask, folder: Folder, at: str, told: str
) -> None:
    times = ", opens: 2090-01-03, closes: 2090-01-10 18:00"

    assert session_of(app, folder, times, at).choosing == told


def test_session_can_be_linked_and_a_programme_item_need_not(app: Flask, folder: Folder) -> None:
    assert session_of(app, folder, "").anchor == "session-land"
    assert parse(app.test_client().get("/en/events/fair").text).query("#session-land")


@pytest.mark.parametrize("language", ["bn", "en"])
def test_launch_summit_has_sessions_at_one_time(site: Flask, language: str) -> None:
    page = parse(site.test_client().get(f"/{language}/events/innovation-summit-2027").text)

    assert [len(times.query("li")) for times in page.query(".agenda-beside")] == [2]
    assert len(page.query(".agenda [id]")) == 6
