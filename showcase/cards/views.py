"""The picture that other sites show when somebody shares a page of ours."""

import logging
from collections.abc import Callable
from typing import Final

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from showcase.access import PUBLIC, access
from showcase.cards import queries
from showcase.cards.errors import NoShaping
from showcase.cards.event_card import draw_event
from showcase.cards.lettering import can_shape
from showcase.cards.shelf import Shelf
from showcase.cards.story_card import draw_story
from showcase.documents.queries import site_mark
from showcase.i18n import language

log = logging.getLogger(__name__)

cards = Blueprint("cards", __name__)

# Crawlers ask again and again; a corrected number is seen by all of them within ten minutes.
_HEADERS: Final = {
    "Content-Type": "image/png",
    "Cache-Control": "public, max-age=600",
    # Made to be shown on other sites.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@cards.get("/cards/<any(bn, en):language>/<any(story, event):kind>/<slug>.png")
@access(PUBLIC)
def card(kind: str, slug: str) -> ResponseReturnValue:
    if not can_shape():
        log.error(HOW_TO_SHAPE)
        raise NoShaping
    shelf: Shelf = current_app.extensions["cards"]
    kept = shelf.get((language(), kind, slug), site_mark(), _MAKERS[kind](slug)) or abort(404)
    response = Response(kept.png, headers=_HEADERS)
    response.set_etag(kept.etag)
    return response.make_conditional(request.environ)


HOW_TO_SHAPE: Final = (
    "share cards cannot be made: Pillow finds no libfribidi to join Bangla letters with; "
    "install it with: apt-get install libfribidi0"
)


def _story(slug: str) -> Callable[[], bytes | None]:
    def make() -> bytes | None:
        told = queries.story_card(slug)
        return draw_story(told) if told else None

    return make


def _event(slug: str) -> Callable[[], bytes | None]:
    def make() -> bytes | None:
        told = queries.event_card(slug)
        return draw_event(told) if told else None

    return make


_MAKERS: Final = {"story": _story, "event": _event}
