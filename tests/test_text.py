"""Plain text in two scripts. Bangla is written with escapes where two encodings look the same."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from showcase.text import (
    bangla_digits,
    clean_block,
    clean_line,
    folded,
    latin_digits,
    nfc,
    slugify,
)

# য় as one code point, which NFC writes as two; ো as two, which NFC joins.
YA = "\u09df"
YA_NFC = "\u09af\u09bc"
O_SIGN = "\u09c7\u09be"
O_SIGN_NFC = "\u09cb"

bangla = st.text(
    st.sampled_from("কখগরযষািী্\u200d\u200c\u09bc\u09dfে\u09be৳০৯aZ7-. ")
    | st.sampled_from(" \t\n\r\x00\x0b\x85\u202e\ufeff\u0301"),
    max_size=30,
)
anything = st.text(max_size=60)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (f"সম{YA}", f"সম{YA_NFC}"),
        (f"ক{O_SIGN}", f"ক{O_SIGN_NFC}"),
        ("e\u0301", "é"),
        ("abc", "abc"),
    ],
)
def test_two_encodings_become_one(written: str, normal: str) -> None:
    assert nfc(written) == normal
    assert clean_line(written) == normal
    assert clean_block(written) == normal
    assert slugify(written) == slugify(normal)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("  Rahima \t Begum\n", "Rahima Begum"),
        ("রহিমা\u00a0\u2003বেগম", "রহিমা বেগম"),
        ("Rah\x00ima\x7f", "Rahima"),
        ("\ufeffRahima\u202egnp.exe", "Rahimagnp.exe"),
        ("র\u200d্যাব", "র\u200d্যাব"),
        ("e\x00\u0301", "é"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_line_is_cleaned_as_a_person_meant_it(written: str, meant: str) -> None:
    assert clean_line(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("\n\n one  \n\n  two \n\n", "one\n\n  two"),
        ("a\tb\x00c", "a\tbc"),
        ("line\u202e\x0bend", "lineend"),
    ],
)
def test_block_keeps_its_lines(written: str, meant: str) -> None:
    assert clean_block(written) == meant


@given(bangla | anything)
@example("e\u200d\u0301")
@example("\x00\u0301 \ufeff")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (nfc, clean_line, clean_block):
        once = clean(text)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)


@given(bangla)
@example("e\u200d\u0301")
def test_folding_and_slugs_are_stable(text: str) -> None:
    for key in (folded, slugify):
        assert key(key(text)) == key(text)
        assert unicodedata.is_normalized("NFC", key(text))


@given(bangla | anything)
def test_cleaned_line_is_one_line_without_controls(text: str) -> None:
    line = clean_line(text)

    assert line == " ".join(line.split())
    assert [c for c in line if unicodedata.category(c) == "Cc"] == []


def test_digits_are_written_in_both_scripts() -> None:
    assert bangla_digits("0123456789 + a") == "০১২৩৪৫৬৭৮৯ + a"
    assert latin_digits("০১২৩৪৫৬৭৮৯ + ক") == "0123456789 + ক"


@given(anything)
def test_digits_come_back_as_they_were(text: str) -> None:
    assert latin_digits(bangla_digits(latin_digits(text))) == latin_digits(text)
    assert len(bangla_digits(text)) == len(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("র\u200d্যাব", "র্যাব"),
        ("২০২৭", "2027"),
        ("Kurigram  FAIR", "kurigram fair"),
        (f"সম{YA}", f"সম{YA_NFC}"),
        ("ক\u200cখ", "কখ"),
    ],
)
def test_spellings_of_the_same_words_are_equal_folded(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("ভূমি", "ভুমি"), ("ক", "কা"), ("a", "b")])
def test_different_words_are_different_folded(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("ভূমি সেবা", "ভূমি-সেবা"),
        ("ক্ষুদ্র উদ্ভাবন!", "ক্ষুদ্র-উদ্ভাবন"),
        ("শ্রদ্ধার্ঘ্য", "শ্রদ্ধার্ঘ্য"),
        ("র\u200d্যাব", "র্যাব"),
        ("মেলা ২০২৭", "মেলা-2027"),
        ("Kurigram: District Fair (2027)", "kurigram-district-fair-2027"),
        ("--a__b--", "a-b"),
        ("Café & Straße", "caf-strasse"),
        ("../../etc/passwd", "etc-passwd"),
        ("৳ % ।", "৳"),
        ("!?", ""),
    ],
)
def test_slug_keeps_words_of_both_scripts_whole(text: str, slug: str) -> None:
    assert slugify(text) == nfc(slug)


@given(bangla | anything)
def test_slug_is_safe_in_a_path(text: str) -> None:
    slug = slugify(text)

    assert set(slug) & set("/\\.?#%& \"'<>\n") == set()
    assert slug == slug.strip("-")
    assert "--" not in slug
