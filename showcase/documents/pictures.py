"""Pictures of documents: made anew as WebP in three widths, without what a camera adds.

The file an editor gave is not kept: re-encoding drops EXIF and its place, and anything appended.
It is decoded in the process that publishes, under the limits below; no reader can send one.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import sqlalchemy as sa
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from showcase.db import db
from showcase.documents.models import PictureSize
from showcase.documents.picture_links import WIDEST, widths_of
from showcase.documents.problems import Problem
from showcase.documents.reading import PictureKey
from showcase.documents.stored import Stored

MAX_BYTES: Final = 12 * 1024 * 1024
# 9,000 × 9,000 in one bit is a file of 10 kB and 231 MiB of memory; phones take 12–50 million.
MAX_PIXELS: Final = 40_000_000
# What the format WebP can hold.
MAX_HEIGHT: Final = 16_383
FORMATS: Final = ("JPEG", "PNG", "WEBP")
# Orientations 5 to 8 of EXIF change width and height.
_FIRST_LYING: Final = 5
# In other modes pixels are numbers of colours, or wider than our steps can take.
_SCALABLE: Final = ("RGB", "RGBA", "L", "CMYK")
# Photos at 78 cannot be told from the original on a phone; 90 is twice as large.
_QUALITY: Final = 78

_UNREADABLE: Final = "no picture that can be read; save it as JPEG, PNG or WebP"
_DAMAGED: Final = "the picture is damaged or cut off; save it once more"
_TOO_LARGE: Final = "larger than 12 MB; save a smaller picture"
_TOO_MANY_PIXELS: Final = "more than 40 million pixels; save a smaller picture"
_TOO_HIGH: Final = "more than ten times as high as wide; cut it into several pictures"


@dataclass(frozen=True)
class Ready:
    """A new picture in its widths; no bytes where the database has them under another name."""

    hash: str
    width: int = 0
    height: int = 0
    sizes: Mapping[int, bytes] = field(default_factory=dict)


Prepared: TypeAlias = dict[PictureKey, Ready]


def prepare(paths: Mapping[PictureKey, Path], stored: Stored) -> tuple[Prepared, list[Problem]]:
    """The pictures that are new or were replaced; the others are left as they are."""
    prepared: Prepared = {}
    problems: list[Problem] = []
    for key, path in paths.items():
        try:
            ready = _prepare(_read(path), stored, stored.pictures.get(key))
        except ValueError as error:
            problems.append(Problem(str(path), 1, 1, str(error)))
        else:
            if ready:
                prepared[key] = ready
    return prepared, problems


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            raw = source.read(MAX_BYTES + 1)
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror}); change its permissions") from None
    if len(raw) > MAX_BYTES:
        raise ValueError(_TOO_LARGE)
    return raw


def _prepare(raw: bytes, stored: Stored, shown_now: str | None) -> Ready | None:
    digest = hashlib.blake2b(raw, digest_size=16).hexdigest()
    if digest == shown_now or (shown_now and raw == widest(shown_now)):
        return None
    if digest in stored.picture_hashes:
        return Ready(digest)
    image = opened(raw)
    sizes = {width: _encoded(image, width) for width in widths_of(image.width)}
    return Ready(digest, image.width, image.height, sizes)


def widest(digest: str) -> bytes | None:
    """What ``showcase export`` writes, which comes back unchanged."""
    webp = db.session.scalar(
        sa.select(PictureSize.webp)
        .where(PictureSize.hash == digest)
        .order_by(PictureSize.width.desc())
        .limit(1)
    )
    # The next picture may take a while: nobody waits for it while holding a connection.
    db.session.rollback()
    return webp


def opened(raw: bytes) -> Image.Image:
    """The picture: decoded, upright, at most ``WIDEST`` pixels wide, its colours RGB.

    Raises:
        ValueError: With the reason and the remedy.
    """
    try:
        upright = _upright(_undecoded(raw))
    except _Refused as refused:
        raise ValueError(str(refused)) from None
    except UnidentifiedImageError:
        raise ValueError(_UNREADABLE) from None
    except Exception:
        # Whatever decoders raise on hostile bytes (a dozen classes) says the same to an editor.
        raise ValueError(_DAMAGED) from None
    if upright.height > MAX_HEIGHT:
        raise ValueError(_TOO_HIGH)
    return upright


class _Refused(Exception):
    """Readable, but more than we take."""


def _undecoded(raw: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(raw), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _Refused(_TOO_MANY_PIXELS) from None
    if image.width * image.height > MAX_PIXELS:
        raise _Refused(_TOO_MANY_PIXELS)
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Made smaller before anything else: each further step copies the picture."""
    # A JPEG is decoded at a half or a quarter of its size where that is enough.
    image.draft(None, (WIDEST, WIDEST))
    mode = _mode(image)
    is_lying = image.getexif().get(ExifTags.Base.Orientation, 1) >= _FIRST_LYING
    if image.mode not in _SCALABLE:
        image = image.convert(mode)
    image.thumbnail((MAX_PIXELS, WIDEST) if is_lying else (WIDEST, MAX_PIXELS))
    return ImageOps.exif_transpose(image).convert(mode)


def _mode(image: Image.Image) -> str:
    is_seen_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    return "RGBA" if is_seen_through else "RGB"


def _encoded(image: Image.Image, width: int) -> bytes:
    smaller = image.copy()
    smaller.thumbnail((width, image.height))
    target = io.BytesIO()
    smaller.save(target, "WEBP", quality=_QUALITY, method=4)
    return target.getvalue()
