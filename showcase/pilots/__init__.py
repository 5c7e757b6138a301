"""The pilots board: how far the innovations told here have come, beside the programme's counts."""

from flask import Flask

from showcase.pilots.views import pilots


def init_app(app: Flask) -> None:
    app.register_blueprint(pilots)
