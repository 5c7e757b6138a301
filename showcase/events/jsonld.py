"""An event as schema.org's Event: what search engines and calendars read."""

from typing import Final

from showcase.addresses import public_url
from showcase.districts.queries import district_name
from showcase.events.queries import EventCard, EventFacts
from showcase.i18n import _
from showcase.i18n import language as current_language
from showcase.schema_org import CONTEXT, COUNTRY, Json, moment, organisation, present, publisher

_STATUS: Final = {
    "announced": "EventScheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}
# After registration has closed there are the seats for walk-in visitors, at the gate.
_AVAILABILITY: Final = {
    "announced": "PreOrder",
    "open": "InStock",
    "full": "SoldOut",
    "closed": "InStoreOnly",
    "running": "InStoreOnly",
    "over": "Discontinued",
    "postponed": "PreOrder",
    "cancelled": "Discontinued",
}


def event_jsonld(card: EventCard) -> Json:
    event, code = card.event, current_language()
    organiser = event.organiser(code)
    return present(
        {
            "@context": CONTEXT,
            "@type": "Event",
            "name": _name(card),
            "description": event.summary(code),
            "disambiguatingDescription": _("Sample data") if card.sample else None,
            "inLanguage": card.language,
            "url": public_url("events.show", slug=event.slug),
            "image": [public_url("cards.card", kind="event", slug=event.slug)],
            "startDate": moment(event.starts),
            "endDate": moment(event.ends),
            "eventStatus": f"{CONTEXT}/{_STATUS[event.announced]}",
            "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
            "isAccessibleForFree": True,
            "location": _location(event, code),
            "offers": _offer(card),
            "organizer": organisation(organiser) if organiser else publisher(),
        }
    )


def _name(card: EventCard) -> str:
    """A search engine shows the name alone: nobody shall travel to a fair that is made up."""
    return f"{card.title} ({_('Sample data')})" if card.sample else card.title


def _location(event: EventFacts, code: str) -> Json:
    address = {
        "@type": "PostalAddress",
        "streetAddress": event.venue_address(code),
        "addressRegion": district_name(event.fields.district, code),
        "addressCountry": COUNTRY,
    }
    return present(
        {
            "@type": "Place",
            "name": event.venue_name(code),
            "address": present(address),
            "geo": _position(event),
        }
    )


def _position(event: EventFacts) -> Json | None:
    if event.latitude is None or event.longitude is None:
        return None
    return {
        "@type": "GeoCoordinates",
        "latitude": float(event.latitude),
        "longitude": float(event.longitude),
    }


def _offer(card: EventCard) -> Json | None:
    """A seat for nothing; no offer where visitors simply come."""
    event = card.event
    if not event.takes_registrations:
        return None
    return present(
        {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "BDT",
            "availability": f"{CONTEXT}/{_AVAILABILITY[card.state]}",
            "url": public_url("events.show", slug=event.slug),
            "validFrom": moment(event.opens) if event.opens else None,
            "validThrough": moment(event.closes) if event.closes else None,
        }
    )
