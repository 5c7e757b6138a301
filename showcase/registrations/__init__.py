"""Seats, registrations and tickets: from a form in one screen to a ticket in hand."""

from flask import Flask


def init_app(app: Flask) -> None:
    # Here and not above: events import our actions, and our views import events.
    from showcase.outbox.actions import compose_with
    from showcase.registrations.messages import compose
    from showcase.registrations.views import registrations, short_links

    app.register_blueprint(registrations)
    app.register_blueprint(short_links)
    compose_with(app, compose)
