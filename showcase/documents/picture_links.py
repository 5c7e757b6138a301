"""From the bare names that a text uses for its pictures to the addresses where they are served.

Texts are stored with the names: a picture that is replaced shows in every text at once.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import Final, NamedTuple

# Phones; phones of twice the density and columns of text; the same at twice the density.
WIDTHS: Final = (400, 800, 1600)
WIDEST: Final = WIDTHS[-1]
# What a browser without ``srcset`` gets.
_USUAL: Final = 800

# As nh3 writes it: double quotes, one space before each attribute.
_SHOWN: Final = re.compile(r'<img((?: [a-z]+="[^"]*")*?) src="([^"/:]+)"')


class Shown(NamedTuple):
    """The picture behind a name: its content, and the size of the widest that is kept."""

    hash: str
    width: int
    height: int


def widths_of(width: int) -> tuple[int, ...]:
    """In which widths a picture is kept; none is made wider than it is."""
    return tuple(sorted({min(width, kept) for kept in WIDTHS}))


def address(digest: str, width: int) -> str:
    return f"/pictures/{digest}-{width}.webp"


def names_in(html: str) -> list[str]:
    return [unescape(match[2]) for match in _SHOWN.finditer(html)]


def linked(html: str, pictures: Mapping[str, Shown]) -> str:
    """The HTML with each picture's name replaced by its addresses."""

    def addresses(match: re.Match[str]) -> str:
        picture = pictures.get(unescape(match[2]))
        return f"<img{match[1]} {_attributes(picture)}" if picture else match[0]

    return _SHOWN.sub(addresses, html)


def _attributes(picture: Shown) -> str:
    widths = widths_of(picture.width)
    usual = next((width for width in widths if width >= _USUAL), widths[-1])
    srcset = ", ".join(f"{address(picture.hash, width)} {width}w" for width in widths)
    return (
        f'src="{address(picture.hash, usual)}" srcset="{srcset}" '
        f'sizes="(min-width: 44em) 40em, 100vw" loading="lazy" '
        f'width="{picture.width}" height="{picture.height}"'
    )
