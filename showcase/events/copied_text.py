"""The front matter of a new event, made of an old one's text.

It is changed in place and not written anew, so that comments and the order of keys stay.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from showcase.documents.yaml_tree import Place, Tree
from showcase.text import latin_digits

# Keys whose value is a moment, wherever they stand.
MOMENTS: Final = frozenset({"starts", "ends", "opens", "closes", "publish_at"})
# What is only true of the event that was.
LEFT_OUT: Final = frozenset({"published", "results", "awards", "proceedings"})
_AS_NEW: Final = {"status": "draft", "state": "announced"}

_DAY: Final = re.compile("[0-9০-৯]{4}-[0-9০-৯]{2}-[0-9০-৯]{2}")
_WORD: Final = re.compile("[a-z]+")


class CannotCopy(Exception):
    """Why not, in a sentence for who typed the command."""


@dataclass(frozen=True)
class _Block:
    """A key of the front matter with all that belongs to it: lines from 0, the end not in it."""

    key: str
    start: int
    end: int


def copied_text(
    lines: list[str], tree: Tree, *, fence: int, days: timedelta, series: str, title: str | None
) -> list[str]:
    """The lines of a new ``index.md``: a draft that nothing has come of yet.

    Args:
        lines: Of the old one.
        tree: Of its front matter, which is right.
        fence: In which of the lines the front matter has its end, counted from 0.
        series: Written where the old one names none.

    Raises:
        CannotCopy: The front matter is written in a form that is not changed by machine.
    """
    lines = list(lines)
    for where, place in tree.values.items():
        if where and where[-1] in MOMENTS:
            day = _written_at(lines, place, _DAY)
            _put(lines, place, day, _later(day[0], days))
        elif len(where) == 1 and where[0] in _AS_NEW:
            _put(lines, place, _written_at(lines, place, _WORD), _AS_NEW[str(where[0])])
    for block in reversed(_blocks(lines, tree, fence)):
        if block.key in LEFT_OUT:
            del lines[block.start : block.end]
        elif block.key == "title" and title is not None:
            lines[block.start : block.end] = [f"title: {json.dumps(title, ensure_ascii=False)}"]
        elif block.key == "kind" and "series" not in tree.value:
            lines.insert(block.end, f"series: {series}")
    return lines


def _written_at(lines: list[str], place: Place, pattern: re.Pattern[str]) -> re.Match[str]:
    """What stands at a place, perhaps in quotation marks."""
    line, start = lines[place.line - 1], place.column - 1
    found = pattern.match(line, start + (line[start : start + 1] in ("'", '"')))
    if found is None:
        raise CannotCopy(
            f"line {place.line} is written in a way that cannot be copied; "
            "write the value behind its key"
        )
    return found


def _put(lines: list[str], place: Place, old: re.Match[str], new: str) -> None:
    line = lines[place.line - 1]
    lines[place.line - 1] = line[: old.start()] + new + line[old.end() :]


def _later(day: str, days: timedelta) -> str:
    try:
        return (date.fromisoformat(latin_digits(day)) + days).isoformat()
    except OverflowError:
        raise CannotCopy(f"{day} would be in no year of the calendar; begin earlier") from None


def _blocks(lines: list[str], tree: Tree, fence: int) -> list[_Block]:
    """In order; what stands right above a key, a comment or nothing, belongs to that key."""
    keys = sorted((place, str(where[0])) for where, place in tree.keys.items() if len(where) == 1)
    starts = [place.line - 1 for place, _ in keys]
    if any(place.column != 1 for place, _ in keys) or len(set(starts)) < len(starts):
        raise CannotCopy("the keys of its front matter do not begin their lines; write them so")
    ends = [*starts[1:], fence]
    return [
        _Block(key, start, _without_what_follows(lines, start, end))
        for (_, key), start, end in zip(keys, starts, ends, strict=True)
    ]


def _without_what_follows(lines: list[str], start: int, end: int) -> int:
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end
