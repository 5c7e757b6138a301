"""The share card of an event: a leaf of the calendar, what, when and where."""

from dataclasses import dataclass
from typing import Final

from showcase.cards.lettering import Style, width
from showcase.cards.sheet import (
    GREEN,
    INK,
    LEFT,
    MUTED,
    OCHRE,
    OCHRE_WASH,
    RED,
    RIGHT,
    SURFACE,
    Imprint,
    Sheet,
)

_TOP: Final = 142
_LEAF: Final = 232
_TEXT_LEFT: Final = LEFT + _LEAF + 48
_TAG: Final = Style(26, 700)
_TAGS_TOP: Final = 530
_SUMMARY: Final = Style(27)
_SUMMARY_LINE: Final = 38


@dataclass(frozen=True, slots=True)
class EventCard:
    """Every text of the card, in one language.

    Attributes:
        notice: That the event is postponed or cancelled; empty if it takes place.
        sample: That it is demonstration data; empty if it is real.
    """

    imprint: Imprint
    title: str
    summary: str
    day: str
    month: str
    when: str
    place: str
    notice: str
    sample: str


def draw_event(card: EventCard) -> bytes:
    sheet = Sheet(card.imprint)
    _leaf(sheet, card)
    room = RIGHT - _TEXT_LEFT
    end = sheet.title((_TEXT_LEFT, _TOP - 8), card.title, room=room)
    end = sheet.paragraph((_TEXT_LEFT, end + 14), card.when, Style(36, 700), room=room, most=1)
    end = sheet.paragraph(
        (_TEXT_LEFT, end + 4), card.place, Style(28), room=room, most=1, ink=MUTED
    )
    top = max(end, _TOP + _LEAF) + 22
    most = int((_TAGS_TOP - top) // _SUMMARY_LINE)
    sheet.paragraph((LEFT, top), card.summary, _SUMMARY, room=RIGHT - LEFT, most=most)
    _tags(sheet, card)
    return sheet.png()


def _leaf(sheet: Sheet, card: EventCard) -> None:
    box = (LEFT, _TOP, LEFT + _LEAF, _TOP + _LEAF)
    sheet.draw.rectangle(box, fill=SURFACE)
    for y in (_TOP, _TOP + _LEAF - 4):
        sheet.stitches((LEFT, y), LEFT + _LEAF, GREEN)
    middle = LEFT + _LEAF / 2
    sheet.write_centred((middle, _TOP + 138), card.day, Style(112, 700), _LEAF, GREEN)
    sheet.write_centred((middle, _TOP + 194), card.month, Style(28), _LEAF - 16, INK)


def _tags(sheet: Sheet, card: EventCard) -> None:
    """What must not be overlooked, at the foot: not taking place as planned; not real."""
    x = float(LEFT)
    for text, ink, ground in ((card.notice, SURFACE, RED), (card.sample, OCHRE, OCHRE_WASH)):
        if text:
            end = x + width(text, _TAG) + 36
            sheet.draw.rectangle((x, _TAGS_TOP, end, _TAGS_TOP + 50), fill=ground)
            sheet.write((x + 18, _TAGS_TOP + 35), text, _TAG, ink)
            x = end + 16
