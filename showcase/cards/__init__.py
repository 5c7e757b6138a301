"""Share cards: what a page looks like when somebody posts its address elsewhere."""

import logging

from flask import Flask

from showcase.addresses import public_url
from showcase.cards.lettering import can_shape
from showcase.cards.shelf import Shelf
from showcase.cards.views import HOW_TO_SHAPE, cards

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    if not can_shape():
        log.error(HOW_TO_SHAPE)
    app.extensions["cards"] = Shelf()
    app.jinja_env.globals["card_url"] = card_url
    app.register_blueprint(cards)


def card_url(kind: str, slug: str) -> str:
    """In full, as Open Graph wants it; the card speaks the language of the page."""
    return public_url("cards.card", kind=kind, slug=slug)
