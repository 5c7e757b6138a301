"""Keep the events' own rows in step with their documents."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from showcase.documents.models import Document
from showcase.events.fields import EventFields
from showcase.events.models import Event
from showcase.registrations.actions import set_pool


def project(session: Session, documents: Sequence[tuple[Document, EventFields]]) -> None:
    """Write the events' rows and the sizes of their seat pools, inside the publish transaction."""
    for document, fields in documents:
        _project(session, document, fields)


def _project(session: Session, document: Document, fields: EventFields) -> None:
    registration = fields.registration
    session.merge(
        Event(
            id=document.id,
            slug=document.slug,
            kind=fields.kind,
            district=fields.district,
            starts=fields.starts,
            ends=fields.ends,
            announced=fields.state,
            opens=registration.opens if registration else None,
            closes=registration.closes if registration else None,
            party_max=registration.party_max if registration else None,
        )
    )
    session.flush()
    if registration:
        set_pool(
            session,
            event_id=document.id,
            capacity=registration.seats,
            held=registration.held_for_walk_ins,
        )
