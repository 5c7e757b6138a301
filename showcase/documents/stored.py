"""What the database has before a publish, to compare the files with.

The reads end before pictures and Markdown are worked on: PostgreSQL closes a connection that
does nothing inside a transaction for long.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from showcase.db import db
from showcase.documents.blocks import Steps, WidgetRef
from showcase.documents.checking import keys_of
from showcase.documents.kinds import Kind, Reference, kind_called
from showcase.documents.models import (
    STUDIO,
    Document,
    DocumentPicture,
    DocumentText,
    Picture,
    Revision,
)
from showcase.documents.queries import site_mark, table
from showcase.documents.reading import ContentFile, DocumentKey, PictureKey
from showcase.documents.render import split_on_widgets


@dataclass(frozen=True)
class StoredText:
    """A text as readers see it now.

    Attributes:
        source: Read only where the studio has changed the text since its file was imported.
    """

    file_hash: str
    origin: str
    source: str

    @property
    def raw(self) -> bytes:
        return self.source.encode()


@dataclass(frozen=True)
class Stored:
    """All documents, as far as a publish has to know them.

    Attributes:
        mark: The site's; another one at the end means that somebody published meanwhile.
        texts: By path.
        languages: Of the main texts.
        known: What documents may mention, by kind.
        pictures: Which content each picture's name stands for.
        picture_hashes: Every content that is kept.
    """

    mark: int
    texts: dict[str, StoredText] = field(default_factory=dict)
    languages: dict[DocumentKey, str] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)
    pictures: dict[PictureKey, str] = field(default_factory=dict)
    picture_hashes: set[str] = field(default_factory=set)


def read_stored() -> Stored:
    # The mark first: what changes after it was read is noticed.
    stored = Stored(
        mark=site_mark(),
        texts=_texts(),
        languages=_languages(),
        pictures=_pictures(),
        picture_hashes=set(db.session.scalars(sa.select(Picture.hash))),
    )
    for name, slug in stored.languages:
        kind = kind_called(name)
        stored.known.setdefault(name, set()).update(_keys(kind, slug))
    db.session.rollback()
    return stored


def _keys(kind: Kind, slug: str) -> set[str]:
    return set(keys_of(kind, slug, table(kind.name) if kind.is_table else None))


def _texts() -> dict[str, StoredText]:
    source = sa.case((Revision.origin == STUDIO, Revision.source), else_="")
    rows = db.session.execute(
        sa.select(DocumentText.path, DocumentText.file_hash, Revision.origin, source).join(
            Revision, Revision.id == DocumentText.revision_id
        )
    ).tuples()
    return {path: StoredText(file_hash, origin, source) for path, file_hash, origin, source in rows}


def _languages() -> dict[DocumentKey, str]:
    rows = db.session.execute(sa.select(Document.kind, Document.slug, Document.language)).tuples()
    return {(kind, slug): language for kind, slug, language in rows}


def _pictures() -> dict[PictureKey, str]:
    rows = db.session.execute(
        sa.select(Document.kind, Document.slug, DocumentPicture.name, DocumentPicture.hash).join(
            DocumentPicture, DocumentPicture.document_id == Document.id
        )
    ).tuples()
    return {(kind, slug, name): hash_ for kind, slug, name, hash_ in rows}


def stored_files() -> list[ContentFile]:
    """Every text as a file with the source that readers see now."""
    rows = db.session.execute(
        sa.select(
            Document.kind,
            Document.slug,
            Document.language,
            DocumentText.language,
            DocumentText.path,
            Revision.source,
        )
        .join(DocumentText, DocumentText.document_id == Document.id)
        .join(Revision, Revision.id == DocumentText.revision_id)
        .order_by(DocumentText.path)
    ).tuples()
    files = [
        ContentFile(
            shown_path=path,
            path=path,
            kind=kind_called(kind),
            slug=slug,
            language="" if language == main_language else language,
            raw=source.encode(),
        )
        for kind, slug, main_language, language, path, source in rows
    ]
    db.session.rollback()
    return files


def stored_records(key: DocumentKey) -> int:
    """How many records a document has; none where it is not there."""
    fields = stored_fields(key)
    return kind_called(key[0]).count_records(fields) if fields is not None else 0


def stored_fields(key: DocumentKey) -> Any:
    """The data of a document; None where it is not there."""
    kind = kind_called(key[0])
    fields = db.session.scalar(
        sa.select(Document.fields).where(Document.kind == key[0], Document.slug == key[1])
    )
    return kind.main.model_validate(fields) if fields else None


def stored_references() -> Iterator[tuple[DocumentKey, str, Reference]]:
    """What every document mentions in its front matter, each with its document and path."""
    is_main = sa.and_(
        DocumentText.document_id == Document.id, DocumentText.language == Document.language
    )
    rows = db.session.execute(
        sa.select(Document.kind, Document.slug, DocumentText.path, Document.fields).join(
            DocumentText, is_main
        )
    ).tuples()
    for name, slug, path, fields in rows:
        kind = kind_called(name)
        if not kind.is_table:
            for reference in kind.references(kind.main.model_validate(fields)):
                yield (name, slug), path, reference


def stored_widgets(
    kind: str, *where: sa.ColumnElement[bool]
) -> Iterator[tuple[DocumentKey, str, WidgetRef]]:
    """The blocks ``:::tcv`` or ``:::figure`` of every text, each with its document and path."""
    for key, path, piece in _stored_pieces(kind, *where):
        if isinstance(piece, WidgetRef) and piece.kind == kind:
            yield key, path, piece


def stored_steps(*where: sa.ColumnElement[bool]) -> Iterator[tuple[DocumentKey, str, Steps]]:
    """The blocks ``:::steps before`` and ``:::steps after`` in the same way."""
    for key, path, piece in _stored_pieces("steps", *where):
        if isinstance(piece, Steps):
            yield key, path, piece


def _stored_pieces(
    kind: str, *where: sa.ColumnElement[bool]
) -> Iterator[tuple[DocumentKey, str, str | WidgetRef | Steps]]:
    rows = db.session.execute(
        sa.select(Document.kind, Document.slug, DocumentText.path, DocumentText.html)
        .join(DocumentText, DocumentText.document_id == Document.id)
        .where(DocumentText.html.contains(f'kind="{kind}"'), *where)
    ).tuples()
    for name, slug, path, html in rows:
        for piece in split_on_widgets(html):
            yield (name, slug), path, piece
