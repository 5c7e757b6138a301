"""Keep the events' own rows in step with their documents, and tell visitors what changed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.orm import Session

from showcase.db import now
from showcase.documents.models import Document
from showcase.events.changes import Plan, owed, sequence_after
from showcase.events.fields import EventFields
from showcase.events.models import Event
from showcase.registrations import sizing
from showcase.registrations.seats.pools import EVENT, PoolSize

_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


def project(session: Session, documents: Sequence[tuple[Document, EventFields]]) -> None:
    """Write the events' rows and the sizes of their seat pools, inside the publish transaction."""
    for document, fields in documents:
        _project(session, document, fields)


def _project(session: Session, document: Document, fields: EventFields) -> None:
    registration = fields.registration
    known = session.get(Event, document.id)
    old = Plan(known.starts, known.ends, known.announced) if known else None
    new = Plan(fields.starts, fields.ends, fields.state)
    sequence = sequence_after(known.sequence if known else 0, old, new)
    session.merge(
        Event(
            id=document.id,
            slug=document.slug,
            kind=fields.kind,
            district=fields.district,
            series=fields.series,
            starts=fields.starts,
            ends=fields.ends,
            announced=fields.state,
            sequence=sequence,
            opens=registration.opens if registration else None,
            closes=registration.closes if registration else None,
            party_max=registration.party_max if registration else None,
        )
    )
    session.flush()
    if registration:
        sizing.set_sizes(session, event_id=document.id, sizes=list(_sizes(fields)), at=now())
    news = owed(old, new, at=now())
    if news:
        sizing.announce(session, event_id=document.id, kind=news, at=now())


def _sizes(fields: EventFields) -> Iterator[PoolSize]:
    registration = fields.registration
    assert registration  # noqa: S101 - asked by the caller
    yield PoolSize(
        EVENT,
        registration.seats,
        registration.held_for_walk_ins,
        _offers_end(fields, fields.starts),
    )
    for part in fields.sessions:
        yield PoolSize(part.key, part.seats, 0, _offers_end(fields, part.starts))


def _offers_end(fields: EventFields, starts: datetime) -> datetime | None:
    """While an event is off, its line stands still; where it keeps none, the line is over."""
    if fields.state != "announced":
        return None
    keeps_list = fields.registration is not None and fields.registration.waiting_list
    return starts if keeps_list else _LONG_AGO
