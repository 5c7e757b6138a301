"""Summits, district fairs, Innovation Circles: when, where, and what is shown there."""

from flask import Flask

from showcase.documents import kinds
from showcase.events.actions import project
from showcase.events.fields import EventFields, references
from showcase.events.views import events


def init_app(app: Flask) -> None:
    kinds.register(
        app, kinds.Kind("event", "events", EventFields, project=project, references=references)
    )
    app.register_blueprint(events)
