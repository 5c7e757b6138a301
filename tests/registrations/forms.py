"""Filling in the form as a browser would: what the page holds is sent back with what is typed."""

import uuid
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import parse, words

PATH = "/en/events/{slug}/register"
ANSWERS = {
    "name": "Rahima Begum",
    "phone": "01711000000",
    "email": "",
    "party": "1",
    "needs": "",
    "consent": "y",
}


def new_key() -> str:
    return str(uuid.uuid4())


def hidden(response: TestResponse, name: str) -> str:
    """The value of a hidden field of the page."""
    return str(parse(response.text).query(f'input[name="{name}"]')[0].attrs["value"])


def value_of(response: TestResponse, name: str) -> str:
    """What stands in a field of the page."""
    field = parse(response.text, fragment=not response.text.startswith("<!")).query(f"#{name}")[0]
    return str(field.attrs.get("value") or field.to_text().strip())


def texts(response: TestResponse, selector: str) -> list[str]:
    """What a reader reads in each element."""
    page = parse(response.text, fragment=not response.text.startswith("<!"))
    return [words(node) for node in page.query(selector)]


def summary_of(response: TestResponse) -> dict[str, str]:
    """The error summary: which field each sentence leads to."""
    page = parse(response.text, fragment=not response.text.startswith("<!"))
    return {
        node.attrs["href"].removeprefix("#"): words(node) for node in page.query(".error-summary a")
    }


def send_form(
    client: FlaskClient, slug: str = "kurigram-fair", *, path: str = PATH, **typed: Any
) -> TestResponse:
    """Open the form, type, and send it."""
    address = path.format(slug=slug)
    opened = client.get(address)
    fields = {
        **ANSWERS,
        "key": hidden(opened, "key"),
        "csrf_token": hidden(opened, "csrf_token"),
        **typed,
    }
    return client.post(address, data={k: v for k, v in fields.items() if v is not None})
