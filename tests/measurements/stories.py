"""A small site whose stories hold the records that a test names."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from showcase import measurements
from tests.documents.folder import Folder, publish
from tests.pages import parse, words

# A record as it stands in a front matter; `service` tells one from another.
FASTER = (
    "{service: Faster, source: A study, before: {time: 4 days, visits: 2}, "
    "after: {time: 1 day, visits: 1}, basis: elapsed, method: before-and-after, sample: 120, "
    "measured: 2014-06}"
)
CHEAPER = (
    "{service: Cheaper, source: A study, before: {cost: 300 BDT}, after: {cost: 150 BDT}, "
    "cost_parts: [fee, travel]}"
)
NO_NUMBER = "{service: Told, source: A page, before: {time: 28 working days}}"
PERCENT_ONLY = "{service: Published, source: A page, change: {time: -77%}}"


class Site:
    def __init__(self, app: Flask, folder: Folder) -> None:
        if "measurements" not in app.blueprints:
            measurements.init_app(app)
        self.app = app
        self.folder = folder
        self.client = app.test_client()

    def story(self, slug: str, *records: str, **keys: str) -> "Site":
        self.folder.story(slug, tcv=f"[{', '.join(records)}]" if records else None, **keys)
        return self

    def published(self) -> "Site":
        with self.app.app_context():
            publish(self.folder)
        return self

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.client.get(address, headers=headers)

    def page(self, address: str) -> Any:
        response = self.get(address)
        assert response.status_code == 200
        return parse(response.text)

    def texts(self, address: str, selector: str) -> list[str]:
        return texts(self.page(address), selector)


def texts(page: Any, selector: str) -> list[str]:
    return [words(node) for node in page.query(selector)]
