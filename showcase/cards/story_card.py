"""The share card of a story: its title, and its numbers with how far they may be believed."""

from dataclasses import dataclass
from typing import Final

from showcase.cards.lettering import Style, width
from showcase.cards.sheet import GREEN, INK, LEFT, LINE, MUTED, RED, RIGHT, Imprint, Sheet
from showcase.tcv.brief import Brief, BriefRow

_TITLE_TOP: Final = 124
_TABLE_TOP: Final = 394
_ROW: Final = 48
# Left ends of measure, before, after and change.
_COLUMNS: Final = (LEFT, 246, 540, 836)
_GAP: Final = 20
# A title of one line leaves room for two of the summary.
_ROOM_FOR_SUMMARY: Final = 240
# So much of a column is kept for the thread from one value to the next.
_ARROW: Final = 60

_LABEL: Final = Style(22)
_CELL: Final = Style(32, 700)
_CHANGE_INK: Final = {"less": GREEN, "more": RED, "same": INK, "unknown": MUTED, "refused": MUTED}


@dataclass(frozen=True, slots=True)
class StoryCard:
    """Every text of the card, in one language.

    Attributes:
        columns: What the columns of the table are called.
        brief: None where the story has no numbers; then ``summary`` and ``unmeasured`` are shown.
    """

    imprint: Imprint
    title: str
    summary: str
    columns: tuple[str, str, str]
    brief: Brief | None
    unmeasured: str


def draw_story(card: StoryCard) -> bytes:
    sheet = Sheet(card.imprint)
    end = sheet.title((LEFT, _TITLE_TOP), card.title, room=RIGHT - LEFT)
    if card.brief is None:
        sheet.paragraph((LEFT, end + 24), card.summary, Style(32), room=RIGHT - LEFT, most=5)
        sheet.write_in((LEFT, 575), card.unmeasured, Style(26, 700), RIGHT - LEFT, MUTED)
        return sheet.png()
    if end < _ROOM_FOR_SUMMARY:
        sheet.paragraph((LEFT, end + 8), card.summary, Style(27), room=RIGHT - LEFT, most=2)
    _table(sheet, card.columns, card.brief)
    _evidence(sheet, card.brief)
    return sheet.png()


def _table(sheet: Sheet, columns: tuple[str, str, str], brief: Brief) -> None:
    sheet.write_in((LEFT, _TABLE_TOP - 42), brief.service.text, Style(26, 700), RIGHT - LEFT)
    for x, name in zip(_COLUMNS[1:], columns, strict=True):
        sheet.write((x, _TABLE_TOP - 8), name, _LABEL, MUTED)
    for number, row in enumerate(brief.rows):
        top = _TABLE_TOP + number * _ROW
        sheet.draw.line((LEFT, top, RIGHT, top), fill=LINE, width=2)
        _row(sheet, row, top + 36)


def _row(sheet: Sheet, row: BriefRow, base: float) -> None:
    measure, before, after, change = _COLUMNS
    sheet.write_in((measure, base), row.label, Style(28), before - measure - _GAP)
    if row.instead:
        sheet.write_in((before, base), row.instead, Style(28), change - before - _GAP, MUTED)
    else:
        end = sheet.write_in((before, base), row.before, _CELL, after - before - _ARROW, MUTED)
        _arrow(sheet, end + 12, after - 14, base - 11)
        ink = MUTED if row.tone == "unknown" else INK
        sheet.write_in((after, base), row.after, _CELL, change - after - _GAP, ink)
    sheet.write_in((change, base), row.change, _CELL, RIGHT - change, _CHANGE_INK[row.tone])


def _arrow(sheet: Sheet, start: float, end: float, middle: float) -> None:
    """The thread from before to after; drawn, since the fonts have no arrow."""
    sheet.stitches((start, middle - 1), end - 12, GREEN, stitch=9, thick=3)
    head = [(end - 14, middle - 8), (end, middle), (end - 14, middle + 8)]
    sheet.draw.polygon(head, fill=GREEN)


def _evidence(sheet: Sheet, brief: Brief) -> None:
    """As many stitches sewn as the evidence has levels, then the same in words."""
    x = float(LEFT)
    for number in range(brief.highest):
        ink = GREEN if number < brief.level else LINE
        sheet.draw.rectangle((x, 563, x + 21, 568), fill=ink)
        x += 30
    sample = f" · {brief.sample}"
    room = RIGHT - x - 10 - width(sample, Style(26))
    end = sheet.write_in((x + 10, 575), brief.evidence, Style(26, 700), room)
    sheet.write((end, 575), sample, Style(26), INK)
