"""Checked texts become rows: documents, revisions, what is shown now. Inside one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.orm import Session, defer

from showcase.db import now
from showcase.documents.checking import Text
from showcase.documents.deriving import derive
from showcase.documents.models import (
    FILES,
    Document,
    DocumentPicture,
    DocumentText,
    Picture,
    PictureSize,
    Revision,
    SiteMark,
    among,
)
from showcase.documents.pictures import Prepared, Ready
from showcase.documents.reading import ContentFile, DocumentKey

_Place: TypeAlias = tuple[int, str]  # document and language


class _Shown(NamedTuple):
    """What readers see in one place."""

    revision_id: int
    file_hash: str
    source: str


def take_turn(session: Session, *, seen: int) -> bool:
    """Move the site's mark, unless somebody has since it was ``seen``.

    To be called first by whoever stores documents: it makes others wait for the end of this
    transaction, and then tells every process's page cache that the site reads differently.
    """
    moved = session.execute(
        sa.update(SiteMark)
        .where(SiteMark.name == "site", SiteMark.value == seen)
        .values(value=SiteMark.value + 1)
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]


class Storage:
    """Writes on behalf of one person, from one door (``files`` or ``studio``)."""

    def __init__(self, session: Session, *, by: str, origin: str) -> None:
        self.session = session
        self.by = by
        self.origin = origin

    def store(self, texts: Sequence[Text], html: Sequence[str], pictures: Prepared) -> None:
        """Make each text what readers see, with the HTML of its body.

        A text that says what its document says already gets no new revision.
        """
        slugs = {text.file.slug for text in texts} | {slug for _, slug, _ in pictures}
        documents = self._documents(slugs)
        self._store_documents([text for text in texts if text.is_main], documents)
        self._store_pictures(pictures, documents)
        before = self._shown([documents[text.file.key].id for text in texts])
        shown = dict(before)
        for is_main in (True, False):
            group = [text for text in texts if text.is_main is is_main]
            self._store_revisions(group, documents, shown)
        self._show(texts, html, documents, before, shown)
        derive(
            self.session,
            [(documents[text.file.key], text.fields) for text in texts if text.is_main],
            list(
                {documents[text.file.key].id: documents[text.file.key] for text in texts}.values()
            ),
        )

    def set_aside(self, files: Iterable[ContentFile]) -> None:
        """Remember that these files were seen and the studio's text was preferred."""
        for file in files:
            self.session.execute(
                sa.update(DocumentText)
                .where(DocumentText.path == file.path)
                .values(file_hash=file.hash)
            )

    def _documents(self, slugs: Collection[str]) -> dict[DocumentKey, Document]:
        wanted = sa.select(Document).where(among(Document.slug, slugs))
        rows = self.session.scalars(wanted.options(defer(Document.fields)))
        return {(row.kind, row.slug): row for row in rows}

    def _store_documents(
        self, mains: Iterable[Text], documents: dict[DocumentKey, Document]
    ) -> None:
        for text in mains:
            kind, slug = text.file.key
            document = documents.get((kind, slug))
            if document is None:
                document = documents[kind, slug] = Document(kind=kind, slug=slug)
                self.session.add(document)
            elif document.language != text.language:
                self._forget_languages(document, text.language)
            document.language = text.language
            document.status = getattr(text.fields, "status", "published")
            document.published = getattr(text.fields, "published", None)
            document.publish_at = getattr(text.fields, "publish_at", None)
            document.fields = _as_json(text.fields)
        self.session.flush()

    def _forget_languages(self, document: Document, language: str) -> None:
        """A main file that was Bangla and is English now says nothing in Bangla any more."""
        self.session.execute(
            sa.delete(DocumentText).where(
                DocumentText.document_id == document.id,
                DocumentText.language.in_([document.language, language]),
            )
        )

    def _store_revisions(
        self,
        texts: Sequence[Text],
        documents: Mapping[DocumentKey, Document],
        shown: dict[_Place, _Shown],
    ) -> None:
        """Main texts come first: a translation says which main text it was made from."""
        numbers = self._last_numbers([documents[text.file.key].id for text in texts])
        made: dict[_Place, tuple[Revision, Text]] = {}
        for text in texts:
            document = documents[text.file.key]
            place = document.id, text.language
            source = text.file.raw.decode("utf-8")
            if place not in shown or shown[place].source != source:
                main = shown.get((document.id, document.language))
                made_from = main.revision_id if main and not text.is_main else None
                number = numbers.get(place, 0) + 1
                made[place] = self._revision(place, number, source, made_from), text
                document.updated_at = now()
        self.session.add_all(revision for revision, _ in made.values())
        self.session.flush()
        for place, (revision, text) in made.items():
            # The studio's text comes from no file: the one seen last keeps its hash, so that it
            # is noticed when it changes.
            seen = shown[place].file_hash if place in shown else ""
            file_hash = text.file.hash if self.origin == FILES else seen
            shown[place] = _Shown(revision.id, file_hash, revision.source)

    def _shown(self, ids: Sequence[int]) -> dict[_Place, _Shown]:
        rows = self.session.execute(
            sa.select(
                DocumentText.document_id,
                DocumentText.language,
                DocumentText.revision_id,
                DocumentText.file_hash,
                Revision.source,
            )
            .join(Revision, Revision.id == DocumentText.revision_id)
            .where(among(DocumentText.document_id, ids))
        ).tuples()
        return {
            (document_id, language): _Shown(revision_id, file_hash, source)
            for document_id, language, revision_id, file_hash, source in rows
        }

    def _revision(self, place: _Place, number: int, source: str, made_from: int | None) -> Revision:
        return Revision(
            document_id=place[0],
            language=place[1],
            number=number,
            source=source,
            origin=self.origin,
            by=self.by,
            made_from_id=made_from,
        )

    def _last_numbers(self, ids: Sequence[int]) -> dict[_Place, int]:
        rows = self.session.execute(
            sa.select(Revision.document_id, Revision.language, sa.func.max(Revision.number))
            .where(among(Revision.document_id, ids))
            .group_by(Revision.document_id, Revision.language)
        ).tuples()
        return {(document_id, language): number for document_id, language, number in rows}

    def _show(
        self,
        texts: Sequence[Text],
        html: Sequence[str],
        documents: Mapping[DocumentKey, Document],
        before: Mapping[_Place, _Shown],
        shown: Mapping[_Place, _Shown],
    ) -> None:
        """All in two statements: one by one, a thousand texts take a second longer."""
        rows = [
            _row(text, body, (documents[text.file.key].id, text.language), shown)
            for text, body in zip(texts, html, strict=True)
        ]
        there = [row for row in rows if (row["document_id"], row["language"]) in before]
        new = [row for row in rows if (row["document_id"], row["language"]) not in before]
        if there:
            self.session.execute(sa.update(DocumentText), there)
        if new:
            self.session.execute(sa.insert(DocumentText), new)

    def _store_pictures(
        self, pictures: Prepared, documents: Mapping[DocumentKey, Document]
    ) -> None:
        kept = set(self.session.scalars(sa.select(Picture.hash))) if pictures else set()
        for (kind, slug, name), ready in pictures.items():
            if ready.hash not in kept:
                kept.add(ready.hash)
                self._store_picture(ready)
            document = documents[kind, slug]
            self.session.merge(DocumentPicture(document_id=document.id, name=name, hash=ready.hash))

    def _store_picture(self, ready: Ready) -> None:
        self.session.add(Picture(hash=ready.hash, width=ready.width, height=ready.height))
        self.session.flush()
        self.session.add_all(
            PictureSize(hash=ready.hash, width=width, webp=webp)
            for width, webp in ready.sizes.items()
        )


def _row(text: Text, html: str, place: _Place, shown: Mapping[_Place, _Shown]) -> dict[str, Any]:
    return {
        "document_id": place[0],
        "language": place[1],
        "path": text.file.path,
        "title": text.title,
        "summary": text.summary,
        "html": html,
        "revision_id": shown[place].revision_id,
        "file_hash": shown[place].file_hash,
    }


def _as_json(fields: object) -> dict[str, Any] | list[Any]:
    if isinstance(fields, BaseModel):
        return fields.model_dump(mode="json")
    rows: list[Any] = list(fields)  # type: ignore[call-overload]
    return [row.model_dump(mode="json") if isinstance(row, BaseModel) else row for row in rows]
