"""Text in two scripts, joined as it must be, measured and broken into lines.

The fonts are Noto Sans Bengali in two subsets, since the Bangla one has no Latin letters: a text is
drawn run by run. HarfBuzz joins the letters, by way of raqm; Pillow's own layout would print
ক্ষুদ্র in pieces.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from PIL import ImageDraw, ImageFont, features

from showcase.text import nfc

Script = Literal["bengali", "latin"]
Weight = Literal[400, 700]

_FONTS: Final = Path(__file__).parent / "fonts"
_VERSION: Final = "5.3.0"

# Danda and double danda, shared by all Indic scripts; the joiners, which shape what is around.
_ALSO_BENGALI: Final = "\u0964\u0965\u200c\u200d"
_VIRAMA: Final = "\u09cd"
_JOINERS: Final = "\u200c\u200d"
# What the Latin subset draws (its own character map), less what nobody writes.
_LATIN: Final = frozenset(
    chr(code)
    for first, last in (
        (0x20, 0x7E), (0xA0, 0xA3), (0xA5, 0xA5), (0xA7, 0xAB), (0xAE, 0xB0), (0xB4, 0xB4),
        (0xB6, 0xB8), (0xBA, 0xBB), (0xBF, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2013, 0x2014),
        (0x2018, 0x201A), (0x201C, 0x201E), (0x2022, 0x2022), (0x2026, 0x2026), (0x2039, 0x203A),
        (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2212, 0x2212),
    )
    for code in range(first, last + 1)
)  # fmt: skip
_ELLIPSIS: Final = "…"


class Style(NamedTuple):
    size: int
    weight: Weight = 400


def can_shape() -> bool:
    """Whether raqm is there; it comes with Pillow, but the libfribidi it calls does not."""
    return bool(features.check("raqm"))


def drawable(text: str) -> str:
    """The text in letters that the fonts have: é as e where need be, an emoji not at all."""
    return "".join(_drawable(character) for character in nfc(text))


def runs(text: str) -> Iterator[tuple[Script, str]]:
    """The text in stretches of one font. A space goes with what stands before it."""
    script: Script = "latin"
    run = ""
    for character in text:
        own: Script = "bengali" if _is_bengali(character) else "latin"
        if own != script and character != " ":
            if run:
                yield script, run
            script, run = own, ""
        run += character
    if run:
        yield script, run


def width(text: str, style: Style) -> float:
    return sum(_face(script, style).getlength(run) for script, run in runs(text))


def write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, style: Style, ink: str
) -> float:
    """Draw the text from its left end on its base line; where it ends is returned."""
    x, base = at
    for script, run in runs(text):
        face = _face(script, style)
        draw.text((x, base), run, font=face, fill=ink, anchor="ls")
        x += face.getlength(run)
    return x


def shortened(text: str, style: Style, room: float) -> str:
    """The text, or as much of it as there is room for and an ellipsis."""
    if width(text, style) <= room:
        return text
    clusters = list(_clusters(text))

    def is_too_long(count: int) -> bool:
        return width("".join(clusters[:count]) + _ELLIPSIS, style) > room

    count = bisect_left(range(1, len(clusters)), True, key=is_too_long)
    return "".join(clusters[:count]).rstrip() + _ELLIPSIS


def lines(text: str, style: Style, room: float, most: int) -> list[str]:
    """The text in lines of at most ``room`` pixels; what is left after ``most`` ends in “…”."""
    told: list[str] = []
    words = text.split()
    while words and len(told) < most - 1:
        count = _fitting(words, style, room)
        told.append(shortened(" ".join(words[:count]), style, room))
        words = words[count:]
    if words:
        told.append(shortened(" ".join(words), style, room))
    return told


def _fitting(words: list[str], style: Style, room: float) -> int:
    """How many of the words stand in one line; one at least, however long it is."""
    count = 1
    while count < len(words) and width(" ".join(words[: count + 1]), style) <= room:
        count += 1
    return count


def _clusters(text: str) -> Iterator[str]:
    """The text in pieces between which it may be cut: no conjunct and no vowel sign is torn off."""
    piece = ""
    for character in text:
        joins = unicodedata.category(character) in ("Mn", "Mc") or character in _JOINERS
        if piece and not joins and not piece.rstrip(_JOINERS).endswith(_VIRAMA):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _drawable(character: str) -> str:
    if _is_bengali(character) or character in _LATIN:
        return character
    if character.isspace():
        return " "
    return "".join(c for c in unicodedata.normalize("NFKD", character) if c in _LATIN)


def _is_bengali(character: str) -> bool:
    return "\u0980" <= character <= "\u09ff" or character in _ALSO_BENGALI


@lru_cache(maxsize=64)
def _face(script: Script, style: Style) -> ImageFont.FreeTypeFont:
    path = _FONTS / f"noto-sans-bengali-{_VERSION}-{script}-{style.weight}.woff2"
    return ImageFont.truetype(path, style.size, layout_engine=ImageFont.Layout.RAQM)
