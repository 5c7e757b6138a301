"""Checked texts become rows: documents, revisions, what is shown now. Inside one transaction."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.orm import Session

from showcase.db import now
from showcase.documents.checking import Text
from showcase.documents.models import (
    Document,
    DocumentPicture,
    DocumentText,
    Picture,
    PictureSize,
    Revision,
    SiteMark,
)
from showcase.documents.pictures import Prepared, Ready, linked
from showcase.documents.reading import ContentFile

DocumentKey = tuple[str, str]


class Storage:
    """Writes on behalf of one person, from one door (``files`` or ``studio``)."""

    def __init__(self, session: Session, *, by: str, origin: str) -> None:
        self.session = session
        self.by = by
        self.origin = origin

    def store_texts(self, texts: Sequence[Text], html: Sequence[str], pictures: Prepared) -> None:
        documents = self._store_documents([text for text in texts if text.is_main])
        self._store_pictures(pictures, documents)
        revisions = self._store_revisions(texts, documents)
        for text, revision, body in zip(texts, revisions, html, strict=True):
            own = {n: r for (k, s, n), r in pictures.items() if (k, s) == _key(text.file)}
            self._show(text, revision, linked(body, own) if own else body)
        self.session.flush()
        for text in texts:
            if text.is_main:
                text.file.kind.project(self.session, documents[_key(text.file)], text.fields)

    def _store_documents(self, mains: Iterable[Text]) -> dict[DocumentKey, Document]:
        documents = {(d.kind, d.slug): d for d in self.session.scalars(sa.select(Document))}
        for text in mains:
            key = _key(text.file)
            document = documents.get(key)
            if document is None:
                document = documents[key] = Document(kind=key[0], slug=key[1])
                self.session.add(document)
            self._forget_old_language(document, text.language)
            document.language = text.language
            document.status = getattr(text.fields, "status", "published")
            document.published = getattr(text.fields, "published", None)
            document.publish_at = getattr(text.fields, "publish_at", None)
            document.fields = _as_json(text.fields)
            document.updated_at = now()
        self.session.flush()
        return documents

    def _forget_old_language(self, document: Document, language: str) -> None:
        """A main file that was Bangla and is English now says nothing in Bangla any more."""
        if document.id and document.language != language:
            self.session.execute(
                sa.delete(DocumentText).where(
                    DocumentText.document_id == document.id,
                    DocumentText.language.in_([document.language, language]),
                )
            )

    def _store_revisions(
        self, texts: Sequence[Text], documents: dict[DocumentKey, Document]
    ) -> list[Revision]:
        """Main texts first: a translation says which main text it was made from."""
        last = self._last_numbers()
        current_main = self._current_main_revisions()
        made: dict[int, Revision] = {}
        for is_main in (True, False):
            for index, text in enumerate(texts):
                if text.is_main is is_main:
                    document = documents[_key(text.file)]
                    number = last.get((document.id, text.language), 0) + 1
                    revision = self._revision(text, document.id, number)
                    if not is_main:
                        revision.made_from_id = current_main.get(document.id)
                    made[index] = revision
            self.session.add_all(made.values())
            self.session.flush()
            if is_main:
                current_main |= {revision.document_id: revision.id for revision in made.values()}
        return [made[index] for index in range(len(texts))]

    def _revision(self, text: Text, document_id: int, number: int) -> Revision:
        return Revision(
            document_id=document_id,
            language=text.language,
            number=number,
            source=text.file.raw.decode("utf-8"),
            origin=self.origin,
            by=self.by,
        )

    def _last_numbers(self) -> dict[tuple[int, str], int]:
        rows = self.session.execute(
            sa.select(
                Revision.document_id, Revision.language, sa.func.max(Revision.number)
            ).group_by(Revision.document_id, Revision.language)
        )
        return {(document_id, language): number for document_id, language, number in rows}

    def _current_main_revisions(self) -> dict[int, int]:
        rows = self.session.execute(
            sa.select(DocumentText.document_id, DocumentText.revision_id).join(
                Document,
                sa.and_(
                    Document.id == DocumentText.document_id,
                    Document.language == DocumentText.language,
                ),
            )
        )
        return dict(rows.tuples().all())

    def _show(self, text: Text, revision: Revision, html: str) -> None:
        """Make the revision what readers see in its language."""
        self.session.merge(
            DocumentText(
                document_id=revision.document_id,
                language=text.language,
                path=text.file.path,
                title=text.title,
                summary=text.summary,
                html=html,
                revision_id=revision.id,
                file_hash=text.file.hash,
            )
        )

    def _store_pictures(self, pictures: Prepared, documents: dict[DocumentKey, Document]) -> None:
        stored = set(self.session.scalars(sa.select(Picture.hash))) if pictures else set()
        for (kind, slug, name), ready in pictures.items():
            if ready.hash not in stored:
                stored.add(ready.hash)
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

    def set_aside(self, files: Iterable[ContentFile]) -> None:
        """Remember that these files were seen and the studio's text was preferred."""
        for file in files:
            self.session.execute(
                sa.update(DocumentText)
                .where(DocumentText.path == file.path)
                .values(file_hash=file.hash)
            )

    def move_mark(self) -> None:
        """Tell every process's page cache that the site reads differently now."""
        self.session.execute(
            sa.update(SiteMark).where(SiteMark.name == "site").values(value=SiteMark.value + 1)
        )


def _key(file: ContentFile) -> DocumentKey:
    return file.kind.name, file.slug


def _as_json(fields: object) -> dict[str, object] | list[object]:
    if isinstance(fields, list):
        return [
            row.model_dump(mode="json") if isinstance(row, BaseModel) else row for row in fields
        ]
    assert isinstance(fields, BaseModel)  # noqa: S101 - a kind's schema, by its declaration
    return fields.model_dump(mode="json")
