"""Events to register for."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from showcase.db import write
from showcase.documents.models import Document, DocumentText, Revision
from showcase.events.actions import project
from showcase.events.fields import EventFields


def make_event(
    app: Flask, slug: str = "kurigram-fair", *, seats: int = 5, held: int = 0, **fields: Any
) -> int:
    """Publish an event that takes registrations; other keys of its front matter as keywords."""
    with app.app_context():
        return _stored_event(slug, _fields(seats, held, fields))


def _fields(seats: int, held: int, changed: dict[str, Any]) -> EventFields:
    usual = {
        "opens": "2020-01-01",
        "closes": "2090-01-13 18:00",
        "seats": str(seats),
        "held_for_walk_ins": str(held),
    }
    asked: dict[str, str] | None = changed.pop("registration", {})
    registration = None if asked is None else {**usual, **asked}
    return EventFields.model_validate(
        {
            "language": "en",
            "title": "Kurigram Fair",
            "summary": "Officers of the district show what they made better.",
            "status": "published",
            "published": "2026-01-01",
            "kind": "fair",
            "venue": {
                "name": {"en": "College Field", "bn": "কলেজ মাঠ"},
                "address": {"en": "College Road", "bn": "কলেজ রোড"},
                "lat": "25.81",
                "lon": "89.64",
            },
            "starts": "2090-01-14 09:00",
            "ends": "2090-01-16 18:00",
            "organiser": "District Administration",
            "registration": registration,
            **changed,
        },
        context={"language": "en"},
    )


def _stored_event(slug: str, fields: EventFields) -> int:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with write() as session:
        document = Document(
            kind="event",
            slug=slug,
            status="published",
            published=fields.published,
            publish_at=None,
            language="en",
            fields=fields.model_dump(mode="json"),
            updated_at=at,
        )
        session.add(document)
        session.flush()
        for language, title in (("en", fields.title), ("bn", "কুড়িগ্রাম মেলা")):
            _add_text(session, document.id, language, title, fields.summary)
        project(session, [(document, fields)])
        return document.id


def _add_text(session: Session, document_id: int, language: str, title: str, summary: str) -> None:
    revision = Revision(
        document_id=document_id,
        language=language,
        number=1,
        source="",
        origin="files",
        by="test",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    session.add(revision)
    session.flush()
    session.add(
        DocumentText(
            document_id=document_id,
            language=language,
            path=f"events/{language}.md",
            title=title,
            summary=summary,
            html="",
            revision_id=revision.id,
            file_hash="",
        )
    )
