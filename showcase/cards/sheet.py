"""The sheet that every card is drawn on: palette, running stitch, mark, and what all cards share.

Sizes are pixels of the finished picture, 1200 × 630, which is what social sites show uncropped.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from showcase.cards.lettering import Style, drawable, lines, shortened, width, write

SIZE: Final = (1200, 630)
LEFT: Final = 64
RIGHT: Final = SIZE[0] - LEFT

# static/css/tokens.css, the light scheme: a card is seen on sites that know no scheme of ours.
PAPER: Final = "#fbf7ef"
SURFACE: Final = "#fffdf9"
INK: Final = "#1d2433"
MUTED: Final = "#565b69"
LINE: Final = "#d8ccb6"
GREEN: Final = "#006a4e"
RED: Final = "#c8102e"
SUN: Final = "#e0243f"
OCHRE: Final = "#855500"
OCHRE_WASH: Final = "#fbf0d3"

# Noto Sans Bengali stands 917 above and 408 below its base line, of 1000.
_LEADING: Final = 1.34
_HEAD: Final = 104
_COLOURS: Final = 64
_SMALLEST: Final = 20


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands at the head of every card."""

    site: str
    about: str


class Sheet:
    """A card being drawn, its head and its border done."""

    def __init__(self, imprint: Imprint) -> None:
        self.image = Image.new("RGB", SIZE, PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self._head(imprint)
        for row, indent in ((0, 0), (10, 14), (20, 0)):
            self.stitches((indent - 30, 600 + row), SIZE[0] + 30, GREEN)

    def write(self, at: tuple[float, float], text: str, style: Style, ink: str = INK) -> float:
        return write(self.draw, at, text, style, ink)

    def write_in(
        self, at: tuple[float, float], text: str, style: Style, room: float, ink: str = INK
    ) -> float:
        text, style = fitted(text, style, room)
        return self.write(at, text, style, ink)

    def write_centred(
        self, at: tuple[float, float], text: str, style: Style, room: float, ink: str
    ) -> None:
        text, style = fitted(text, style, room)
        self.write((at[0] - width(text, style) / 2, at[1]), text, style, ink)

    def paragraph(
        self,
        at: tuple[float, float],
        text: str,
        style: Style,
        *,
        room: float,
        most: int,
        ink: str = INK,
    ) -> float:
        """Lines below each other, from their upper edge; where they end is returned."""
        x, top = at
        for line in lines(drawable(text), style, room, most):
            self.write((x, top + style.size), line, style, ink)
            top += style.size * _LEADING
        return top

    def title(self, at: tuple[float, float], text: str, *, room: float) -> float:
        """As large as it fits: a short title in two lines, a long one in three smaller ones."""
        text = drawable(text)
        for size, most in ((68, 1), (60, 2), (50, 3), (44, 3)):
            style = Style(size, 700)
            if len(lines(text, style, room, most + 1)) <= most:
                break
        room = _evenly(text, style, room, most)
        return self.paragraph(at, text, style, room=room, most=most)

    def stitches(
        self, at: tuple[float, float], to: float, ink: str, *, stitch: int = 18, thick: int = 4
    ) -> None:
        """A running stitch to the right: stitch, a gap two thirds as long, stitch."""
        x, y = at
        while x < to:
            self.draw.rectangle((x, y, min(x + stitch, to) - 1, y + thick - 1), fill=ink)
            x += stitch * 5 / 3

    def png(self) -> bytes:
        """Few colours are enough for flat inks, and make a third of the bytes."""
        few = self.image.quantize(
            _COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        buffer = BytesIO()
        few.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()

    def _head(self, imprint: Imprint) -> None:
        self.draw.rectangle((0, 0, SIZE[0], _HEAD - 1), fill=GREEN)
        self.stitches((0, _HEAD - 12), SIZE[0], PAPER)
        self.image.paste(_mark(), (LEFT, 18))
        end = self.write((LEFT + 76, 60), drawable(imprint.site), Style(34, 700), PAPER)
        about = shortened(drawable(imprint.about), Style(26), RIGHT - end - 40)
        self.write((RIGHT - width(about, Style(26)), 60), about, Style(26), PAPER)


def fitted(text: str, style: Style, room: float) -> tuple[str, Style]:
    """Smaller where there is little room, since half a number is none; cut only at the last."""
    text = drawable(text)
    while width(text, style) > room and style.size > _SMALLEST:
        style = style._replace(size=style.size - 2)
    return shortened(text, style, room), style


def _evenly(text: str, style: Style, room: float, most: int) -> float:
    """The least room in which the text has no more lines, so that none ends in a lonely word."""
    count = len(lines(text, style, room, most))
    while count > 1:
        narrower = lines(text, style, room * 0.95, most)
        if len(narrower) > count or " ".join(narrower) != " ".join(text.split()):
            break
        room *= 0.95
    return room


@cache
def _mark() -> Image.Image:
    """The sun of the flag in a ring of stitches, as static/img/mark.svg; drawn large."""
    large = Image.new("RGB", (240, 240), GREEN)
    draw = ImageDraw.Draw(large)
    draw.ellipse((68, 68, 172, 172), fill=SUN)
    for angle in range(0, 360, 36):
        draw.arc((44, 44, 196, 196), angle, angle + 22, fill=PAPER, width=10)
    for angle in range(0, 360, 20):
        draw.arc((8, 8, 232, 232), angle, angle + 12, fill=PAPER, width=10)
    return large.resize((60, 60), Image.Resampling.LANCZOS)
