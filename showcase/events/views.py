"""The event list and the event page."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.events import queries
from showcase.events.jsonld import event_jsonld
from showcase.events.page import event_page
from showcase.pagecache import cacheable
from showcase.templating import render

events = Blueprint("events", __name__, url_prefix="/<any(bn, en):language>/events")


@events.get("")
@access(PUBLIC)
@cacheable("seats")
def index() -> ResponseReturnValue:
    return render("events/index.html", coming=queries.coming_events(), past=queries.past_events())


@events.get("/<slug>")
@access(PUBLIC)
@cacheable("seats")
def show(slug: str) -> ResponseReturnValue:
    event = queries.event_by_slug(slug) or abort(404)
    card = queries.card_of(event)
    return render("events/show.html", card=card, page=event_page(event), jsonld=event_jsonld(card))
