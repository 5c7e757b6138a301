"""What the golden pictures show; ``python -m tests.cards.drawings`` draws them anew.

Look at each before it is committed: the letters must join as in a printed book.
"""

from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from showcase.cards import lettering
from showcase.cards.lettering import Style, write

GOLDEN: Final = Path(__file__).parent / "golden"
# Conjuncts of two and three letters, reph, a vowel sign before its letter, a rare conjunct.
WORDS: Final = {
    "innovation": "ক্ষুদ্র উদ্ভাবন",
    "tribute": "শ্রদ্ধার্ঘ্য",
    "krishna": "কৃষ্ণ",
    "mixed": "র‍্যাব ২০২৭: Union কেন্দ্র",
}
STYLE: Final = Style(48, 700)
_SIZE: Final = (560, 90)


def drawn(text: str) -> Image.Image:
    """As a card writes it."""
    image = Image.new("RGB", _SIZE, "#fff")
    write(ImageDraw.Draw(image), (12, 60), text, STYLE, "#000")
    return image.convert("L")


def drawn_unshaped(text: str) -> Image.Image:
    """As Pillow writes it by itself: each letter alone, in the order of typing."""
    path = Path(lettering.__file__).parent / "fonts/noto-sans-bengali-5.3.0-bengali-700.woff2"
    face = ImageFont.truetype(path, STYLE.size, layout_engine=ImageFont.Layout.BASIC)
    image = Image.new("L", _SIZE, 255)
    ImageDraw.Draw(image).text((12, 60), text, font=face, fill=0, anchor="ls")
    return image


def difference(one: Image.Image, other: Image.Image) -> float:
    """In percent of all ink: 0 for the same picture."""
    apart = ImageStat.Stat(ImageChops.difference(one, other)).sum[0]
    ink = ImageStat.Stat(ImageChops.invert(one)).sum[0]
    return 100 * apart / ink


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name, text in WORDS.items():
        drawn(text).save(GOLDEN / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
