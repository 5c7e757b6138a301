"""An event for machines: search engines and calendars read when, where, and whether."""

from typing import Any

import pytest
from flask import Flask

from showcase.events.jsonld import event_jsonld
from showcase.events.queries import EventCard, card_of, event_by_slug
from showcase.events.states import EventState
from tests.documents.folder import Folder, publish

OWN = "http://127.0.0.1:8000"
SEATS = "{opens: 2020-01-01, closes: 2090-01-13 18:00, seats: 50}"


def data_of(app: Flask, folder: Folder, **keys: str) -> Any:
    folder.districts("kurigram")
    folder.event(**keys)
    with app.app_context():
        publish(folder)
    with app.test_request_context("/en/events/fair"):
        app.preprocess_request()
        event = event_by_slug("fair")
        assert event
        return event_jsonld(card_of(event))


def test_event_has_what_search_engines_require(app: Flask, folder: Folder) -> None:
    data = data_of(
        app,
        folder,
        district="kurigram",
        organiser="District Administration",
        venue="{name: College Field, address: College Road, lat: 25.81, lon: 89.64}",
        registration=SEATS,
    )

    assert data == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Kurigram Innovation Fair",
        "description": "Officers go to the village instead of asking farmers to come.",
        "inLanguage": "en",
        "url": f"{OWN}/en/events/fair",
        "image": [f"{OWN}/cards/en/event/fair.png"],
        "startDate": "2090-01-14T09:00:00+06:00",
        "endDate": "2090-01-16T18:00:00+06:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {
            "@type": "Place",
            "name": "College Field",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "College Road",
                "addressRegion": "kurigram",
                "addressCountry": "BD",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 25.81, "longitude": 89.64},
        },
        "offers": {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "BDT",
            "availability": "https://schema.org/InStock",
            "url": f"{OWN}/en/events/fair",
            "validFrom": "2020-01-01T00:00:00+06:00",
            "validThrough": "2090-01-13T18:00:00+06:00",
        },
        "organizer": {"@type": "Organization", "name": "District Administration"},
    }


@pytest.mark.parametrize(
    ("state", "status"), [("postponed", "EventPostponed"), ("cancelled", "EventCancelled")]
)
def test_event_that_is_off_says_so(app: Flask, folder: Folder, state: str, status: str) -> None:
    assert data_of(app, folder, state=state)["eventStatus"] == f"https://schema.org/{status}"


def test_event_without_registration_offers_no_seats(app: Flask, folder: Folder) -> None:
    data = data_of(app, folder)

    assert "offers" not in data
    assert data["isAccessibleForFree"] is True


def test_event_that_is_made_up_says_so_in_its_name(app: Flask, folder: Folder) -> None:
    data = data_of(app, folder, sample="yes")

    assert data["name"] == "Kurigram Innovation Fair (Sample data)"
    assert data["disambiguatingDescription"] == "Sample data"


@pytest.mark.parametrize(
    ("state", "availability"),
    [
        ("announced", "PreOrder"),
        ("open", "InStock"),
        ("full", "SoldOut"),
        ("closed", "InStoreOnly"),
        ("running", "InStoreOnly"),
        ("over", "Discontinued"),
        ("postponed", "PreOrder"),
        ("cancelled", "Discontinued"),
    ],
)
def test_offer_follows_the_state(
    app: Flask, folder: Folder, state: EventState, availability: str
) -> None:
    data_of(app, folder, registration=SEATS)
    with app.test_request_context("/en/"):
        event = event_by_slug("fair")
        assert event
        offers = event_jsonld(EventCard(event, state))["offers"]

    assert offers["availability"] == f"https://schema.org/{availability}"
