"""Every message in both languages, at its longest."""

import re

import pytest
from flask import Flask

from showcase.gallery.messages import previews
from showcase.registrations.message_kinds import KINDS
from tests.conftest import AppMaker

LONG_ADDRESS = "https://innovationshowcase.a2i.gov.bd"


@pytest.fixture
def engine() -> str:
    """The database plays no part in what is shown here."""
    return "sqlite"


@pytest.mark.parametrize("address", ["https://showcase.gov.bd", LONG_ADDRESS])
def test_every_sms_is_one_part_and_says_what_it_is_about(make: AppMaker, address: str) -> None:
    app = make(SHOWCASE_PUBLIC_URL=address)
    with app.app_context():
        written = {(p.kind, p.language): p.sms for p in previews()}

    assert len(written) == 2 * len(KINDS)
    assert {key: sms.parts for key, sms in written.items() if sms.parts != 1} == {}
    assert all(sms.to.startswith("+880") for sms in written.values())


def test_every_sms_of_a_bangla_reader_is_in_bangla(make: AppMaker) -> None:
    app = make(SHOWCASE_PUBLIC_URL="https://showcase.gov.bd")
    with app.app_context():
        latin = [
            p.kind
            for p in previews()
            if p.language == "bn" and not re.search("[\u0980-\u09ff]", p.sms.text)
        ]

    assert latin == []


def test_every_email_speaks_one_language_and_leaves_no_gap(app: Flask) -> None:
    with app.app_context():
        for preview in previews():
            email = preview.email
            assert email.subject, preview.kind
            assert "\n\n\n" not in email.text, preview.kind
            assert "%(" not in email.text + email.subject, preview.kind
            assert f'<html lang="{preview.language}">' in email.html
            if preview.language == "bn":
                words = re.sub(r"https?://\S+|3479CDFH", "", email.text)
                assert not re.search("[A-Za-z]", words), (preview.kind, words)


def test_text_and_html_of_an_email_say_the_same(app: Flask) -> None:
    with app.app_context():
        for preview in previews():
            lines = [line for line in preview.email.text.splitlines() if line.strip()]
            assert lines
            assert all(line.strip() in preview.email.html for line in lines), preview.kind


def test_who_confirms_a_contact_learns_nothing_of_the_ticket(app: Flask) -> None:
    with app.app_context():
        (bangla, english) = [p for p in previews() if p.kind == "contact"]

    for preview in (bangla, english):
        told = preview.email.text + preview.email.html + preview.sms.text
        for secret in ("GALLERY", "Rahima Begum", "রহিমা", "+8801711000000", "3479CDFH"):
            assert secret not in told
        assert preview.email.to == "rahima.new@example.com"
        assert preview.sms.to == "+8801811000000"
