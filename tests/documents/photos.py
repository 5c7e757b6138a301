"""Pictures to publish, honest and otherwise."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

from tests.documents.folder import Folder

BESIDE = "stories/health-camp"
BODY = "Before.\n\n![A camp in the village](camp.jpg)\n"


def encoded(size: tuple[int, int], form: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    target = io.BytesIO()
    picture = Image.new(mode, size)
    # Left half dark, right half light: an upright picture can be told.
    picture.paste(picture.point(lambda _: 255), (size[0] // 2, 0))
    picture.save(target, form, **options)
    return target.getvalue()


def from_a_phone(orientation: int = 6, size: tuple[int, int] = (1200, 600)) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of Rahim"
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 48.0, 36.0), 3: "E", 4: (89.0, 38.0, 24.0)})
    return encoded(size, exif=exif)


def story_with(folder: Folder, raw: bytes, name: str = "camp.jpg") -> Folder:
    folder.story(body=BODY.replace("camp.jpg", name))
    folder.write(f"{BESIDE}/{name}", raw)
    return folder


def png(width: int, height: int) -> bytes:
    """It says that it is so large, and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(9))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
