"""``showcase export``: every document back as files, byte for byte as it was published."""

from pathlib import Path

import sqlalchemy as sa

from showcase.db import db
from showcase.documents.kinds import kind_called
from showcase.documents.models import (
    Document,
    DocumentPicture,
    DocumentText,
    PictureSize,
    Revision,
)


def export_documents(target: Path) -> int:
    """Write all documents and pictures below ``target``; how many files were written.

    Pictures come as they are kept (WebP, at most 1600 pixels wide) under the names that the
    Markdown uses: a reader of files looks at the content, not at the ending.
    """
    return _export_texts(target) + _export_pictures(target)


def _export_texts(target: Path) -> int:
    rows = db.session.execute(
        sa.select(DocumentText.path, Revision.source).join(
            Revision, Revision.id == DocumentText.revision_id
        )
    ).all()
    for path, source in rows:
        _write(target, path, source.encode("utf-8"))
    return len(rows)


def _export_pictures(target: Path) -> int:
    largest = (
        sa.select(PictureSize.hash, sa.func.max(PictureSize.width).label("width"))
        .group_by(PictureSize.hash)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Document.kind, Document.slug, DocumentPicture.name, PictureSize.webp)
        .join(DocumentPicture, DocumentPicture.document_id == Document.id)
        .join(largest, largest.c.hash == DocumentPicture.hash)
        .join(
            PictureSize,
            sa.and_(PictureSize.hash == largest.c.hash, PictureSize.width == largest.c.width),
        )
    ).all()
    for kind, slug, name, webp in rows:
        _write(target, f"{kind_called(kind).folder}/{slug}/{name}", webp)
    return len(rows)


def _write(target: Path, below: str, content: bytes) -> None:
    path = (target / below).resolve()
    # Paths come from the database, and a link in the target may lead anywhere.
    if not path.is_relative_to(target.resolve()):
        raise ValueError(f"{below} leads out of {target}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
