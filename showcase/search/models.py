"""What can be found: an entry for each document and district, its texts, and an index of words.

The index is the database's own: FTS5 on SQLite, ``tsvector`` on PostgreSQL. Both are given words
that ``words.py`` has cut and folded, so that both find the same.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from showcase.db import Model


class SearchEntry(Model):
    """Something that a search finds. A district's document is the table of all districts."""

    __tablename__ = "search_entries"
    __table_args__ = (sa.UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(sa.String(20))
    key: Mapped[str] = mapped_column(sa.String(120))
    published: Mapped[date | None]


class SearchText(Model):
    """What an entry says in one language, as plain text: for the words around what was found."""

    __tablename__ = "search_texts"

    entry_id: Mapped[int] = mapped_column(
        sa.ForeignKey("search_entries.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(sa.String(2), primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str] = mapped_column(sa.Text)


# Not a model: a virtual table of SQLite, and another kind of table on PostgreSQL.
WORDS = sa.table(
    "search_words",
    sa.column("rowid", sa.Integer),
    sa.column("title", sa.Text),
    sa.column("everything", sa.Text),
)
