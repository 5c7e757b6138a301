"""Markdown in, documents out."""

from flask import Flask

from showcase.documents.live import LiveContent
from showcase.documents.views import documents


def init_app(app: Flask) -> None:
    app.register_blueprint(documents)


def watch(app: Flask) -> None:
    """In development, publish what changes in the content folder."""
    if app.config["ENVIRONMENT"] == "development":
        app.wsgi_app = LiveContent(  # type: ignore[method-assign]
            app, app.wsgi_app, app.config["CONTENT"]
        )
