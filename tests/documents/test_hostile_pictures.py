"""What is no picture of ours is refused with a reason, whatever it is called."""

import pytest

from showcase.documents import pictures
from tests.documents.folder import Folder, everything, refused
from tests.documents.photos import BESIDE, encoded, from_a_phone, png, story_with

WHOLE = encoded((500, 300), "PNG")
UNREADABLE = "no picture that can be read; save it as JPEG, PNG or WebP"
DAMAGED = "the picture is damaged or cut off; save it once more"
TOO_MANY = "more than 40 million pixels; save a smaller picture"
HOSTILE = {
    "empty": (b"", UNREADABLE),
    "text": (b"not a picture", UNREADABLE),
    "page": (b"<!doctype html><script>alert(1)</script>", UNREADABLE),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", UNREADABLE),
    "gif": (encoded((9, 9), "GIF", "P"), UNREADABLE),
    "gif with a page": (b"GIF89a/*<script>*/", UNREADABLE),
    "bmp": (encoded((9, 9), "BMP"), UNREADABLE),
    "tiff": (encoded((9, 9), "TIFF"), UNREADABLE),
    "ico": (encoded((16, 16), "ICO"), UNREADABLE),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", UNREADABLE),
    "pdf": (encoded((9, 9), "PDF"), UNREADABLE),
    "jpeg cut off": (encoded((500, 300))[:900], DAMAGED),
    "png cut off": (WHOLE[:-60], DAMAGED),
    "webp cut off": (encoded((500, 300), "WEBP")[:-20], DAMAGED),
    "png of a few bytes": (png(1000, 1000), DAMAGED),
    "png of a head only": (WHOLE[:33], UNREADABLE),
    "png bomb": (encoded((9_000, 9_000), "PNG", "1"), TOO_MANY),
    "png bomb by its head": (png(2**31 - 1, 2**31 - 1), TOO_MANY),
    "png far over the library's limit": (png(30_000, 30_000), TOO_MANY),
    "png over the library's limit": (png(10_000, 10_000), TOO_MANY),
    "one pixel too many": (png(40_000_001, 1), TOO_MANY),
    "tower": (
        encoded((100, 20_000), "PNG", "1"),
        "more than ten times as high as wide; cut it into several pictures",
    ),
    "13 MB": (
        encoded((9, 9), "PNG") + bytes(12 * 1024 * 1024),
        "larger than 12 MB; save a smaller picture",
    ),
}


@pytest.mark.parametrize(("raw", "message"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("context")
def test_what_is_no_picture_of_ours_is_refused(folder: Folder, raw: bytes, message: str) -> None:
    story_with(folder, raw)
    before = everything()

    assert refused(folder) == [f"{BESIDE}/camp.jpg:1:1: {message}"]
    assert everything() == before


@pytest.mark.parametrize("size", [(8_000, 5_000), (40_000_000, 1), (1_600, 16_383)])
def test_picture_at_the_limit_is_taken(size: tuple[int, int]) -> None:
    image = pictures.opened(encoded(size, "PNG", "1"))

    assert image.width == 1600


@pytest.mark.parametrize("byte", range(20, 620, 13))
def test_picture_with_a_wrong_byte_is_taken_or_refused_in_words(byte: int) -> None:
    raw = bytearray(from_a_phone())
    raw[byte] ^= 0xFF

    refusal = ""
    try:
        pictures.opened(bytes(raw))
    except ValueError as error:
        refusal = str(error)

    assert refusal in ("", UNREADABLE, DAMAGED, TOO_MANY)


@pytest.mark.usefixtures("context")
def test_broken_picture_is_told_once(folder: Folder) -> None:
    story_with(folder, b"")

    assert refused(folder) == [f"{BESIDE}/camp.jpg:1:1: {UNREADABLE}"]
