"""Certificates of attendance: for who was checked in, and verified by their code."""

from flask import Flask


def init_app(app: Flask) -> None:
    from showcase.certificates.views import certificates

    app.register_blueprint(certificates)
