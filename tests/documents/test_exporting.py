"""``showcase export``: the same files come back, and make the same site elsewhere."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from showcase import migrations
from showcase.config import ROOT
from showcase.db import db, write
from showcase.documents.exporting import export_documents
from showcase.documents.models import DocumentText
from showcase.documents.publishing import Outcome, publish_folder
from showcase.documents.queries import readings
from tests.conftest import dispose, make_app
from tests.documents.folder import Folder, everything, publish

CONTENT = ROOT / "content"


def files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Flask]:
    """Another site with an empty database."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    app = make_app(f"sqlite:///{folder}/{uuid.uuid4().hex}.sqlite3", folder)
    with app.app_context():
        migrations.upgrade()
    yield app
    with app.app_context():
        dispose()


@pytest.mark.usefixtures("context")
def test_files_come_back_byte_for_byte(folder: Folder, tmp_path: Path) -> None:
    folder.districts("kurigram")
    folder.figures("pilots")
    folder.write(
        "figures.yaml", b"# How it began\r\n" + (folder.root / "figures.yaml").read_bytes()
    )
    folder.story(status="draft")
    folder.translation()
    crlf = folder.page("about").read_bytes().replace(b"\n", b"\r\n")
    folder.write("pages/about/index.md", b"\xef\xbb\xbf" + crlf)
    publish(folder)

    assert export_documents(tmp_path / "out") == 5
    assert files(tmp_path / "out") == files(folder.root)


@pytest.mark.usefixtures("context")
def test_export_published_again_changes_nothing(folder: Folder, tmp_path: Path) -> None:
    folder.story(body="Text.")
    folder.translation()
    publish(folder)
    before = everything()

    export_documents(tmp_path / "out")

    assert publish_folder(tmp_path / "out", by="test") == Outcome(unchanged=2)
    assert everything() == before


def test_launch_content_makes_the_same_site_elsewhere(
    app: Flask, elsewhere: Flask, tmp_path: Path
) -> None:
    with app.app_context():
        outcome = publish_folder(CONTENT, by="test")
        assert replace(outcome, warnings=[]) == Outcome(new=len(files(CONTENT)))
        export_documents(tmp_path / "first")
        here = shown()
    with elsewhere.app_context():
        publish_folder(tmp_path / "first", by="test")
        export_documents(tmp_path / "second")
        assert shown() == here

    assert files(tmp_path / "first") == files(CONTENT)
    assert files(tmp_path / "second") == files(CONTENT)


def shown() -> list[tuple[object, ...]]:
    return [
        (r.kind, r.slug, r.language, r.title, r.html, r.fields, r.published)
        for kind in ("story", "event", "page", "district", "figure")
        for language in ("bn", "en")
        for r in readings(kind, language, with_html=True)
    ]


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("path", ["../outside.md", "/outside.md", "stories/../../outside.md"])
def test_path_that_leads_out_of_the_folder_is_refused(
    folder: Folder, tmp_path: Path, path: str
) -> None:
    folder.story()
    publish(folder)
    with write() as session:
        session.execute(sa.update(DocumentText).values(path=path))

    with pytest.raises(ValueError, match="leads out of"):
        export_documents(tmp_path / "out")

    assert files(tmp_path / "out") == {}


@pytest.mark.usefixtures("context")
def test_link_in_the_target_leads_nowhere_else(folder: Folder, tmp_path: Path) -> None:
    folder.story()
    publish(folder)
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/stories").symlink_to(outside)

    with pytest.raises(ValueError, match="leads out of"):
        export_documents(tmp_path / "out")

    assert files(outside) == {}


@pytest.mark.usefixtures("context")
def test_empty_site_writes_nothing(tmp_path: Path) -> None:
    assert export_documents(tmp_path / "out") == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DocumentText)) == 0
