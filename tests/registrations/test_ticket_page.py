from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from showcase.db import write
from showcase.events.models import Event
from tests.pages import parse
from tests.registrations.builders import make_event
from tests.registrations.forms import hidden, send_form, texts
from tests.registrations.people import Books, books, owed, registration, secret_of


@pytest.fixture
def secret(app: Flask, client: FlaskClient) -> str:
    """Of Rahima's ticket for two at the fair."""
    make_event(app)
    send_form(client, party="2", needs="A ramp")
    return secret_of(app)


def facts(client: FlaskClient, address: str) -> dict[str, str]:
    page = client.get(address)
    return dict(zip(texts(page, "dt"), texts(page, "dd"), strict=True))


def announce(app: Flask, announced: str) -> None:
    with app.app_context(), write() as session:
        event = session.get(Event, 1)
        assert event is not None
        event.announced = announced


def test_a_ticket_shows_what_the_gate_and_its_owner_need(
    app: Flask, client: FlaskClient, secret: str
) -> None:
    page = client.get(f"/en/tickets/{secret}")

    assert page.status_code == 200
    assert texts(page, "h1") == ["Ticket: Kurigram Fair"]
    assert facts(client, f"/en/tickets/{secret}") == {
        "Name": "Rahima Begum",
        "People": "2",
        "When": "14–16 January 2090",
        "Where": "College Field, College Road",
        "I need help with …": "A ramp",
    }
    with app.app_context():
        assert texts(page, ".ticket-code") == [registration(1).code]
    links = [link.attrs["href"] for link in parse(page.text).query("main a")]
    assert links == [
        "https://www.openstreetmap.org/?mlat=25.81&mlon=89.64#map=17/25.81/89.64",
        "geo:25.81,89.64",
        f"/en/tickets/{secret}.ics",
        f"/en/tickets/{secret}/change",
        f"/en/tickets/{secret}/cancel",
        "/en/events/kurigram-fair",
        f"/en/tickets/{secret}/erase",
    ]


def test_a_ticket_speaks_bangla(client: FlaskClient, secret: str) -> None:
    page = client.get(f"/bn/tickets/{secret}")

    values = texts(page, "dd")
    assert values[:2] == ["Rahima Begum", "২"]
    assert values[2].startswith("১৪–১৬ জানুয়ারি ২০৯০")
    assert values[3] == "কলেজ মাঠ, কলেজ রোড"


def test_the_qr_code_is_a_drawing_that_any_scheme_shows_dark_on_white(
    client: FlaskClient, secret: str
) -> None:
    page = parse(client.get(f"/en/tickets/{secret}").text)

    (drawing,) = page.query(".ticket-qr svg")
    assert [
        path.attrs.get("fill") or path.attrs.get("stroke") for path in drawing.query("path")
    ] == [
        "#fff",
        "#000",
    ]
    assert page.query(".ticket-qr")[0].attrs["aria-label"] == "QR code that opens this ticket"


def test_a_ticket_is_kept_by_nobody_and_sets_no_cookie(client: FlaskClient, secret: str) -> None:
    fresh = client.application.test_client()

    for path in (f"/en/tickets/{secret}", f"/en/tickets/{secret}.ics", f"/t/{secret}"):
        answer = fresh.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/en/tickets/{}",
        "/bn/tickets/{}",
        "/en/tickets/{}.ics",
        "/en/tickets/{}/cancel",
        "/t/{}",
    ],
)
def test_a_wrong_secret_opens_nothing(client: FlaskClient, secret: str, path: str) -> None:
    for wrong in (
        f"{secret}x",
        f"x{secret}",
        secret[:-1],
        secret.swapcase(),
        "wrong",
        "%00",
        "১২৩",
    ):
        assert client.get(path.format(wrong)).status_code == 404, wrong


def test_a_wrong_secret_cancels_nothing(app: Flask, client: FlaskClient, secret: str) -> None:
    token = hidden(client.get(f"/en/tickets/{secret}/cancel"), "csrf_token")

    answer = client.post(f"/en/tickets/{secret}x/cancel", data={"csrf_token": token})

    assert answer.status_code == 404
    with app.app_context():
        assert books(1) == Books(taken=2, people=2, registrations=1)


def test_the_short_link_opens_the_ticket_in_its_owners_language(
    app: Flask, client: FlaskClient
) -> None:
    make_event(app)
    send_form(client, path="/bn/events/{slug}/register")
    secret = secret_of(app)

    answer = client.get(f"/t/{secret}")

    assert (answer.status_code, answer.location) == (302, f"/bn/tickets/{secret}")


def test_cancelling_asks_first_and_changes_nothing_by_looking(
    app: Flask, client: FlaskClient, secret: str
) -> None:
    page = client.get(f"/en/tickets/{secret}/cancel")

    assert page.status_code == 200
    assert texts(page, "main button") == ["Yes, cancel it"]
    with app.app_context():
        assert books(1) == Books(taken=2, people=2, registrations=1)


def test_cancelling_frees_the_seats_and_the_ticket_says_so(
    app: Flask, client: FlaskClient, secret: str
) -> None:
    token = hidden(client.get(f"/en/tickets/{secret}/cancel"), "csrf_token")

    answer = client.post(f"/en/tickets/{secret}/cancel", data={"csrf_token": token})
    page = client.get(answer.location)

    assert (answer.status_code, answer.location) == (303, f"/en/tickets/{secret}")
    assert texts(page, ".banner-title") == [
        "This registration is cancelled. The ticket lets nobody in."
    ]
    assert texts(page, ".ticket-qr") == texts(page, ".ticket-code") == []
    with app.app_context():
        assert books(1) == Books(taken=0, people=0, registrations=0)
        assert owed(1)[-1] == ("cancellation", "sms", "ready")


def test_cancelling_twice_is_answered_the_same(
    app: Flask, client: FlaskClient, secret: str
) -> None:
    address = f"/en/tickets/{secret}/cancel"
    token = hidden(client.get(address), "csrf_token")

    answers = [client.post(address, data={"csrf_token": token}) for _ in range(2)]

    assert {(answer.status_code, answer.location) for answer in answers} == {
        (303, f"/en/tickets/{secret}")
    }
    assert client.get(address).location == f"/en/tickets/{secret}"
    with app.app_context():
        assert [kind for kind, _, _ in owed(1)] == ["confirmation", "cancellation"]


def test_cancelling_without_a_token_is_refused(
    app: Flask, client: FlaskClient, secret: str
) -> None:
    assert client.post(f"/en/tickets/{secret}/cancel").status_code == 400
    with app.app_context():
        assert books(1) == Books(taken=2, people=2, registrations=1)


def test_after_the_event_there_is_nothing_to_cancel(
    app: Flask, client: FlaskClient, secret: str
) -> None:
    address = f"/en/tickets/{secret}/cancel"
    make_event(app, "long-fair", ends="2099-01-01", registration={"closes": "2099-01-01"})

    with time_machine.travel(datetime(2091, 1, 1, tzinfo=UTC)):
        token = hidden(client.get("/en/events/long-fair/register"), "csrf_token")
        page = client.get(f"/en/tickets/{secret}")
        asked, answer = client.get(address), client.post(address, data={"csrf_token": token})

    assert texts(page, ".banner-title") == ["This event is over. Thank you for coming."]
    assert (asked.status_code, answer.status_code) == (303, 409)
    with app.app_context():
        assert books(1) == Books(taken=2, people=2, registrations=1)


@pytest.mark.parametrize(
    ("announced", "told", "lets_in"),
    [
        (
            "postponed",
            "This event is postponed. Your ticket stays valid for the new date.",
            True,
        ),
        (
            "cancelled",
            "This event is cancelled: it will not take place. You need do nothing.",
            False,
        ),
    ],
)
def test_a_ticket_tells_what_became_of_the_event(
    app: Flask, client: FlaskClient, secret: str, announced: str, told: str, lets_in: bool
) -> None:
    announce(app, announced)

    page = client.get(f"/en/tickets/{secret}")

    assert texts(page, ".banner-title") == [told]
    assert (texts(page, ".ticket-code") != []) == lets_in


def entry_of(client: FlaskClient, secret: str, language: str = "en") -> Any:
    answer = client.get(f"/{language}/tickets/{secret}.ics")
    assert answer.mimetype == "text/calendar"
    calendar = icalendar.Calendar.from_ical(answer.data)
    assert [str(zone["tzid"]) for zone in calendar.walk("vtimezone")] == ["Asia/Dhaka"]
    (entry,) = calendar.walk("vevent")
    return entry


def test_the_calendar_entry_tells_when_and_where(
    app: Flask, client: FlaskClient, secret: str
) -> None:
    entry = entry_of(client, secret)

    assert str(entry["summary"]) == "Kurigram Fair"
    assert str(entry["location"]) == "College Field, College Road"
    assert entry.decoded("dtstart").isoformat() == "2090-01-14T09:00:00+06:00"
    assert entry.decoded("dtend").isoformat() == "2090-01-16T18:00:00+06:00"
    assert str(entry["url"]) == f"http://127.0.0.1:8000/en/tickets/{secret}"
    assert (str(entry["status"]), entry["sequence"]) == ("CONFIRMED", 0)


def test_the_calendar_entry_speaks_bangla(client: FlaskClient, secret: str) -> None:
    assert str(entry_of(client, secret, "bn")["summary"]) == "কুড়িগ্রাম মেলা"


def test_the_calendar_entry_is_the_same_one_after_a_change(
    app: Flask, client: FlaskClient, secret: str
) -> None:
    planned = entry_of(client, secret)
    announce(app, "postponed")
    postponed = entry_of(client, secret)
    token = hidden(client.get(f"/en/tickets/{secret}/cancel"), "csrf_token")
    client.post(f"/en/tickets/{secret}/cancel", data={"csrf_token": token})
    cancelled = entry_of(client, secret)

    entries = (planned, postponed, cancelled)
    assert len({str(entry["uid"]) for entry in entries}) == 1
    assert [str(entry["status"]) for entry in entries] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
    sequences = [entry["sequence"] for entry in entries]
    assert sequences == sorted(sequences)
    assert sequences[2] > sequences[0]
