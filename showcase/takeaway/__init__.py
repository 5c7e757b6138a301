"""Take it with you: a story as data, as a citation, as a poster."""

from flask import Flask

from showcase.takeaway.views import takeaway


def init_app(app: Flask) -> None:
    app.register_blueprint(takeaway)
