"""Stories as rows: what lists filter, count and sort by. The rest stays in the document."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from showcase.db import Model


class StoryEntry(Model):
    """Made anew from its document at each publish; the document's id is its own.

    The three changes are the best of the story's records in percent, below zero for less, and
    empty where nothing can be compared: a percentage is what stories with unlike units share.
    """

    __tablename__ = "story_entries"

    id: Mapped[int] = mapped_column(
        sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    slug: Mapped[str] = mapped_column(sa.String(120), unique=True)
    district: Mapped[str | None] = mapped_column(sa.String(40))
    sector: Mapped[str] = mapped_column(sa.String(30))
    stage: Mapped[str] = mapped_column(sa.String(20))
    phase: Mapped[str] = mapped_column(sa.String(20), doc="The furthest it has come.")
    delivery: Mapped[str] = mapped_column(sa.String(20))
    funding: Mapped[str] = mapped_column(sa.String(40))
    pain_points: Mapped[list[str]] = mapped_column(sa.JSON)
    year: Mapped[int | None] = mapped_column(doc="In which it began.")
    evidence: Mapped[int] = mapped_column(doc="The highest level of its records; 0 without any.")
    measured: Mapped[bool] = mapped_column(doc="At least one value of after is known.")
    time_change: Mapped[float | None]
    cost_change: Mapped[float | None]
    visits_change: Mapped[float | None]


class TcvEntry(Model):
    """One TCV record of a story, for the register; ``number`` counts from 1 as in ``:::tcv 1``."""

    __tablename__ = "tcv_entries"

    story_id: Mapped[int] = mapped_column(
        sa.ForeignKey("story_entries.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    evidence: Mapped[int] = mapped_column(index=True)
    method: Mapped[str] = mapped_column(sa.String(30))
    sample: Mapped[int | None]
    measured: Mapped[bool] = mapped_column(doc="At least one value of after is known.")
    time_change: Mapped[float | None]
    cost_change: Mapped[float | None]
    visits_change: Mapped[float | None]
