"""The gallery shows every component, in both languages, and to developers alone."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from showcase.config import ROOT
from showcase.gallery.records import widgets_in_every_state
from tests.conftest import AppMaker
from tests.pages import parse, words


def test_every_component_is_shown(client: FlaskClient) -> None:
    page = parse(client.get("/gallery?lang=en").text)

    shown = sorted(section.attrs["id"] for section in page.query("section.piece"))
    files = sorted(path.stem for path in (ROOT / "templates/components").iterdir())
    assert shown == files


@pytest.mark.parametrize(
    ("query", "language"), [("", "bn"), ("?lang=bn", "bn"), ("?lang=en", "en"), ("?lang=x", "bn")]
)
def test_gallery_speaks_the_language_asked_for(
    client: FlaskClient, query: str, language: str
) -> None:
    page = parse(client.get(f"/gallery{query}").text)

    assert page.query("html")[0].attrs["lang"] == language


def test_widget_is_shown_in_every_state(app: Flask) -> None:
    with app.app_context():
        widgets = widgets_in_every_state("en")

    tones = {state: [row.tone for row in view.rows] for state, view in widgets.items()}
    assert tones == {
        "decrease": ["less", "less", "less"],
        "increase": ["more", "more", "more"],
        "same": ["same", "same", "same"],
        "percent only": ["less", "less", "more"],
        "not measured": ["unknown", "unknown", "unknown"],
        "not measured before": ["unknown", "unknown", "unknown"],
        "refused": ["refused", "refused", "less"],
        "zero base": ["unknown", "refused", "refused"],
        "with corrections": ["unknown", "unknown", "less"],
    }
    assert [state for state, view in widgets.items() if view.corrections] == ["with corrections"]


def test_form_is_shown_with_its_faults_in_the_same_words_twice(client: FlaskClient) -> None:
    page = parse(client.get("/gallery?lang=en").text)

    told = [words(link) for link in page.query(".error-summary a")]
    beside = [words(node).removeprefix("Error: ") for node in page.query(".field .wrong")]
    assert told == beside
    assert len(told) == 3


def test_gallery_is_closed_in_production(make: AppMaker) -> None:
    production = make(SHOWCASE_ENV="production", SHOWCASE_PUBLIC_URL="http://localhost")

    assert production.test_client().get("/gallery").status_code == 404
