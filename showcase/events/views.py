"""The event list, the event page, and their calendars."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.db import now
from showcase.districts.queries import all_districts
from showcase.events import queries
from showcase.events.browse import browse
from showcase.events.calendar import MEDIA_TYPE, event_file, feed
from showcase.events.jsonld import event_jsonld
from showcase.events.listing import listing
from showcase.events.month_view import month_view
from showcase.events.page import event_page
from showcase.events.selection import PARAMETERS, read_selection
from showcase.i18n import DEFAULT_LANGUAGE, LANGUAGES
from showcase.pagecache import cacheable
from showcase.templating import render
from showcase.voice.queries import choice_of

events = Blueprint("events", __name__)


@events.get("/<any(bn, en):language>/events")
@access(PUBLIC)
@cacheable("seats", query=PARAMETERS)
def index() -> ResponseReturnValue:
    selection = read_selection(request.args)
    found, path = listing(selection), url_for("events.index")
    return render(
        "events/index.html",
        selection=selection,
        found=found,
        month=month_view(selection.month, found.of_month) if selection.month else None,
        page=browse(selection, found, lambda one: one.address(path)),
    )


@events.get("/<any(bn, en):language>/events/<slug>")
@access(PUBLIC)
@cacheable("seats")
def show(slug: str) -> ResponseReturnValue:
    event = queries.event_by_slug(slug) or abort(404)
    card = queries.card_of(event)
    return render(
        "events/show.html",
        card=card,
        page=event_page(event),
        choice=choice_of(event, now()),
        jsonld=event_jsonld(card),
    )


@events.get("/<any(bn, en):language>/events/<slug>.ics")
@access(PUBLIC)
@cacheable("seats")
def event_calendar(slug: str) -> ResponseReturnValue:
    event = queries.event_by_slug(slug) or abort(404)
    headers = {
        "Content-Type": MEDIA_TYPE,
        "Content-Disposition": 'attachment; filename="event.ics"',
    }
    return event_file(queries.card_of(event)), headers


@events.get("/events.ics")
@access(PUBLIC)
@cacheable("seats", query=["district", "lang"])
def calendar() -> ResponseReturnValue:
    """For programs that subscribe; of a district or language that is not there is no feed."""
    district = request.args.get("district", "")
    language = request.args.get("lang", "") or DEFAULT_LANGUAGE
    if language not in LANGUAGES or district not in {"", *all_districts()}:
        abort(404)
    g.language = language
    return feed(district or None), {"Content-Type": MEDIA_TYPE}
