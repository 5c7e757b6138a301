"""Keep the index of words in step with the documents, inside the publish transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.documents.kinds import kind_called
from showcase.documents.models import Document, DocumentText
from showcase.search.models import WORDS, SearchEntry, SearchText
from showcase.search.words import index_text, plain_text

# Kinds of document that a reader looks for; the districts are rows of one document.
DISTRICT: Final = "district"
KINDS: Final = ("story", "event", "page")
# Databases take some ten thousand values in a statement.
_AT_ONCE: Final = 500


@dataclass(frozen=True)
class _Found:
    """What is to be found: its words per language, title first, and others it is known by."""

    entry: SearchEntry
    texts: dict[str, tuple[str, str]]
    also: str = ""


def index(session: Session, documents: Sequence[Document]) -> None:
    """Index these documents anew."""
    names = _district_names(session)
    for start in range(0, len(documents), _AT_ONCE):
        _index(session, documents[start : start + _AT_ONCE], names)


def _index(session: Session, documents: Sequence[Document], names: Mapping[str, str]) -> None:
    _forget(session, [document.id for document in documents])
    found = [*_documents(session, documents, names)]
    for document in documents:
        if document.kind == DISTRICT:
            found += _districts(document)
    session.add_all(one.entry for one in found)
    session.flush()
    _store(session, found)


def _documents(
    session: Session, documents: Sequence[Document], names: Mapping[str, str]
) -> Iterator[_Found]:
    wanted = [document for document in documents if document.kind in KINDS]
    texts = _texts(session, [document.id for document in wanted])
    for document in wanted:
        entry = SearchEntry(
            document_id=document.id,
            kind=document.kind,
            key=document.slug,
            published=document.published,
        )
        yield _Found(entry, texts.get(document.id, {}), " ".join(_also(document, names)))


def _texts(session: Session, ids: Sequence[int]) -> dict[int, dict[str, tuple[str, str]]]:
    texts: dict[int, dict[str, tuple[str, str]]] = {}
    columns = DocumentText.title, DocumentText.summary, DocumentText.html
    rows = session.execute(
        sa.select(DocumentText.document_id, DocumentText.language, *columns).where(
            DocumentText.document_id.in_(ids)
        )
    ).tuples()
    for document_id, language, title, summary, html in rows:
        texts.setdefault(document_id, {})[language] = (title, f"{summary} {plain_text(html)}")
    return texts


def _also(document: Document, names: Mapping[str, str]) -> Iterator[str]:
    """Its district by name, and what its kind says."""
    if isinstance(document.fields, dict):
        yield names.get(str(document.fields.get("district")), "")
        yield from kind_called(document.kind).keywords(document.fields)


def _districts(document: Document) -> Iterator[_Found]:
    rows: list[Any] = list(document.fields)
    for row in rows:
        entry = SearchEntry(document_id=document.id, kind=DISTRICT, key=row["key"])
        yield _Found(entry, {"bn": (row["name_bn"], ""), "en": (row["name_en"], "")}, row["key"])


def _district_names(session: Session) -> dict[str, str]:
    """All names of each, by key."""
    rows = session.scalar(sa.select(Document.fields).where(Document.kind == DISTRICT)) or []
    return {row["key"]: f"{row['name_bn']} {row['name_en']}" for row in rows}


def _forget(session: Session, document_ids: Sequence[int]) -> None:
    old = sa.select(SearchEntry.id).where(SearchEntry.document_id.in_(document_ids))
    session.execute(sa.delete(WORDS).where(WORDS.c.rowid.in_(old)))
    session.execute(sa.delete(SearchText).where(SearchText.entry_id.in_(old)))
    session.execute(sa.delete(SearchEntry).where(SearchEntry.document_id.in_(document_ids)))


def _store(session: Session, found: Sequence[_Found]) -> None:
    texts = [
        {"entry_id": one.entry.id, "language": language, "title": title, "text": text}
        for one in found
        for language, (title, text) in one.texts.items()
    ]
    words = [
        {
            "rowid": one.entry.id,
            "title": index_text(*(title for title, _ in one.texts.values())),
            "everything": index_text(one.also, *(f"{a} {b}" for a, b in one.texts.values())),
        }
        for one in found
    ]
    if texts:
        session.execute(sa.insert(SearchText), texts)
    if words:
        session.execute(_insert_words(session), words)


def _insert_words(session: Session) -> sa.Insert:
    """Words that are cut already: PostgreSQL's own parser would cut them once more."""
    if session.get_bind().dialect.name == "sqlite":
        return sa.insert(WORDS)
    cut = [
        sa.func.array_to_tsvector(sa.func.string_to_array(sa.bindparam(column), " "))
        for column in ("title", "everything")
    ]
    return sa.insert(WORDS).values(rowid=sa.bindparam("rowid"), title=cut[0], everything=cut[1])
