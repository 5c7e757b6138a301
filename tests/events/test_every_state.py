"""Each of the eight states has words of its own on the page, in the calendar and for machines."""

import json
from datetime import datetime
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
import time_machine
import vobject  # type: ignore[import-untyped]
from flask import Flask

from showcase.db import write
from showcase.events.labels import ADVICE, STATES
from showcase.i18n import DHAKA
from showcase.registrations.models import SeatPool
from tests.documents.folder import Folder, publish
from tests.pages import parse, words

SEATS = "{opens: 2089-12-01, closes: 2090-01-13 18:00, seats: 5}"


class Told(NamedTuple):
    """What an event says of its state, in each of its places."""

    label: str
    sentence: str
    status: str
    calendar: str
    event_status: str
    availability: str


# When, what is announced, and how many seats are taken.
WAYS = {
    "announced": ("2089-11-30 12:00", "announced", 0),
    "open": ("2090-01-01 12:00", "announced", 0),
    "full": ("2090-01-01 12:00", "announced", 5),
    "closed": ("2090-01-13 18:00", "announced", 0),
    "running": ("2090-01-14 09:00", "announced", 0),
    "over": ("2090-01-16 18:00", "announced", 0),
    "postponed": ("2090-01-01 12:00", "postponed", 0),
    "cancelled": ("2090-01-01 12:00", "cancelled", 0),
}
MACHINES = {
    "announced": ("CONFIRMED", "EventScheduled", "PreOrder"),
    "open": ("CONFIRMED", "EventScheduled", "InStock"),
    "full": ("CONFIRMED", "EventScheduled", "SoldOut"),
    "closed": ("CONFIRMED", "EventScheduled", "InStoreOnly"),
    "running": ("CONFIRMED", "EventScheduled", "InStoreOnly"),
    "over": ("CONFIRMED", "EventScheduled", "Discontinued"),
    "postponed": ("TENTATIVE", "EventPostponed", "PreOrder"),
    "cancelled": ("CANCELLED", "EventCancelled", "Discontinued"),
}


def told(app: Flask, folder: Folder, state: str, language: str) -> Told:
    moment, announced, taken = WAYS[state]
    folder.event(state, registration=SEATS, state=announced)
    with app.app_context():
        publish(folder)
        with write() as session:
            session.execute(sa.update(SeatPool).values(taken=taken))
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=DHAKA), tick=False):
        page = parse(app.test_client().get(f"/{language}/events/{state}").text)
        calendar = vobject.readOne(app.test_client().get(f"/{language}/events/{state}.ics").text)
    data: Any = json.loads(words(page.query('script[type="application/ld+json"]')[0]))
    box = page.query(f"section.state.state-{state}")[0]
    return Told(
        label=words(box.query("h2")[0]),
        sentence=words(box.query("p")[0]),
        status=calendar.vevent.status.value,
        calendar=calendar.vevent.description.value,
        event_status=data["eventStatus"].rsplit("/", 1)[1],
        availability=data["offers"]["availability"].rsplit("/", 1)[1],
    )


@pytest.mark.parametrize("state", WAYS)
def test_state_is_told_to_people_and_machines(app: Flask, folder: Folder, state: str) -> None:
    found = told(app, folder, state, "en")

    with app.test_request_context("/en/events"):
        app.preprocess_request()
        label, advice = str(STATES[state]), str(ADVICE[state])
    assert found.label == label
    assert f"{label}. {advice}" in found.calendar
    assert (found.status, found.event_status, found.availability) == MACHINES[state]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["bn", "en"])
def test_no_two_states_say_the_same(app: Flask, folder: Folder, language: str) -> None:
    found = [told(app, folder, state, language) for state in WAYS]

    for words_of in (
        [one.label for one in found],
        [one.sentence for one in found],
        [one.calendar for one in found],
    ):
        assert len(set(words_of)) == len(WAYS)
