"""Pictures of documents: made anew as WebP in three widths, without what a camera adds.

The file an editor gave is not kept: re-encoding drops EXIF and its place, and anything appended.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from PIL import Image, ImageOps, UnidentifiedImageError

from showcase.db import db
from showcase.documents.models import DocumentPicture, Picture
from showcase.documents.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from showcase.documents.checking import Text

WIDTHS: Final = (400, 800, 1600)
MAX_BYTES: Final = 12 * 1024 * 1024
# 9,000 × 9,000 in one bit is a file of 10 kB and 231 MiB of memory; phones take 12–50 million.
MAX_PIXELS: Final = 40_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITY: Final = 78

_SHOWN_IN_MARKDOWN: Final = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")
# As nh3 writes it: double quotes, no space around “=”.
_SHOWN_IN_HTML: Final = re.compile(r'<img([^>]*?) src="([^"/:]+)"')

PictureKey = tuple[str, str, str]  # kind, slug, name


@dataclass(frozen=True)
class Ready:
    """A picture in its widths; no bytes when the database has them already."""

    hash: str
    width: int
    height: int
    sizes: Mapping[int, bytes]


Prepared = dict[PictureKey, Ready]


def prepare(folders: Mapping[tuple[str, str], Iterable[Path]]) -> tuple[Prepared, list[Problem]]:
    """Every picture of the content folder, re-encoded unless it is stored already."""
    stored = {p.hash: p for p in db.session.scalars(sa.select(Picture))} if folders else {}
    prepared: Prepared = {}
    problems: list[Problem] = []
    for (kind, slug), paths in folders.items():
        for path in paths:
            try:
                prepared[kind, slug, path.name] = _prepare(path.read_bytes(), stored)
            except ValueError as error:
                problems.append(Problem(str(path), 1, 1, str(error)))
    return prepared, problems


def _prepare(raw: bytes, stored: Mapping[str, Picture]) -> Ready:
    digest = hashlib.blake2b(raw, digest_size=16).hexdigest()
    known = stored.get(digest)
    if known:
        return Ready(digest, known.width, known.height, {})
    image = opened(raw)
    sizes = {width: _encoded(image, width) for width in WIDTHS}
    return Ready(digest, image.width, image.height, sizes)


def opened(raw: bytes) -> Image.Image:
    """The picture, upright, decoded.

    Raises:
        ValueError: With the reason and the remedy.
    """
    if len(raw) > MAX_BYTES:
        raise ValueError("larger than 12 MB; save a smaller picture")
    try:
        image = Image.open(io.BytesIO(raw), formats=_FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("more than 40 million pixels; save a smaller picture")
        return ImageOps.exif_transpose(image).convert("RGBA" if _is_seen_through(image) else "RGB")
    except UnidentifiedImageError:
        raise ValueError("no picture that can be read; save it as JPEG, PNG or WebP") from None
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError("the picture is damaged or cut off; save it once more") from None


def _is_seen_through(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _encoded(image: Image.Image, width: int) -> bytes:
    smaller = image.copy()
    # The height may be as it is: a tall picture is scrolled.
    smaller.thumbnail((width, max(image.height, 1)))
    target = io.BytesIO()
    smaller.save(target, "WEBP", quality=_QUALITY, method=4)
    return target.getvalue()


def are_new(prepared: Prepared) -> bool:
    return any(ready.sizes for ready in prepared.values())


def check_used(texts: Iterable["Text"], prepared: Prepared) -> list[Problem]:
    """Each picture that a text shows is there."""
    kept = _kept_names()
    return [problem for text in texts for problem in _missing(text, {*prepared, *kept})]


def _kept_names() -> set[PictureKey]:
    from showcase.documents.models import Document

    rows = db.session.execute(
        sa.select(Document.kind, Document.slug, DocumentPicture.name).join(
            DocumentPicture, DocumentPicture.document_id == Document.id
        )
    )
    return {(kind, slug, name) for kind, slug, name in rows}


def _missing(text: "Text", there: set[PictureKey]) -> list[Problem]:
    own = {
        name for kind, slug, name in there if (kind, slug) == (text.file.kind.name, text.file.slug)
    }
    return [
        text.file.problem(
            f"there is no picture “{name}” beside index.md{did_you_mean(name, own)}; "
            "put it there or take this line out",
            text.body_line + number,
            match.start() + 1,
        )
        for number, line in enumerate(text.body.split("\n"))
        for match in _SHOWN_IN_MARKDOWN.finditer(line)
        if (name := match[1]) not in own and "/" not in name
    ]


def linked(html: str, pictures: Mapping[str, Ready]) -> str:
    """The HTML with each picture's name replaced by its addresses, widest last."""

    def addresses(match: re.Match[str]) -> str:
        ready = pictures.get(match[2])
        if ready is None:
            return match[0]
        widths = [width for width in WIDTHS if width <= ready.width] or [WIDTHS[0]]
        srcset = ", ".join(f"{address(ready.hash, width)} {width}w" for width in widths)
        shown = next((width for width in widths if width >= 800), widths[-1])
        return (
            f'<img{match[1]} src="{address(ready.hash, shown)}" srcset="{srcset}" '
            f'sizes="(min-width: 44em) 40em, 100vw" loading="lazy" '
            f'width="{ready.width}" height="{ready.height}"'
        )

    return _SHOWN_IN_HTML.sub(addresses, html)


def address(digest: str, width: int) -> str:
    return f"/pictures/{digest}-{width}.webp"
