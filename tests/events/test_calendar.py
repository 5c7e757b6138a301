"""Calendars of events, read back by a parser that is not the one that wrote them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
import vobject  # type: ignore[import-untyped]
from flask import Flask

from showcase.db import db, write
from showcase.documents.models import Document
from showcase.events.models import Event
from tests.documents.folder import Folder, publish

NOW = datetime(2027, 1, 20, 6, 0, tzinfo=UTC)
DHAKA_OFFSET = timedelta(hours=6)


def read(app: Flask, path: str) -> Any:
    with time_machine.travel(NOW, tick=False):
        response = app.test_client().get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert all(len(line) <= 75 for line in response.data.split(b"\r\n")), "a line is not folded"
    return vobject.readOne(response.text)


def published(app: Flask, folder: Folder) -> None:
    folder.districts("kurigram", "bogura")
    with app.app_context():
        publish(folder)


def only_event(app: Flask, folder: Folder, language: str = "en", **keys: str) -> Any:
    folder.event(**keys)
    published(app, folder)
    calendar = read(app, f"/{language}/events/fair.ics")
    (entry,) = calendar.vevent_list
    return entry


def named(calendar: Any) -> list[str]:
    entries = getattr(calendar, "vevent_list", [])
    return [entry.uid.value.removesuffix("@127.0.0.1") for entry in entries]


def test_event_file_tells_when_and_where(app: Flask, folder: Folder) -> None:
    entry = only_event(
        app,
        folder,
        title="A fair; with commas, and signs",
        venue="{name: College Field, address: College Road, lat: 25.81, lon: 89.64}",
    )

    assert entry.summary.value == "A fair; with commas, and signs"
    assert entry.location.value == "College Field, College Road"
    assert entry.geo.value == "25.81;89.64"
    assert entry.url.value == "http://127.0.0.1:8000/en/events/fair"
    assert entry.dtstart.value.utcoffset() == DHAKA_OFFSET
    assert entry.dtstart.value.isoformat() == "2090-01-14T09:00:00+06:00"
    assert entry.dtend.value.isoformat() == "2090-01-16T18:00:00+06:00"
    assert entry.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Asia/Dhaka"]


def test_event_file_is_for_download_and_of_published_events_alone(
    app: Flask, folder: Folder
) -> None:
    folder.event("fair")
    folder.event("draft", status="draft")
    published(app, folder)
    client = app.test_client()

    assert client.get("/bn/events/fair.ics").headers["Content-Disposition"] == (
        'attachment; filename="event.ics"'
    )
    assert client.get("/en/events/draft.ics").status_code == 404
    assert client.get("/en/events/none.ics").status_code == 404


def test_event_file_speaks_the_language_of_its_address(app: Flask, folder: Folder) -> None:
    folder.translation("events/fair", title="কুড়িগ্রামের মেলা")
    venue = "{name: {en: College Field, bn: কলেজ মাঠ}}"
    entry = only_event(app, folder, "bn", venue=venue)

    assert entry.summary.value == "কুড়িগ্রামের মেলা"
    assert entry.location.value == "কলেজ মাঠ"


def test_stamps_are_those_of_the_document_so_that_nothing_changes_by_asking(
    app: Flask, folder: Folder
) -> None:
    entry = only_event(app, folder)
    with app.app_context():
        updated = db.session.scalars(sa.select(Document.updated_at)).first()

    assert updated
    assert entry.dtstamp.value == entry.last_modified.value == updated.replace(microsecond=0)
    client = app.test_client()
    assert client.get("/en/events/fair.ics").data == client.get("/en/events/fair.ics").data


@pytest.mark.parametrize(
    ("state", "status", "title"),
    [
        ("announced", "CONFIRMED", "Kurigram Innovation Fair"),
        ("postponed", "TENTATIVE", "Kurigram Innovation Fair (Postponed)"),
        ("cancelled", "CANCELLED", "Kurigram Innovation Fair (Cancelled)"),
    ],
)
def test_calendar_is_told_whether_it_takes_place(
    app: Flask, folder: Folder, state: str, status: str, title: str
) -> None:
    entry = only_event(app, folder, state=state)

    assert (entry.status.value, entry.summary.value) == (status, title)


def test_sample_data_is_marked_in_the_title(app: Flask, folder: Folder) -> None:
    assert only_event(app, folder, sample="yes").summary.value == (
        "Kurigram Innovation Fair (Sample data)"
    )


def test_sequence_is_that_of_the_event(app: Flask, folder: Folder) -> None:
    folder.event()
    published(app, folder)
    with app.app_context(), write() as session:
        session.execute(sa.update(Event).values(sequence=3))
    (entry,) = read(app, "/en/events/fair.ics").vevent_list

    assert entry.sequence.value == "3"


def test_new_days_keep_the_uid_and_raise_the_sequence(app: Flask, folder: Folder) -> None:
    before = only_event(app, folder)
    after = only_event(app, folder, starts="2090-01-15 09:00", ends="2090-01-17 18:00")
    cancelled = only_event(
        app, folder, starts="2090-01-15 09:00", ends="2090-01-17 18:00", state="cancelled"
    )

    assert before.uid.value == after.uid.value == cancelled.uid.value == "event-fair@127.0.0.1"
    sequences = [int(entry.sequence.value) for entry in (before, after, cancelled)]
    assert sequences == sorted(set(sequences))


def test_feed_has_all_that_comes_and_the_last_ninety_days(app: Flask, folder: Folder) -> None:
    folder.event("next", starts="2027-02-01 09:00", ends="2027-02-02 18:00")
    folder.event("now", starts="2027-01-20 09:00", ends="2027-01-20 18:00")
    folder.event("within", starts="2026-10-22 09:00", ends="2026-10-22 12:01")
    folder.event("beyond", starts="2026-10-22 09:00", ends="2026-10-22 12:00")
    folder.event("off", starts="2027-03-01 09:00", ends="2027-03-02 18:00", state="cancelled")
    folder.event("draft", status="draft")
    published(app, folder)

    calendar = read(app, "/events.ics")

    assert named(calendar) == ["event-within", "event-now", "event-next", "event-off"]
    assert calendar.vevent_list[-1].status.value == "CANCELLED"


def test_feed_of_a_district_has_its_events_alone(app: Flask, folder: Folder) -> None:
    folder.event("here", district="kurigram")
    folder.event("there", district="bogura")
    folder.event("nowhere")
    published(app, folder)

    assert named(read(app, "/events.ics?district=kurigram&lang=en")) == ["event-here"]
    assert len(named(read(app, "/events.ics?district="))) == 3


def test_feed_says_what_it_is_and_when_to_ask_again(app: Flask, folder: Folder) -> None:
    folder.event(district="kurigram")
    published(app, folder)

    calendar = read(app, "/events.ics?district=kurigram&lang=en")

    assert calendar.x_wr_calname.value == "Fairs and events – kurigram"
    assert calendar.x_wr_timezone.value == "Asia/Dhaka"
    assert calendar.x_published_ttl.value == "PT6H"
    assert calendar.refresh_interval.value == "PT6H"
    assert calendar.refresh_interval.params["VALUE"] == ["DURATION"]
    assert calendar.method.value == "PUBLISH"


def test_feed_speaks_bangla_unless_asked_for_english(app: Flask, folder: Folder) -> None:
    folder.event()
    folder.translation("events/fair", title="কুড়িগ্রামের মেলা")
    published(app, folder)

    titles = {
        query: read(app, f"/events.ics{query}").vevent.summary.value
        for query in ("", "?lang=bn", "?lang=en")
    }

    assert titles == {
        "": "কুড়িগ্রামের মেলা",
        "?lang=bn": "কুড়িগ্রামের মেলা",
        "?lang=en": "Kurigram Innovation Fair",
    }


def test_feed_without_events_is_a_calendar_all_the_same(app: Flask, folder: Folder) -> None:
    published(app, folder)

    assert named(read(app, "/events.ics?district=kurigram")) == []


@pytest.mark.parametrize("query", ["?district=atlantis", "?lang=fr", "?district=%00"])
def test_there_is_no_feed_of_what_does_not_exist(app: Flask, folder: Folder, query: str) -> None:
    published(app, folder)

    assert app.test_client().get(f"/events.ics{query}").status_code == 404


def test_launch_events_are_in_the_feed(site: Flask) -> None:
    with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC), tick=False):
        text = site.test_client().get("/events.ics").text

    assert named(vobject.readOne(text)) == [
        "event-rangpur-circle-2026",
        "event-kurigram-fair-2027",
        "event-bogura-fair-2027",
        "event-innovation-summit-2027",
    ]
