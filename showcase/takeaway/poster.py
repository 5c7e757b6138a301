"""The poster that hangs at a stall: title, numbers, and a code that opens the story."""

from dataclasses import dataclass

import segno

from showcase.addresses import public_url
from showcase.i18n import language as current_language
from showcase.stories.queries import Story
from showcase.tcv.brief import Brief, brief, leading


@dataclass(frozen=True)
class Poster:
    """
    Attributes:
        office: Empty where nobody is named.
        brief: None where the story has no numbers.
        address: As somebody types it who cannot scan; ``qr`` is an SVG drawing of it in full.
    """

    office: str
    brief: Brief | None
    address: str
    qr: str


def poster_of(story: Story) -> Poster:
    code = current_language()
    record = leading(story.fields.tcv)
    link = public_url("stories.show", slug=story.slug)
    return Poster(
        office=story.fields.office.text(code) if story.fields.office else "",
        brief=brief(record, code) if record else None,
        address=link.partition("://")[2],
        qr=_qr(link),
    )


def _qr(link: str) -> str:
    """Read from across an aisle, and with a fold in the paper: a quarter may be damaged."""
    code = segno.make_qr(link, error="q")
    # ISO/IEC 18004 asks for a quiet zone of four modules.
    return str(code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff"))
