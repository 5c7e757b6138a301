"""Pictures: what is taken, what it becomes, and where it is served."""

import io
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from showcase.db import db
from showcase.documents import pictures
from showcase.documents.exporting import export_documents
from showcase.documents.models import Picture, PictureSize
from showcase.documents.publishing import Outcome, publish_folder
from showcase.documents.queries import find
from tests.documents.folder import Folder, everything, publish, refused
from tests.documents.photos import BESIDE, BODY, encoded, from_a_phone, story_with
from tests.pages import parse


def kept() -> dict[int, Image.Image]:
    """The stored widths, decoded."""
    db.session.rollback()
    rows = db.session.execute(sa.select(PictureSize.width, PictureSize.webp)).tuples()
    return {width: Image.open(io.BytesIO(webp)) for width, webp in rows}


def image_on(client: FlaskClient) -> dict[str, str]:
    page = parse(client.get("/en/stories/health-camp").text)
    (image,) = page.query("article img")
    attributes: dict[str, str] = image.attrs
    return attributes


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, [300]), (400, [400]), (500, [400, 500]), (1600, [400, 800, 1600])],
)
@pytest.mark.usefixtures("context")
def test_picture_is_kept_in_three_widths_and_never_made_wider(
    folder: Folder, width: int, widths: list[int]
) -> None:
    publish(story_with(folder, encoded((width, 200))))

    sizes = kept()

    assert sorted(sizes) == widths
    assert {width: image.size[0] for width, image in sizes.items()} == {w: w for w in widths}
    assert {image.format for image in sizes.values()} == {"WEBP"}


@pytest.mark.usefixtures("context")
def test_large_picture_is_made_smaller_and_says_the_size_it_has(folder: Folder) -> None:
    publish(story_with(folder, encoded((4000, 3000))))

    assert {w: image.size for w, image in kept().items()} == {
        400: (400, 300),
        800: (800, 600),
        1600: (1600, 1200),
    }
    stored = db.session.execute(sa.select(Picture.width, Picture.height)).one()
    assert tuple(stored) == (1600, 1200)


@pytest.mark.usefixtures("context")
def test_place_and_camera_are_gone_and_the_picture_is_upright(folder: Folder) -> None:
    raw = from_a_phone(orientation=6)
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(0x8825)
    publish(story_with(folder, raw))

    sizes = kept()

    assert {w: (image.size, dict(image.getexif())) for w, image in sizes.items()} == {
        400: ((400, 800), {}),
        600: ((600, 1200), {}),
    }
    upright = sizes[600].convert("L")
    assert isinstance(upright.getpixel((300, 100)), int)
    assert [value_at(upright, 300, y) for y in (100, 1100)] == ["dark", "light"]
    webp = db.session.scalars(sa.select(PictureSize.webp)).all()
    assert [name for name in (b"EXIF", b"XMP", b"ICCP", b"Rahim") for w in webp if name in w] == []


def value_at(image: Image.Image, x: int, y: int) -> str:
    value = image.getpixel((x, y))
    assert isinstance(value, int)
    return "light" if value > 127 else "dark"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_becomes_upright(orientation: int) -> None:
    image = pictures.opened(from_a_phone(orientation, (3200, 1800)))

    assert image.size == ((1600, 900) if orientation < 5 else (1600, 2844))


@pytest.mark.parametrize(
    ("form", "mode", "options"),
    [
        ("JPEG", "CMYK", {}),
        ("JPEG", "L", {"progressive": True}),
        ("PNG", "1", {}),
        ("PNG", "P", {"transparency": 0}),
        ("PNG", "LA", {}),
        ("PNG", "RGBA", {}),
        ("PNG", "I;16", {}),
        ("WEBP", "RGBA", {"lossless": True}),
    ],
)
@pytest.mark.usefixtures("context")
def test_picture_of_each_kind_is_taken(
    folder: Folder, form: str, mode: str, options: dict[str, Any]
) -> None:
    name = f"camp.{form.lower()}"
    target = io.BytesIO()
    Image.new(mode, (2000, 1000)).save(target, form, **options)
    publish(story_with(folder, target.getvalue(), name))

    assert {w: image.size for w, image in kept().items()} == {
        400: (400, 200),
        800: (800, 400),
        1600: (1600, 800),
    }


@pytest.mark.usefixtures("context")
def test_transparency_stays(folder: Folder) -> None:
    publish(story_with(folder, encoded((400, 300), "PNG", "RGBA"), "camp.png"))

    assert [image.mode for image in kept().values()] == ["RGBA"]


@pytest.mark.usefixtures("context")
def test_moving_picture_shows_its_first_frame(folder: Folder) -> None:
    target = io.BytesIO()
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("black", "white")]
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:])
    publish(story_with(folder, target.getvalue(), "camp.webp"))

    assert [
        (getattr(i, "n_frames", 1), value_at(i.convert("L"), 9, 9)) for i in kept().values()
    ] == [(1, "dark")]


@pytest.mark.usefixtures("context")
def test_what_hangs_on_the_end_is_gone(folder: Folder) -> None:
    tail = b"PK\x03\x04<script>alert(1)</script>"
    publish(story_with(folder, encoded((500, 300)) + tail))

    stored = db.session.scalars(sa.select(PictureSize.webp)).all()

    assert len(stored) == 2
    assert [webp for webp in stored if b"script" in webp or not webp.startswith(b"RIFF")] == []


@pytest.mark.usefixtures("context")
def test_picture_that_is_not_there_is_told_at_its_line(folder: Folder) -> None:
    folder.story(body="Text.\n\n```\n![x](cmp.jpg)\n```\n\nSee ![A camp](cmp.jpg).\n")
    folder.write(f"{BESIDE}/camp.jpg", encoded((400, 300)))

    assert refused(folder) == [
        f"{BESIDE}/index.md:20:15: "
        "there is no picture “cmp.jpg” beside index.md; did you mean “camp.jpg”?"
    ]


@pytest.mark.usefixtures("context")
def test_picture_of_another_document_is_not_there(folder: Folder) -> None:
    folder.story("other")
    folder.write("stories/other/camp.jpg", encoded((400, 300)))
    folder.story(body=BODY)

    assert refused(folder) == [
        f"{BESIDE}/index.md:16:26: "
        "there is no picture “camp.jpg” beside index.md; put it there or take this line out"
    ]


@pytest.mark.usefixtures("context")
def test_picture_without_words_is_told(folder: Folder) -> None:
    folder.story(body="![](camp.jpg)\n")
    folder.write(f"{BESIDE}/camp.jpg", encoded((400, 300)))

    assert refused(folder) == [
        f"{BESIDE}/index.md:14:1: the picture has no text for those who cannot see it; "
        "write ![What it shows](…)"
    ]


@pytest.mark.usefixtures("context")
def test_picture_is_counted_and_left_alone_the_second_time(folder: Folder) -> None:
    story_with(folder, encoded((500, 300)))

    assert publish(folder) == Outcome(new=1, pictures=1)
    before = everything()
    assert publish(folder) == Outcome(unchanged=1)
    assert everything() == before


@pytest.mark.usefixtures("context")
def test_picture_used_twice_is_kept_once(folder: Folder) -> None:
    for slug in ("one", "two"):
        folder.story(slug, body=BODY)
        folder.write(f"stories/{slug}/camp.jpg", encoded((400, 300)))

    assert publish(folder).pictures == 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Picture)) == 1


def test_page_shows_the_picture_in_its_widths(app: Flask, folder: Folder) -> None:
    with app.app_context():
        publish(story_with(folder, encoded((1000, 600))))
        digest = db.session.scalar(sa.select(Picture.hash))

    assert image_on(app.test_client()) == {
        "alt": "A camp in the village",
        "src": f"/pictures/{digest}-800.webp",
        "srcset": ", ".join(f"/pictures/{digest}-{w}.webp {w}w" for w in (400, 800, 1000)),
        "sizes": "(min-width: 44em) 40em, 100vw",
        "loading": "lazy",
        "width": "1000",
        "height": "600",
    }


def test_replaced_picture_shows_though_no_markdown_changed(app: Flask, folder: Folder) -> None:
    client = app.test_client()
    with app.app_context():
        folder.translation(body="![শিবির](camp.jpg)\n")
        publish(story_with(folder, encoded((400, 300))))
    before = image_on(client)["src"]
    folder.write(f"{BESIDE}/camp.jpg", encoded((600, 300)))

    with app.app_context():
        assert publish(folder) == Outcome(unchanged=2, pictures=1)
        bangla = find("story", "health-camp", "bn")
        digest = db.session.scalar(sa.select(Picture.hash).where(Picture.width == 600))

    assert bangla
    assert f"/pictures/{digest}-600.webp" in bangla.html
    assert image_on(client)["src"] == f"/pictures/{digest}-600.webp" != before


def test_picture_replaced_by_one_that_is_known_shows(app: Flask, folder: Folder) -> None:
    with app.app_context():
        folder.write("stories/other/camp.jpg", encoded((600, 300)))
        folder.story("other", body=BODY)
        publish(story_with(folder, encoded((400, 300))))
        folder.write(f"{BESIDE}/camp.jpg", encoded((600, 300)))
        assert publish(folder) == Outcome(unchanged=2, pictures=1)

    assert image_on(app.test_client())["width"] == "600"


def test_bangla_picture_name_is_found_in_either_normal_form(app: Flask, folder: Folder) -> None:
    story_with(folder, encoded((400, 300)), "ব\u09dc-ছবি.jpg")
    with app.app_context():
        publish(folder)

    assert image_on(app.test_client())["width"] == "400"


def test_name_with_a_sign_of_html_is_linked(app: Flask, folder: Folder) -> None:
    folder.story(body='![1 > 0 & "quoted"](a&b.jpg)\n')
    folder.write(f"{BESIDE}/a&b.jpg", encoded((400, 300)))
    with app.app_context():
        publish(folder)

    image = image_on(app.test_client())
    assert (image["alt"], image["width"]) == ('1 > 0 & "quoted"', "400")


def test_picture_is_served_for_ever_and_can_do_nothing(app: Flask, folder: Folder) -> None:
    with app.app_context():
        publish(story_with(folder, encoded((400, 300))))
        size = db.session.execute(sa.select(PictureSize.hash, PictureSize.webp)).one()

    response = app.test_client().get(f"/pictures/{size.hash}-400.webp")

    assert response.data == size.webp
    headers = {
        name: response.headers[name]
        for name in (
            "Content-Type",
            "Cache-Control",
            "Content-Security-Policy",
            "X-Content-Type-Options",
        )
    }
    assert headers == {
        "Content-Type": "image/webp",
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "name", ["0" * 32 + "-400", "0-400", "%00-400", "A" * 32 + "-400", "x" * 32 + "-400"]
)
def test_unknown_picture_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/pictures/{name}.webp").status_code == 404


@pytest.mark.parametrize("width", ["401", "99999999999999999999", "0", "-1"])
def test_unknown_width_is_not_found(app: Flask, folder: Folder, width: str) -> None:
    with app.app_context():
        publish(story_with(folder, encoded((400, 300))))
        digest = db.session.scalar(sa.select(Picture.hash))

    client = app.test_client()

    assert client.get(f"/pictures/{digest}-400.webp").status_code == 200
    assert client.get(f"/pictures/{digest}-{width}.webp").status_code == 404


@pytest.mark.usefixtures("context")
def test_exported_picture_comes_back_unchanged(folder: Folder, tmp_path: Path) -> None:
    publish(story_with(folder, from_a_phone()))
    before = everything()

    assert export_documents(tmp_path / "out") == 2
    exported = (tmp_path / "out" / BESIDE / "camp.jpg").read_bytes()
    assert Image.open(io.BytesIO(exported)).size == (600, 1200)
    assert publish_folder(tmp_path / "out", by="test") == Outcome(unchanged=1)
    assert everything() == before


@pytest.mark.usefixtures("context")
def test_picture_taken_out_of_the_folder_stays_on_its_page(folder: Folder) -> None:
    publish(story_with(folder, encoded((400, 300))))
    folder.delete(f"{BESIDE}/camp.jpg")
    folder.story(body=BODY, title="Another title")

    assert publish(folder) == Outcome(changed=1)
    reading = find("story", "health-camp", "en")
    assert reading
    assert "-400.webp" in reading.html
