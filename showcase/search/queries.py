"""What a query finds: the same documents in the same order on either database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from showcase.db import db
from showcase.documents.models import Document
from showcase.documents.queries import is_visible
from showcase.search.models import WORDS, SearchEntry, SearchText
from showcase.search.words import asked_words

# More than anybody asks for; the rest of a long query is left out, and said to be.
MOST_WORDS: Final = 12


@dataclass(frozen=True)
class Hit:
    """Something found: what it is, and its title and text per language."""

    kind: str
    key: str
    texts: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Hits:
    """One page of what was found, and how much there is in all."""

    hits: tuple[Hit, ...]
    total: int


def find(query: str, *, start: int = 0, count: int = 20) -> Hits:
    """Everything that has all words of the query, or words that begin so, in either language.

    Those that have them in the title come first, then the newest. Two queries; one more for a
    page beyond the last.
    """
    words = asked_words(query)[:MOST_WORDS]
    if not words:
        return Hits((), 0)
    found = _found(words)
    page = db.session.execute(
        found.add_columns(sa.func.count().over().label("total"))
        .order_by(
            sa.desc("in_title"),
            sa.nulls_last(SearchEntry.published.desc()),
            *(sa.collate(column, _bytewise()) for column in (SearchEntry.kind, SearchEntry.key)),
        )
        .offset(start)
        .limit(count)
    ).all()
    if not page:
        counted = sa.select(sa.func.count()).select_from(found.subquery())
        return Hits((), db.session.scalar(counted) or 0)
    texts = _texts([row.id for row in page])
    return Hits(tuple(Hit(row.kind, row.key, texts[row.id]) for row in page), page[0].total)


def ids_of_stories(query: str) -> list[int] | None:
    """The documents of the stories that a query finds; None where it has no words."""
    words = asked_words(query)[:MOST_WORDS]
    if not words:
        return None
    return list(
        db.session.scalars(
            sa.select(SearchEntry.document_id).where(
                SearchEntry.kind == "story", SearchEntry.id.in_(_having(words, "everything"))
            )
        )
    )


def _found(words: Sequence[str]) -> sa.Select[Any]:
    in_title = sa.case((SearchEntry.id.in_(_having(words, "title")), 1), else_=0).label("in_title")
    return (
        sa.select(SearchEntry.id, SearchEntry.kind, SearchEntry.key, in_title)
        .join(Document, Document.id == SearchEntry.document_id)
        .where(is_visible(), SearchEntry.id.in_(_having(words, "everything")))
    )


def _bytewise() -> str:
    """The order of the bytes: PostgreSQL's own depends on where it was set up."""
    return "BINARY" if db.engine.dialect.name == "sqlite" else "C"


def _having(words: Sequence[str], column: str) -> sa.Select[tuple[int]]:
    """Rows with every word. The words hold letters, digits and marks only: nothing to escape."""
    rows = sa.select(WORDS.c.rowid)
    if db.engine.dialect.name == "sqlite":
        asked = f"{column} : (" + " AND ".join(f'"{word}"*' for word in words) + ")"
        return rows.where(sa.literal_column("search_words").op("MATCH")(asked))
    asked = " & ".join(f"'{word}':*" for word in words)
    return rows.where(WORDS.c[column].op("@@")(sa.cast(asked, _TSQUERY)))


class _TsQuery(sa.types.UserDefinedType[str]):
    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        return "tsquery"


_TSQUERY: Final = _TsQuery()


def _texts(ids: Sequence[int]) -> dict[int, dict[str, tuple[str, str]]]:
    texts: dict[int, dict[str, tuple[str, str]]] = {one: {} for one in ids}
    rows = db.session.execute(
        sa.select(
            SearchText.entry_id, SearchText.language, SearchText.title, SearchText.text
        ).where(SearchText.entry_id.in_(ids))
    ).tuples()
    for entry_id, language, title, text in rows:
        texts[entry_id][language] = (title, text)
    return texts
