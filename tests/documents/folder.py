"""A content folder to publish, the least that each kind of document needs already in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from showcase.db import db
from showcase.documents.models import Document, DocumentText, Revision
from showcase.documents.problems import DocumentError
from showcase.documents.publishing import Outcome, publish_folder

SUMMARY = "Officers go to the village instead of asking farmers to come."
_PUBLISHED = {"status": "published", "published": "2026-03-01"}
_STORY = {
    "language": "en",
    "title": "Animal health camp",
    "summary": SUMMARY,
    "sector": "livestock",
    "stage": "piloting",
    "delivery": "doorstep",
    "pain_points": "[distance]",
    "funding": "unknown",
    "sources": "[{title: A study}]",
    **_PUBLISHED,
}
_EVENT = {
    "language": "en",
    "title": "Kurigram Innovation Fair",
    "summary": SUMMARY,
    "kind": "fair",
    "venue": "{name: College Field}",
    "starts": "2090-01-14 09:00",
    "ends": "2090-01-16 18:00",
    **_PUBLISHED,
}
_PAGE = {"language": "en", "title": "About the site", "summary": SUMMARY, **_PUBLISHED}
_TRANSLATION = {"title": "গ্রামেই পশু চিকিৎসা", "summary": "কর্মকর্তারাই গ্রামে যান, কৃষককে আর আসতে হয় না।"}
TCV = "[{service: Treating cattle, source: A study, before: {time: 2 days}, after: {time: 1 days}}]"


class Folder:
    """Files below ``root``; a key set to None is left out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def write(self, path: str, content: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def story(self, slug: str = "health-camp", body: str = "", **keys: str | None) -> Path:
        return self.write(f"stories/{slug}/index.md", document({**_STORY, **keys}, body))

    def event(self, slug: str = "fair", body: str = "", **keys: str | None) -> Path:
        return self.write(f"events/{slug}/index.md", document({**_EVENT, **keys}, body))

    def page(self, slug: str = "about", body: str = "", **keys: str | None) -> Path:
        return self.write(f"pages/{slug}/index.md", document({**_PAGE, **keys}, body))

    def translation(
        self, of: str = "stories/health-camp", code: str = "bn", body: str = "", **keys: str | None
    ) -> Path:
        return self.write(f"{of}/index.{code}.md", document({**_TRANSLATION, **keys}, body))

    def districts(self, *keys: str) -> Path:
        rows = [f"{key},BD-{n:02},dhaka,{key},{key},{n},0" for n, key in enumerate(keys)]
        header = "key,iso,division,name_en,name_bn,x,y"
        return self.write("districts.csv", "\n".join([header, *rows, ""]))

    def figures(self, *keys: str) -> Path:
        rows = [
            f"- {{key: {key}, phase: execution, value: 7, label: {{en: pilots}}, "
            "as_of: unknown, source: {en: A page}}\n"
            for key in keys
        ]
        return self.write("figures.yaml", "".join(rows))


def document(keys: dict[str, str | None], body: str = "") -> str:
    lines = [f"{key}: {value}" for key, value in keys.items() if value is not None]
    return "\n".join(["---", *lines, "---", body])


def publish(folder: Folder, **options: Any) -> Outcome:
    return publish_folder(folder.root, by="test", **options)


def refused(folder: Folder, **options: Any) -> list[str]:
    """What a publish complains about, paths as below the content folder."""
    with pytest.raises(DocumentError) as caught:
        publish(folder, **options)
    return [str(problem).removeprefix(f"{folder.root}/") for problem in caught.value.problems]


def everything() -> dict[str, list[Any]]:
    """Every row of the database."""
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(sa.select(table)).all()))
        for table in db.metadata.sorted_tables
    }


def sources(path: str) -> list[tuple[str, int, str]]:
    """The revisions of the document at a path, as origin, number and source, oldest first."""
    db.session.rollback()
    document_id = (
        sa.select(DocumentText.document_id).where(DocumentText.path == path).scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Revision.origin, Revision.number, Revision.source)
        .where(Revision.document_id == document_id)
        .order_by(Revision.id)
    )
    return list(rows.tuples())


def slugs(kind: str) -> list[str]:
    db.session.rollback()
    return list(
        db.session.scalars(
            sa.select(Document.slug).where(Document.kind == kind).order_by(Document.slug)
        )
    )


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The questions that the block asks the database."""
    asked: list[str] = []

    def note(*event: object) -> None:
        statement = str(event[2])
        if statement.startswith("SELECT"):
            asked.append(statement)

    db.session.rollback()
    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
