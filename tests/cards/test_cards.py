"""What a card says, how it is served, and what happens where it cannot be made."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from showcase.cards.event_card import EventCard, draw_event
from showcase.cards.queries import event_card, story_card
from showcase.cards.sheet import SIZE, Imprint
from showcase.cards.story_card import StoryCard, draw_story
from showcase.config import ROOT
from showcase.i18n import LANGUAGES
from showcase.tcv.brief import brief
from tests.documents.folder import TCV, Folder, publish
from tests.tcv.builders import record

HOSTILE = ["%00", "..", "x" * 5000, "<b>", "' OR 1=1--", "ক্", "health-camp%0A"]


@pytest.fixture
def published(app: Flask, folder: Folder) -> Callable[[], FlaskClient]:
    """Publish the folder as it stands; a client to look at the site with."""

    def put() -> FlaskClient:
        with app.app_context():
            publish(folder)
        return app.test_client()

    return put


def size_of(png: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        image.load()
        return image.size


@pytest.mark.parametrize("language", LANGUAGES)
def test_story_and_event_have_a_card_in_each_language(
    published: Callable[[], FlaskClient], folder: Folder, language: str
) -> None:
    folder.story(tcv=TCV)
    folder.translation()
    folder.event()
    client = published()

    for address in (
        f"/cards/{language}/story/health-camp.png",
        f"/cards/{language}/event/fair.png",
    ):
        response = client.get(address, headers={"Accept-Encoding": "br, gzip"})

        assert response.status_code == 200
        assert response.mimetype == "image/png"
        assert size_of(response.data) == SIZE
        assert len(response.data) < 60_000
        assert "Content-Encoding" not in response.headers
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response.headers["Cache-Control"] == "public, max-age=600"


def test_card_is_sent_once(published: Callable[[], FlaskClient], folder: Folder) -> None:
    folder.story()
    client = published()
    address = "/cards/en/story/health-camp.png"

    etag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})

    assert (again.status_code, again.data) == (304, b"")


def test_card_is_that_of_the_last_publish(
    published: Callable[[], FlaskClient], folder: Folder
) -> None:
    folder.story()
    address = "/cards/en/story/health-camp.png"
    first = published().get(address)
    folder.story(title="A shelter for cattle")

    second = published().get(address)

    assert first.headers["ETag"] != second.headers["ETag"]
    assert published().get(address).headers["ETag"] == second.headers["ETag"]


@pytest.mark.parametrize("slug", ["unseen", "fair", *HOSTILE])
def test_what_is_not_published_has_no_card(
    published: Callable[[], FlaskClient], folder: Folder, slug: str
) -> None:
    folder.story("unseen", status="draft")
    folder.event("fair")

    assert published().get(f"/cards/en/story/{slug}.png").status_code == 404


@pytest.mark.parametrize("address", ["/cards/fr/story/x.png", "/cards/en/page/about.png"])
def test_other_languages_and_kinds_have_no_cards(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def told(app: Flask, address: str, slug: str = "health-camp") -> StoryCard:
    with app.test_request_context(address):
        app.preprocess_request()
        card = story_card(slug)
        assert card
        return card


def test_card_shows_the_numbers_of_the_largest_change(
    app: Flask, published: Callable[[], FlaskClient], folder: Folder
) -> None:
    small = "{service: Small, source: S, before: {time: 4 hours}, after: {time: 3 hours}}"
    large = (
        "{service: Large, source: S, before: {time: 2 days, cost: 2500+ BDT},"
        " after: {time: 1 days}, change: {visits: -77%}, method: independent, sample: 120}"
    )
    folder.districts("kurigram")
    folder.story(tcv=f"[{small}, {large}]", district="kurigram")
    published()

    card = told(app, "/en/stories/health-camp")

    assert card.imprint == Imprint("Showcase", "kurigram · Livestock")
    assert card.brief
    assert card.brief.service.text == "Large"
    assert card.brief.evidence == "Evidence 5 of 5: independent"
    assert card.brief.sample == "sample: 120"
    assert [(r.before, r.after, r.instead, r.change) for r in card.brief.rows] == [
        ("2 days", "1 day", "", "50% less"),
        ("৳2,500+", "not measured", "", "unknown"),
        ("", "", "percent only", "77% less"),
    ]


def test_story_without_numbers_says_so(
    app: Flask, published: Callable[[], FlaskClient], folder: Folder
) -> None:
    folder.story()
    published()

    card = told(app, "/en/stories/health-camp")

    assert card.brief is None
    assert card.unmeasured == "Time, cost and visits have not been measured."


def test_event_card_says_what_is_sample_and_what_is_off(
    app: Flask, published: Callable[[], FlaskClient], folder: Folder
) -> None:
    folder.event("made-up", sample="yes", state="cancelled")
    folder.event("real")
    published()

    with app.test_request_context("/en/"):
        app.preprocess_request()
        made_up, real = event_card("made-up"), event_card("real")

    assert made_up
    assert real
    assert (made_up.sample, made_up.notice) == ("Sample data", "Cancelled")
    assert (real.sample, real.notice) == ("", "")
    assert (real.day, real.month, real.when) == ("14", "January 2090", "14–16 January 2090")


@pytest.mark.parametrize("text", ["", "A" * 300, "ক্ষুদ্র" * 60, "ক্ষুদ্র উদ্ভাবন " * 30, "🙂\u202e"])
def test_card_of_any_text_is_a_picture(app: Flask, text: str) -> None:
    with app.app_context():
        numbers = brief(record(before={"time": "2 days"}, after={"time": "1 days"}), "bn")
    imprint = Imprint(text, text)

    story = draw_story(StoryCard(imprint, text, text, ("a", "b", "c"), numbers, text))
    unmeasured = draw_story(StoryCard(imprint, text, text, ("a", "b", "c"), None, text))
    event = draw_event(EventCard(imprint, text, text, text, text, text, text, "x", "y"))

    assert [size_of(card) for card in (story, unmeasured, event)] == [SIZE] * 3


# Answers without a server, so that the library can be hidden from this process alone.
ASK = """
import sys
from showcase import create_app
app = create_app()
for address in sys.argv[1:]:
    response = app.test_client().get(address, headers={"Accept-Language": "en"})
    print(response.status_code, "cannot be made at this moment" in response.text)
"""


def test_site_without_fribidi_starts_and_says_what_to_install(
    blank_sqlite: Path, tmp_path: Path
) -> None:
    shutil.copyfile(blank_sqlite, tmp_path / "showcase.sqlite3")
    # The loader stops at what calls itself the library and is none.
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden/libfribidi.so.0").write_text("no library")
    environ = {
        **os.environ,
        "SHOWCASE_INSTANCE": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/showcase.sqlite3",
        "LD_LIBRARY_PATH": str(tmp_path / "hidden"),
    }

    answer = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", ASK, "/en/", "/cards/en/story/x.png"],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.splitlines() == ["200 False", "503 True"]
    assert "apt-get install libfribidi0" in answer.stderr
