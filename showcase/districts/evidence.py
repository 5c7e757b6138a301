"""How well the numbers of a district's stories are founded."""

from dataclasses import dataclass

import sqlalchemy as sa

from showcase.db import db
from showcase.documents.models import Document
from showcase.documents.queries import is_visible
from showcase.stories.models import StoryEntry, TcvEntry
from showcase.tcv.evidence import level_label


@dataclass(frozen=True)
class Evidence:
    """The TCV records of one evidence level.

    Attributes:
        level: Its number and its name.
        measured: How many of them have a value of after.
    """

    level: str
    records: int
    measured: int


def evidence_in(district: str) -> list[Evidence]:
    """Of the levels that there are records of, the best first."""
    measured = sa.func.sum(sa.case((TcvEntry.measured, 1), else_=0))
    rows = db.session.execute(
        sa.select(TcvEntry.evidence, sa.func.count(), measured)
        .join(StoryEntry, StoryEntry.id == TcvEntry.story_id)
        .join(Document, Document.id == StoryEntry.id)
        .where(is_visible(), StoryEntry.district == district)
        .group_by(TcvEntry.evidence)
        .order_by(TcvEntry.evidence.desc())
    ).tuples()
    return [
        Evidence(level_label(str(level)), records, int(with_after))
        for level, records, with_after in rows
    ]
