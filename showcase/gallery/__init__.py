"""The component gallery: every part that pages are made of, in all its states, in development."""

from flask import Flask

from showcase.gallery.views import gallery


def init_app(app: Flask) -> None:
    app.register_blueprint(gallery)
