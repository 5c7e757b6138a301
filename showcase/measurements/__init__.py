"""TCV across stories: the register, its export, records side by side, the calculator, the card."""

from flask import Flask

from showcase.measurements.views import measurements


def init_app(app: Flask) -> None:
    app.register_blueprint(measurements)
