"""Events as rows: what lists sort by and registration asks for. The rest stays in the document."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from showcase.db import Model, UtcDateTime


class Event(Model):
    """Made anew from its document at each publish; the document's id is its own."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(
        sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    slug: Mapped[str] = mapped_column(sa.String(120), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    district: Mapped[str | None] = mapped_column(sa.String(40))
    starts: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    announced: Mapped[str] = mapped_column(
        sa.String(20), doc="announced, postponed or cancelled; open, full, … follow"
    )
    series: Mapped[str | None] = mapped_column(
        sa.String(120), index=True, doc="What events that are held again and again have in common."
    )
    sequence: Mapped[int] = mapped_column(
        default=0,
        server_default="0",
        doc="Grows when time, place or state change, for calendars that keep the newest.",
    )
    # Registration; all empty where visitors simply come.
    opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    party_max: Mapped[int | None]
