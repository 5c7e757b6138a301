"""One box that finds stories, events, districts and pages, in both languages at once."""

from flask import Flask

from showcase.documents import kinds
from showcase.search.actions import index
from showcase.search.views import search


def init_app(app: Flask) -> None:
    kinds.after_storing(app, index)
    app.register_blueprint(search)
