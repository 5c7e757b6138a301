"""The poster that hangs at a stall: title, numbers, and a code that opens the story."""

from dataclasses import dataclass

from showcase.addresses import public_url
from showcase.i18n import language as current_language
from showcase.qr import qr_drawing
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
        qr=qr_drawing(link, damage="q"),
    )
