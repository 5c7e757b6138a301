"""The texts to hand a story on: honest in a message as on the page."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, render_template_string

from showcase.stories.queries import find_story
from showcase.stories.share import ShareText, share_texts
from tests.documents.folder import TCV, Folder, publish
from tests.pages import parse

OWN = "http://127.0.0.1:8000"


@pytest.fixture
def texts_of(app: Flask, folder: Folder) -> "TextsOf":
    return TextsOf(app, folder)


class TextsOf:
    """Publishes a story and makes its texts, as a page of one language shows them."""

    def __init__(self, app: Flask, folder: Folder) -> None:
        self.app = app
        self.folder = folder

    def __call__(self, language: str = "en", **keys: str) -> tuple[ShareText, ...]:
        self.folder.story(**keys)
        with self.app.app_context():
            publish(self.folder)
        with self.app.test_request_context(f"/{language}/stories/health-camp"):
            self.app.preprocess_request()
            story = find_story("health-camp")
            assert story
            return share_texts(story)


def test_text_tells_the_numbers_their_evidence_and_the_address(texts_of: TextsOf) -> None:
    (text,) = texts_of(
        tcv="[{service: Treating cattle, source: S, before: {time: 2 days, cost: 2500+ BDT},"
        " after: {time: 3 days}, change: {visits: -77%}, method: independent, sample: 120}]"
    )

    assert text.text.split("\n") == [
        "Animal health camp",
        "Treating cattle:",
        "• Time: 2 days → 3 days (50% more)",
        "• Cost: ৳2,500+ → not measured (unknown)",
        "• Visits: 77% less (percent only)",
        "Evidence 5 of 5: independent; sample: 120",
        f"{OWN}/en/stories/health-camp",
    ]


def test_text_of_a_story_without_numbers_says_so(texts_of: TextsOf) -> None:
    (text,) = texts_of()

    assert text.text.split("\n") == [
        "Animal health camp",
        "Time, cost and visits have not been measured.",
        f"{OWN}/en/stories/health-camp",
    ]


def test_bangla_comes_first_with_its_own_words_digits_and_address(texts_of: TextsOf) -> None:
    texts_of.folder.translation()

    bangla, english = texts_of("en", tcv=TCV)

    assert (bangla.language, english.language) == ("bn", "en")
    lines = bangla.text.split("\n")
    assert lines[0] == "গ্রামেই পশু চিকিৎসা"
    assert lines[2] == "• সময়: ২ দিন → ১ দিন (৫০% কম)"
    assert lines[-1] == f"{OWN}/bn/stories/health-camp"


def test_links_are_those_of_the_language_of_the_page(texts_of: TextsOf) -> None:
    texts_of.folder.translation()

    bangla, english = texts_of("en", tcv=TCV)

    assert bangla.ways == ()
    assert [name for name, _ in english.ways] == ["WhatsApp", "SMS", "E-mail", "Facebook"]


def test_links_carry_the_text_whole(texts_of: TextsOf) -> None:
    (text,) = texts_of(tcv=TCV, title="'Camps & cows: 100% #1'")
    whatsapp, sms, mail, facebook = (urlsplit(url) for _, url in text.ways)

    assert (whatsapp.scheme, whatsapp.netloc) == ("https", "wa.me")
    assert parse_qs(whatsapp.query) == {"text": [text.text]}
    assert sms.scheme == "sms"
    assert parse_qs(sms.query) == {"body": [f"Camps & cows: 100% #1 {OWN}/en/stories/health-camp"]}
    assert parse_qs(mail.query) == {"subject": ["Camps & cows: 100% #1"], "body": [text.text]}
    assert parse_qs(facebook.query) == {"u": [f"{OWN}/en/stories/health-camp"]}


def test_texts_are_shown_ready_to_copy(app: Flask, texts_of: TextsOf) -> None:
    texts_of.folder.translation()
    texts = texts_of("en", tcv=TCV, title="'</textarea><b>Camp'")

    with app.test_request_context("/en/"):
        html = render_template_string(
            '{% from "components/share.html" import share %}{{ share(texts) }}', texts=texts
        )

    page = parse(html, fragment=True)
    assert page.errors == []
    areas = page.query("textarea[readonly]")
    assert [area.attrs["lang"] for area in areas] == ["bn", "en"]
    assert areas[1].to_text().strip().startswith("</textarea><b>Camp")
    assert len(page.query("label[for]")) == 2
    assert page.query("script") == []
