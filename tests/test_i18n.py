"""Two languages: which one a page speaks, and how numbers and dates read in it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from flask import Flask, g
from hypothesis import given
from hypothesis import strategies as st

from showcase import i18n
from showcase.i18n import DHAKA, _, _n
from showcase.text import latin_digits, nfc

MORNING = datetime(2027, 1, 14, 9, 5, tzinfo=DHAKA)


@pytest.mark.parametrize(
    ("value", "english", "bangla"),
    [
        (0, "0", "০"),
        (7, "7", "৭"),
        (-77, "-77", "-৭৭"),
        (2500, "2,500", "২,৫০০"),
        (100000, "1,00,000", "১,০০,০০০"),
        (1234567, "12,34,567", "১২,৩৪,৫৬৭"),
        (12345678, "1,23,45,678", "১,২৩,৪৫,৬৭৮"),
        (Decimal("1234567.5"), "12,34,567.5", "১২,৩৪,৫৬৭.৫"),
        (Decimal("2.675"), "2.68", "২.৬৮"),
        (2.0, "2", "২"),
        (Decimal("-0.001"), "0", "০"),
    ],
)
def test_number_is_grouped_by_lakh(value: Decimal, english: str, bangla: str) -> None:
    assert i18n.format_number(value, "en") == english
    assert i18n.format_number(value, "bn") == bangla


@given(st.integers(-(10**15), 10**15))
def test_number_reads_back_as_it_was(value: int) -> None:
    for code in ("bn", "en"):
        told = i18n.format_number(value, code)
        *groups, last = told.lstrip("-").split(",")
        assert int(told.replace(",", "")) == value
        assert [len(group) for group in groups[1:]] == [2] * len(groups[1:])
        assert len(last) == 3 or not groups


@given(st.integers(0, 10**9))
def test_no_latin_digit_is_left_in_bangla(value: int) -> None:
    for told in (
        i18n.format_number(value, "bn"),
        i18n.format_money(value, "bn"),
        i18n.format_percent(value, "bn"),
        i18n.digits(f"a {value}", "bn"),
    ):
        assert set(told) & set("0123456789") == set()
        assert latin_digits(told) != told


def test_money_has_its_sign_in_front() -> None:
    assert i18n.format_money(2500, "en") == "৳2,500"
    assert i18n.format_money(Decimal("2500.50"), "bn") == "৳২,৫০০.৫"


def test_percentage_is_given_in_hundredths() -> None:
    assert i18n.format_percent(77, "en") == "77%"
    assert i18n.format_percent(Decimal("97.5"), "bn") == "৯৭.৫%"


@pytest.mark.parametrize(
    ("month", "english", "bangla"),
    [
        (1, "14 January 2027", "১৪ জানুয়ারি ২০২৭"),
        (2, "14 February 2027", "১৪ ফেব্রুয়ারি ২০২৭"),
        (8, "14 August 2027", "১৪ আগস্ট ২০২৭"),
        (12, "14 December 2027", "১৪ ডিসেম্বর ২০২৭"),
    ],
)
def test_date_is_told_as_in_bangladesh(month: int, english: str, bangla: str) -> None:
    day = date(2027, month, 14)

    assert i18n.format_date(day, "en") == english
    assert i18n.format_date(day, "bn") == nfc(bangla)


def test_day_tells_its_weekday() -> None:
    assert i18n.format_day(date(2027, 1, 14), "en") == "Thursday, 14 January 2027"
    assert i18n.format_day(date(2027, 1, 14), "bn") == nfc("বৃহস্পতিবার, ১৪ জানুয়ারি ২০২৭")


def test_moment_is_told_as_the_day_it_is_in_dhaka() -> None:
    late = datetime(2027, 1, 14, 18, 30, tzinfo=UTC)

    assert i18n.format_date(late, "en") == "15 January 2027"
    assert i18n.format_time(late, "en") == "12:30 am"


@pytest.mark.parametrize(
    ("hour", "english", "bangla"),
    [
        (0, "12:05 am", "রাত ১২:০৫"),
        (4, "4:05 am", "ভোর ৪:০৫"),
        (9, "9:05 am", "সকাল ৯:০৫"),
        (12, "12:05 pm", "দুপুর ১২:০৫"),
        (16, "4:05 pm", "বিকাল ৪:০৫"),
        (18, "6:05 pm", "সন্ধ্যা ৬:০৫"),
        (23, "11:05 pm", "রাত ১১:০৫"),
    ],
)
def test_time_tells_the_part_of_the_day(hour: int, english: str, bangla: str) -> None:
    moment = MORNING.replace(hour=hour)

    assert i18n.format_time(moment, "en").replace("\u202f", " ") == english
    assert i18n.format_time(moment, "bn") == nfc(bangla)


@pytest.mark.parametrize(
    ("known", "english", "bangla"),
    [
        ((None, None, None), "", ""),
        ((2014, None, None), "2014", "২০১৪"),
        ((2014, 3, None), "March 2014", "মার্চ ২০১৪"),
        ((2014, 3, 21), "21 March 2014", "২১ মার্চ ২০১৪"),
    ],
)
def test_date_is_told_as_far_as_it_is_known(
    known: tuple[int | None, int | None, int | None], english: str, bangla: str
) -> None:
    assert i18n.format_known(*known, "en") == english
    assert i18n.format_known(*known, "bn") == bangla


@given(st.dates(date(1971, 3, 26), date(2100, 1, 1)))
def test_bangla_date_has_no_latin_letter(day: date) -> None:
    for told in (i18n.format_date(day, "bn"), i18n.format_day(day, "bn")):
        assert [c for c in told if c.isascii() and c.isalnum()] == []
        assert told == nfc(told)


@pytest.fixture
def engine() -> str:
    """The database plays no part in what is shown here."""
    return "sqlite"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("bn", "bn"),
        ("bn-BD,en;q=0.9", "bn"),
        ("en-GB,bn;q=0.8", "en"),
        ("en-US,en;q=0.5", "en"),
        ("bn;q=0.2,en;q=0.9", "en"),
        ("hi,en;q=0.1", "en"),
        ("de,fr", "bn"),
        ("en;q=0,fr", "bn"),
        ("*", "bn"),
        ("", "bn"),
        (";;,=", "bn"),
    ],
)
def test_language_is_the_one_the_browser_prefers(app: Flask, header: str, code: str) -> None:
    with app.test_request_context("/", headers={"Accept-Language": header}):
        assert i18n.preferred_language() == code


def test_language_of_the_path_is_spoken(app: Flask) -> None:
    with app.test_request_context("/en/stories"):
        g.language = "en"
        assert (i18n.language(), _("Stories")) == ("en", "Stories")
    with app.test_request_context("/bn/stories"):
        g.language = "bn"
        assert i18n.language() == "bn"
        assert _("Stories") != "Stories"


def test_outside_a_request_bangla_is_spoken(context: None) -> None:
    assert i18n.language() == "bn"
    assert i18n.format_number(5) == "৫"


def test_worker_speaks_to_each_in_their_language(context: None) -> None:
    with i18n.speaking("en"):
        english = _("Stories")
    with i18n.speaking("bn"):
        bangla = _("Stories")

    assert english == "Stories"
    assert bangla != english


def test_plural_is_told_by_its_number(context: None) -> None:
    with i18n.speaking("en"):
        told = [
            _n("%(number)s seat is left.", "%(number)s seats are left.", n, number=n)
            for n in (1, 2)
        ]

    assert told == ["1 seat is left.", "2 seats are left."]


def test_other_language_is_the_other_one() -> None:
    assert (i18n.other_language("bn"), i18n.other_language("en")) == ("en", "bn")


def test_catalogue_is_compiled_when_its_text_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "TRANSLATIONS", tmp_path)
    po = tmp_path / "bn/LC_MESSAGES/messages.po"
    po.parent.mkdir(parents=True)
    catalogue = Catalog(locale="bn")
    catalogue.add("Stories", "গল্প")
    with po.open("wb") as file:
        write_po(file, catalogue)

    i18n.compile_catalogues()
    made = po.with_suffix(".mo").stat().st_mtime_ns
    i18n.compile_catalogues()

    assert "গল্প".encode() in po.with_suffix(".mo").read_bytes()
    assert po.with_suffix(".mo").stat().st_mtime_ns == made
    assert sorted(path.name for path in po.parent.iterdir()) == ["messages.mo", "messages.po"]
