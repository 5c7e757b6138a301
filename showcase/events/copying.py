"""``showcase new event --like``: the files of an old event, every date later, as a draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from showcase.documents.fields import MAX_SLUG
from showcase.documents.frontmatter import parse
from showcase.documents.problems import did_you_mean
from showcase.documents.source import decode, split
from showcase.documents.yaml_tree import read
from showcase.events.copied_text import CannotCopy, copied_text
from showcase.events.fields import EventFields
from showcase.i18n import DHAKA
from showcase.text import slugify

_EVENTS: Final = "events"
_MAIN: Final = "index.md"
# About a year later on the same weekday: a fair that began on a Thursday does so again.
_A_YEAR: Final = timedelta(weeks=52)
_ENDS_IN_A_YEAR: Final = re.compile("(.*?)-?(?:19|20)[0-9]{2}")


@dataclass(frozen=True)
class Copied:
    """A new event.

    Attributes:
        files: How many were written.
        days: How much later it begins; negative if earlier.
        new_series: What it names as its series and the old one does not; empty where both do.
    """

    folder: Path
    files: int
    days: int
    new_series: str


def copy_event(
    content: Path,
    like: str,
    *,
    slug: str | None = None,
    starts: date | None = None,
    title: str | None = None,
) -> Copied:
    """Write a draft like the event ``like`` into the content folder.

    Args:
        slug: Its folder; if None, that of the old one with the new year at its end.
        starts: Its first day; if None, about a year later on the same weekday.
        title: Of its ``index.md``; if None, it stays.

    Raises:
        CannotCopy: Nothing was written.
        DocumentError: The old event is not right, or the new one would not be; nothing either.
    """
    old = _folder_of(content, like)
    path, raw = old / _MAIN, (old / _MAIN).read_bytes()
    fields = _read(path, raw)
    began = fields.starts.astimezone(DHAKA).date()
    starts = starts or began + _A_YEAR
    new = _new_folder(old.parent, slug or _named_for(like, starts))
    main = _main_like(path, raw, days=starts - began, series=like, title=title)
    _read(new / _MAIN, main)
    files = {_MAIN: main, **{path.name: path.read_bytes() for path in _beside_main(old)}}
    new.mkdir()
    for name, whole in files.items():
        (new / name).write_bytes(whole)
    return Copied(new, len(files), (starts - began).days, "" if fields.series else like)


def _folder_of(content: Path, slug: str) -> Path:
    events = content / _EVENTS
    known = [path.parent.name for path in events.glob(f"*/{_MAIN}")]
    if slug not in known:
        raise CannotCopy(f"there is no event “{slug}” in {events}{did_you_mean(slug, known)}")
    return events / slug


def _new_folder(events: Path, slug: str) -> Path:
    fit = slugify(slug)[:MAX_SLUG].strip("-")
    if slug != fit or not slug:
        raise CannotCopy(f"“{slug}” cannot be an address; write --slug {fit or 'a-name'}")
    if (events / slug).exists():
        raise CannotCopy(f"{events / slug} is already there; choose another name with --slug")
    return events / slug


def _named_for(like: str, starts: date) -> str:
    found = _ENDS_IN_A_YEAR.fullmatch(like)
    return f"{found[1] if found else like}-{starts.year}".lstrip("-")


def _read(path: Path, raw: bytes) -> EventFields:
    return parse(split(str(path), raw), EventFields, {})


def _main_like(path: Path, raw: bytes, *, days: timedelta, series: str, title: str | None) -> bytes:
    source = split(str(path), raw)
    lines = copied_text(
        decode(str(path), raw).split("\n"),
        read(source.path, source.front, source.front_line),
        fence=source.body_line - 2,
        days=days,
        series=series,
        title=title,
    )
    return ("\r\n" if b"\r\n" in raw else "\n").join(lines).encode()


def _beside_main(folder: Path) -> Iterator[Path]:
    """Translations and pictures; not what editors and systems put beside them."""
    for path in sorted(folder.iterdir()):
        is_aside = path.name.startswith((".", "~")) or path.name.endswith("~")
        if path.is_file() and path.name != _MAIN and not is_aside:
            yield path
