"""Keep the stories' own rows in step with their documents."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.documents.models import Document
from showcase.stories.fields import Phase, StoryFields
from showcase.stories.models import StoryEntry, TcvEntry
from showcase.tcv.evidence import evidence_level
from showcase.tcv.labels import MEASURES, Measure
from showcase.tcv.records import TcvRecord, percent_of

_STORIES: Final = cast(sa.Table, StoryEntry.__table__)
_TCV: Final = cast(sa.Table, TcvEntry.__table__)
# In the order in which they are gone through.
_PHASES: tuple[Phase, ...] = ("initiation", "execution", "celebration")
_PHASE_OF_STAGE: dict[str, Phase] = {
    "idea": "initiation",
    "refined": "initiation",
    "piloting": "execution",
    "completed": "execution",
    "scaling": "celebration",
    "replicated": "celebration",
    "stopped": "execution",
}


def project(session: Session, documents: Sequence[tuple[Document, StoryFields]]) -> None:
    """Write the stories' rows and those of their records, inside the publish transaction."""
    ids = [{"old": document.id} for document, _ in documents]
    # By the tables and not the models: the ORM would look through everything it holds each time.
    session.execute(_TCV.delete().where(_TCV.c.story_id == sa.bindparam("old")), ids)
    session.execute(_STORIES.delete().where(_STORIES.c.id == sa.bindparam("old")), ids)
    session.execute(_STORIES.insert(), [_story(document, fields) for document, fields in documents])
    records = [
        _record(document.id, number, record)
        for document, fields in documents
        for number, record in enumerate(fields.tcv, 1)
    ]
    if records:
        session.execute(_TCV.insert(), records)


def _story(document: Document, fields: StoryFields) -> dict[str, Any]:
    return {
        "id": document.id,
        "slug": document.slug,
        "district": fields.district,
        "sector": fields.sector,
        "stage": fields.stage,
        "phase": phase_of(fields),
        "delivery": fields.delivery,
        "funding": fields.funding,
        "pain_points": list(fields.pain_points),
        "year": _year(fields),
        "evidence": max((evidence_level(record).number for record in fields.tcv), default=0),
        "measured": any(_is_measured(record) for record in fields.tcv),
        **_changes(fields.tcv),
    }


def phase_of(fields: StoryFields) -> Phase:
    """The furthest phase that the timeline tells of; without one, where the stage belongs."""
    told = {step.phase for step in fields.timeline}
    reached = [phase for phase in _PHASES if phase in told]
    return reached[-1] if reached else _PHASE_OF_STAGE[fields.stage]


def _year(fields: StoryFields) -> int | None:
    return min((step.date.year for step in fields.timeline if step.date.year), default=None)


def _is_measured(record: TcvRecord) -> bool:
    return any(record.after.of(measure) for measure in MEASURES)


def _record(story_id: int, number: int, record: TcvRecord) -> dict[str, Any]:
    return {
        "story_id": story_id,
        "number": number,
        "evidence": evidence_level(record).number,
        "method": record.method,
        "sample": record.sample,
        "measured": _is_measured(record),
        **_changes([record]),
    }


def _changes(records: Iterable[TcvRecord]) -> dict[str, float | None]:
    """The largest decrease of each measure; where nothing became less, the smallest increase."""
    records = list(records)
    return {f"{measure}_change": _best(records, measure) for measure in MEASURES}


def _best(records: Iterable[TcvRecord], measure: Measure) -> float | None:
    percents = [percent_of(record, measure) for record in records]
    return min((float(percent) for percent in percents if percent is not None), default=None)
