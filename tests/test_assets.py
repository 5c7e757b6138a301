"""Static files: named by their content, compressed once, kept by browsers for ever."""

import gzip
import hashlib
import os
import threading
from pathlib import Path

import brotli
import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from showcase.assets import SOURCE, STYLESHEET, build, joined_styles
from tests.conftest import AppMaker
from tests.pages import text_of

CSS = {
    "pages.css": "/* page */",
    "components/card.css": "/* card */",
    "components/badge.css": "/* badge */",
    "layout.css": "/* layout */",
    "base.css": "/* base */",
    "tokens.css": "/* tokens */",
}


@pytest.fixture
def engine() -> str:
    """The database plays no part in what is shown here."""
    return "sqlite"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    for name, text in CSS.items():
        write(folder / "css" / name, text)
    write(folder / "js/menu.js", "let open = false;")
    write(folder / "img/mark.svg", "<svg/>")
    write(folder / "vendor/VENDORED.md", "htmx")
    write(folder / "root/robots.txt", "User-agent: *")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def asset(app: Flask, name: str) -> str:
    with app.test_request_context("/en/"):
        return render_template_string("{{ asset(name) }}", name=name)


def test_styles_are_joined_once_in_the_order_of_their_layers(source: Path) -> None:
    joined = joined_styles(source / "css").decode()

    assert joined.split("\n") == [
        "/* tokens */",
        "/* base */",
        "/* layout */",
        "/* badge */",
        "/* card */",
        "/* page */",
    ]


def test_styles_of_few_pages_stand_alone(source: Path, tmp_path: Path) -> None:
    write(source / "css/pages/poster.css", "/* poster */")

    manifest = build(source, tmp_path / "built")

    assert "poster" not in joined_styles(source / "css").decode()
    served = tmp_path / "built" / manifest["css/pages/poster.css"]
    assert served.read_text() == "/* poster */"


def test_every_stylesheet_of_the_site_is_served(tmp_path: Path) -> None:
    joined = joined_styles(SOURCE / "css").decode()
    manifest = build(SOURCE, tmp_path / "built")

    missing = [
        path.name
        for path in SOURCE.glob("css/**/*.css")
        if path.read_text() not in joined and f"css/pages/{path.name}" not in manifest
    ]
    assert missing == []


def test_name_contains_the_hash_of_the_content(source: Path, tmp_path: Path) -> None:
    manifest = build(source, tmp_path / "built")

    content = (source / "js/menu.js").read_bytes()
    digest = hashlib.blake2b(content, digest_size=6).hexdigest()
    assert manifest["js/menu.js"] == f"js/menu.{digest}.js"
    assert (tmp_path / "built" / manifest["js/menu.js"]).read_bytes() == content


def test_what_people_read_and_what_stands_at_the_root_is_not_named_anew(
    source: Path, tmp_path: Path
) -> None:
    assert sorted(build(source, tmp_path / "built")) == [STYLESHEET, "img/mark.svg", "js/menu.js"]


@pytest.mark.parametrize("name", [STYLESHEET, "js/menu.js", "img/mark.svg"])
def test_both_compressed_forms_stand_beside_the_file(
    source: Path, tmp_path: Path, name: str
) -> None:
    built = tmp_path / "built"
    path = built / build(source, built)[name]

    assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == path.read_bytes()
    assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()


def test_built_again_nothing_is_written(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "built")
    files = [path for path in (tmp_path / "built").rglob("*") if path.is_file()]
    for path in files:
        os.utime(path, (1, 1))

    build(source, tmp_path / "built")

    assert {path.stat().st_mtime for path in files} == {1}


def test_changed_file_gets_another_name_and_the_old_one_stays(source: Path, tmp_path: Path) -> None:
    built = tmp_path / "built"
    before = build(source, built)
    write(source / "js/menu.js", "let open = true;")

    after = build(source, built)

    assert after["js/menu.js"] != before["js/menu.js"]
    assert after[STYLESHEET] == before[STYLESHEET]
    assert (built / before["js/menu.js"]).exists(), "a page in somebody's browser still asks for it"


def test_several_that_build_at_once_leave_whole_files(source: Path, tmp_path: Path) -> None:
    (source / "js/menu.js").write_bytes(os.urandom(200_000))
    built, faults = tmp_path / "built", []

    def build_one() -> None:
        try:
            build(source, built)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=build_one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    manifest = build(source, built)
    assert faults == []
    assert (built / manifest["js/menu.js"]).read_bytes() == (source / "js/menu.js").read_bytes()
    assert [path.name for path in built.rglob(".*")] == []


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_stylesheet_is_served_for_ever_in_the_encoding_asked_for(
    app: Flask, client: FlaskClient, accepted: str
) -> None:
    response = client.get(asset(app, STYLESHEET), headers={"Accept-Encoding": accepted})

    assert response.status_code == 200
    assert response.mimetype == "text/css"
    assert response.headers.get("Content-Encoding", "identity") == accepted
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert text_of(response) == joined_styles(SOURCE / "css").decode()


def test_asset_that_does_not_exist_breaks_the_template(app: Flask) -> None:
    with pytest.raises(KeyError, match="js/nowhere.js"):
        asset(app, "js/nowhere.js")


@pytest.mark.parametrize("path", ["/static/", "/static/css/site.css", "/static/../config.py"])
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.fixture
def own_source(source: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("showcase.assets.SOURCE", source)
    return source


def test_changed_file_shows_at_once_in_development(make: AppMaker, own_source: Path) -> None:
    app = make()
    before = asset(app, "js/menu.js")
    write(own_source / "js/menu.js", "let changed = 1;")

    after = asset(app, "js/menu.js")

    assert after != before
    assert app.test_client().get(after).text == "let changed = 1;"


def test_changed_file_waits_for_a_restart_in_production(make: AppMaker, own_source: Path) -> None:
    app = make(SHOWCASE_ENV="production", SHOWCASE_PUBLIC_URL="http://localhost")
    before = asset(app, "js/menu.js")
    write(own_source / "js/menu.js", "let changed = 1;")

    assert asset(app, "js/menu.js") == before
    assert app.test_client().get(before).text == "let open = false;"


def test_file_at_the_root_is_served_under_its_own_name(make: AppMaker, own_source: Path) -> None:
    response = make().test_client().get("/robots.txt")

    assert response.text == "User-agent: *"
    assert response.headers["Cache-Control"] == "max-age=60, public"
