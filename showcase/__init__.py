"""Showcase: public-service innovation in Bangladesh, shown and celebrated."""

import os
from collections.abc import Mapping

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect

from showcase import (
    access,
    assets,
    cards,
    certificates,
    config,
    db,
    districts,
    documents,
    errors,
    events,
    feeds,
    figures,
    gallery,
    gate,
    headers,
    health,
    home,
    i18n,
    limits,
    measurements,
    outbox,
    pagecache,
    pages,
    pilots,
    proxies,
    registrations,
    search,
    stories,
    takeaway,
    templating,
    voice,
)
from showcase.documents.queries import site_mark
from showcase.registrations import queries as seats

FEATURES = (
    documents,
    districts,
    figures,
    home,
    search,
    stories,
    measurements,
    pilots,
    events,
    registrations,
    gate,
    voice,
    certificates,
    takeaway,
    cards,
    feeds,
    outbox,
    health,
    gallery,
    pages,
)


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """The site, from the settings in ``environ`` (the process's own if not given).

    Raises:
        SettingsError: The environment asks for something that cannot be.
    """
    app = Flask(__name__, template_folder="../templates", static_folder=None)
    app.config.from_mapping(config.load(os.environ if environ is None else environ))

    # Before the page cache, since what is registered last looks at an answer first.
    Compress(app)
    for house in (db, i18n, errors, access, headers, templating, pagecache, limits):
        house.init_app(app)
    CSRFProtect(app)

    for feature in FEATURES:
        feature.init_app(app)

    assets.init_app(app)
    pagecache.put_in_front(app, marks)
    documents.watch(app)
    proxies.init_app(app)
    return app


def marks() -> dict[str, object]:
    """What the page cache watches: it asks for these before it answers from memory."""
    return {"site": site_mark(), "seats": seats.marks()}
