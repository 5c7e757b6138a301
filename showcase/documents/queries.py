"""Reading documents: published ones only, in the language asked for or the one there is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from showcase.db import db, now
from showcase.documents.models import (
    Document,
    DocumentPicture,
    DocumentText,
    Picture,
    Revision,
    SiteMark,
)
from showcase.documents.picture_links import Shown, linked, names_in
from showcase.text import nfc, slugify


@dataclass(frozen=True)
class Reading:
    """A document as one reader sees it.

    Attributes:
        html: Of the body, its pictures linked; empty on lists.
        language: Of the text, which is another than asked for where there is no translation.
        languages: In which the document can be read.
        is_outdated: A translation made from an earlier main text than the current one.
    """

    id: int
    kind: str
    slug: str
    fields: Any
    title: str
    summary: str
    html: str
    language: str
    languages: tuple[str, ...]
    published: date | None
    updated_at: datetime
    is_outdated: bool


def find(kind: str, slug: str, language: str) -> Reading | None:
    """The published document, or nothing."""
    slug = nfc(slug)
    if slug != slugify(slug):
        # No document is called so, and PostgreSQL refuses a NUL with an error.
        return None
    found = readings(kind, language, Document.slug == slug, with_html=True)
    return _with_pictures(found[0]) if found else None


def _with_pictures(reading: Reading) -> Reading:
    if not names_in(reading.html):
        return reading
    rows = db.session.execute(
        sa.select(DocumentPicture.name, Picture.hash, Picture.width, Picture.height)
        .join(Picture, Picture.hash == DocumentPicture.hash)
        .where(DocumentPicture.document_id == reading.id)
    ).tuples()
    shown = {name: Shown(digest, width, height) for name, digest, width, height in rows}
    return replace(reading, html=linked(reading.html, shown))


def readings(
    kind: str,
    language: str,
    *where: sa.ColumnElement[bool],
    limit: int | None = None,
    with_html: bool = False,
) -> list[Reading]:
    """Published documents of a kind, newest first. Two queries however many there are."""
    documents = db.session.scalars(
        sa.select(Document)
        .where(Document.kind == kind, is_visible(), *where)
        .order_by(Document.published.desc(), Document.slug)
        .limit(limit)
    ).all()
    texts = _texts([document.id for document in documents], with_html=with_html)
    return [_reading(document, texts[document.id], language) for document in documents]


def is_visible() -> sa.ColumnElement[bool]:
    """The one condition that lets a document be seen by readers."""
    return sa.and_(
        Document.status == "published",
        sa.or_(Document.publish_at.is_(None), Document.publish_at <= now()),
    )


def _texts(ids: Sequence[int], *, with_html: bool) -> dict[int, dict[str, sa.Row[Any]]]:
    html = DocumentText.html if with_html else sa.literal("").label("html")
    rows = db.session.execute(
        sa.select(
            DocumentText.document_id,
            DocumentText.language,
            DocumentText.title,
            DocumentText.summary,
            html,
            DocumentText.revision_id,
            Revision.made_from_id,
        )
        .join(Revision, Revision.id == DocumentText.revision_id)
        .where(DocumentText.document_id.in_(ids))
    )
    texts: dict[int, dict[str, sa.Row[Any]]] = {}
    for row in rows:
        texts.setdefault(row.document_id, {})[row.language] = row
    return texts


def _reading(document: Document, texts: dict[str, sa.Row[Any]], language: str) -> Reading:
    main = texts[document.language]
    text = texts.get(language, main)
    return Reading(
        id=document.id,
        kind=document.kind,
        slug=document.slug,
        fields=document.fields,
        title=text.title,
        summary=text.summary,
        html=text.html,
        language=text.language,
        languages=tuple(sorted(texts)),
        published=document.published,
        updated_at=document.updated_at,
        is_outdated=text.made_from_id is not None and text.made_from_id != main.revision_id,
    )


def table(kind: str) -> list[dict[str, Any]]:
    """The rows of a table document, none before its first publish."""
    rows = db.session.scalar(sa.select(Document.fields).where(Document.kind == kind))
    return list(rows or [])


def site_mark() -> int:
    """Moves at each publish."""
    return db.session.scalar(sa.select(SiteMark.value).where(SiteMark.name == "site")) or 0
