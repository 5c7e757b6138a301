"""The first page: the programme in its three phases, what comes next, what is new."""

from flask import Flask

from showcase.home.views import home


def init_app(app: Flask) -> None:
    app.register_blueprint(home)
