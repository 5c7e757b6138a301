"""Who came."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from showcase.db import Model, UtcDateTime


class CheckIn(Model):
    """A ticket that was shown at the gate."""

    __tablename__ = "check_ins"
    __table_args__ = (sa.CheckConstraint("admitted >= 1", name="somebody_came"),)

    registration_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registrations.id"), primary_key=True
    )
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"), index=True)
    admitted: Mapped[int] = mapped_column(doc="People of the party who came in.")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    certificate: Mapped[str] = mapped_column(
        sa.String(12), unique=True, doc="The code of the certificate of attendance."
    )
