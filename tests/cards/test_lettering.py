"""Bangla joins as it must, and is cut only where it may be."""

import unicodedata
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from showcase.cards import lettering
from showcase.cards.lettering import Style, can_shape, drawable, lines, runs, shortened, width
from tests.cards.drawings import GOLDEN, WORDS, difference, drawn, drawn_unshaped

FONTS = Path(lettering.__file__).parent / "fonts"
SMALL = Style(30)
# What another release of FreeType may do to the edges of letters.
TOLERANCE = 6.0


def golden(name: str) -> Image.Image:
    with Image.open(GOLDEN / f"{name}.png") as image:
        return image.convert("L")


def test_this_machine_can_join_letters() -> None:
    assert can_shape(), "install libfribidi0"


@pytest.mark.parametrize("name", WORDS)
def test_letters_join_as_in_the_golden_picture(name: str) -> None:
    assert difference(golden(name), drawn(WORDS[name])) < TOLERANCE


@pytest.mark.parametrize("name", ["innovation", "tribute", "krishna"])
def test_letters_that_do_not_join_are_found_out(name: str) -> None:
    assert difference(golden(name), drawn_unshaped(WORDS[name])) > 5 * TOLERANCE


def test_one_word_is_not_taken_for_another() -> None:
    assert difference(golden("krishna"), drawn("কৃষক")) > 5 * TOLERANCE


def test_text_is_drawn_in_stretches_of_one_script() -> None:
    assert list(runs("ধাপ A, ২ দিন – (x)")) == [
        ("bengali", "ধাপ "),
        ("latin", "A, "),
        ("bengali", "২ দিন "),
        ("latin", "– (x)"),
    ]


def test_joiner_stays_with_the_letters_it_shapes() -> None:
    assert list(runs("র‍্যাব।")) == [("bengali", "র‍্যাব।")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Łódź", "ódz"),
        ("a\u2009b\tc", "a b c"),
        ("২ → ৪ 😀", "২  ৪ "),
        ("café “x” …", "café “x” …"),
        ("中文", ""),
    ],
)
def test_only_letters_of_the_fonts_are_drawn(text: str, told: str) -> None:
    assert drawable(text) == told


@pytest.mark.parametrize("weight", [400, 700])
def test_every_letter_that_counts_as_drawable_has_a_shape(weight: int) -> None:
    face = ImageFont.truetype(FONTS / f"noto-sans-bengali-5.3.0-latin-{weight}.woff2", 40)
    box = bytes(face.getmask("\uffff"))
    drawn_as_box = [
        character
        for code in range(0x21, 0x3000)
        if drawable(character := chr(code)) == character
        and next(runs(character))[0] == "latin"
        and bytes(face.getmask(character)) == box
    ]

    assert drawn_as_box == []


def test_short_text_is_not_cut() -> None:
    assert shortened("কৃষ্ণ", SMALL, 500) == "কৃষ্ণ"


@pytest.mark.parametrize("room", range(30, 280, 7))
def test_text_is_cut_between_letters_that_join_nowhere(room: int) -> None:
    text = "ক্ষুদ্র উদ্ভাবন শ্রদ্ধার্ঘ্য র‍্যাব"

    cut = shortened(text, SMALL, room)

    assert cut.endswith("…")
    kept = cut.removesuffix("…")
    rest = text[len(kept) :].lstrip()
    assert text.startswith(kept)
    assert not kept.endswith("\u09cd"), "a conjunct was torn"
    assert unicodedata.category(rest[0]) not in ("Mn", "Mc"), "a vowel sign was torn off"
    assert width(cut, SMALL) <= room or len(kept) <= len("ক্ষু")


def test_lines_hold_all_words_and_fit() -> None:
    text = "কুড়িগ্রাম জেলার প্রত্যন্ত ইউনিয়নে পশু চিকিৎসার শিবির বসল গ্রামেই"

    told = lines(text, SMALL, 300, 9)

    assert " ".join(told) == text
    assert len(told) > 2
    assert max(width(line, SMALL) for line in told) <= 300


def test_what_is_left_after_the_last_line_is_shortened() -> None:
    told = lines("one two three four five six seven", SMALL, 150, 2)

    assert len(told) == 2
    assert told[1].endswith("…")
    assert width(told[1], SMALL) <= 150


def test_word_longer_than_a_line_is_shortened() -> None:
    told = lines("A" * 300 + " b", SMALL, 200, 3)

    assert [line[-1] for line in told] == ["…", "b"]


def test_no_words_make_no_lines() -> None:
    assert lines("  ", SMALL, 200, 3) == []
