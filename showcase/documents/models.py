"""Documents as rows: what they are, what they say in each language, every text they ever had."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from showcase.db import Model, UtcDateTime, now

# Where a revision came from.
FILES: Final = "files"
STUDIO: Final = "studio"

# Databases take some ten thousand values in a statement; long before, all rows come as fast.
_FEW: Final = 1_000


def among(column: Mapped[Any], values: Collection[object]) -> sa.ColumnElement[bool]:
    """That the column holds one of the values. Of more than a few, all rows are read instead."""
    return column.in_(values) if len(values) <= _FEW else sa.true()


class Document(Model):
    """A story, an event, a page, or a table such as the districts.

    ``fields`` is the checked data of its main file, as JSON; features keep what they search or
    count in tables of their own and make these anew at each publish.
    """

    __tablename__ = "documents"
    __table_args__ = (sa.UniqueConstraint("kind", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    slug: Mapped[str] = mapped_column(sa.String(120))
    status: Mapped[str] = mapped_column(sa.String(20))
    published: Mapped[date | None]
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(sa.String(2), doc="Of the main file.")
    fields: Mapped[dict[str, Any] | list[Any]] = mapped_column(sa.JSON)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class DocumentText(Model):
    """What a document says in one language now, and which file it was last read from."""

    __tablename__ = "document_texts"

    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(sa.String(2), primary_key=True)
    path: Mapped[str] = mapped_column(sa.String(200), doc="Below the content folder.")
    title: Mapped[str] = mapped_column(sa.String(300))
    summary: Mapped[str] = mapped_column(sa.String(600))
    html: Mapped[str] = mapped_column(sa.Text, doc="Of the body, clean; pictures by bare name.")
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revisions.id"))
    # The file as last imported or set aside; a file that still reads so has nothing new to say.
    file_hash: Mapped[str] = mapped_column(sa.String(64))


class Revision(Model):
    """One text a document had: byte for byte, by whom and when. Never changed, never deleted."""

    __tablename__ = "revisions"
    __table_args__ = (sa.UniqueConstraint("document_id", "language", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("documents.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(sa.String(2))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(sa.Text)
    origin: Mapped[str] = mapped_column(sa.String(10), doc="files or studio")
    by: Mapped[str] = mapped_column(sa.String(120))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # A translation's: the main text it was made from. Behind the current one, it is outdated.
    made_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("revisions.id"))


class Picture(Model):
    """A picture of a document, made anew in three widths; kept once however often it is used."""

    __tablename__ = "pictures"

    hash: Mapped[str] = mapped_column(sa.String(32), primary_key=True, doc="Of the file given.")
    width: Mapped[int] = mapped_column(doc="Of the widest that is kept; so is the height.")
    height: Mapped[int]


class PictureSize(Model):
    """One width of a picture, as it is served."""

    __tablename__ = "picture_sizes"

    hash: Mapped[str] = mapped_column(
        sa.ForeignKey("pictures.hash", ondelete="CASCADE"), primary_key=True
    )
    width: Mapped[int] = mapped_column(
        primary_key=True, doc="400, 800, 1600, or the picture's own."
    )
    webp: Mapped[bytes] = mapped_column(sa.LargeBinary)


class DocumentPicture(Model):
    """The name under which a document's Markdown shows a picture."""

    __tablename__ = "document_pictures"

    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    hash: Mapped[str] = mapped_column(sa.ForeignKey("pictures.hash"))


class SiteMark(Model):
    """A number that moves when what readers see has changed; the page cache watches it."""

    __tablename__ = "site_marks"

    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    value: Mapped[int]
