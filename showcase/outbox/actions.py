"""What other features may ask of the outbox: owe somebody a message, take it back, hurry.

``put`` and ``void`` work inside the caller's transaction, so a message exists exactly when what it
tells of has happened.
"""

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from showcase.outbox.models import EMAIL as EMAIL
from showcase.outbox.models import READY, VOID, OutboxMessage
from showcase.outbox.models import SMS as SMS

# Set after a commit: the sender in this process looks at once instead of at its next round.
woken: Final = threading.Event()


@dataclass(frozen=True)
class Attachment:
    """A text file that goes with an e-mail; ``parameters`` belong to its content type."""

    filename: str
    content_type: str
    content: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Email:
    to: str
    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True)
class Sms:
    to: str
    text: str

    @property
    def parts(self) -> int:
        """How many messages the operator sends and charges for it."""
        if set(self.text) <= _GSM_7:
            return _parts(len(self.text), alone=160, joined=153)
        return _parts(len(self.text.encode("utf-16-le")) // 2, alone=70, joined=67)


# GSM 03.38, its basic table without the escape; any other letter makes the whole text UTF-16,
# which halves what fits.
_GSM_7: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def _parts(length: int, *, alone: int, joined: int) -> int:
    return 1 if length <= alone else math.ceil(length / joined)


# (registration, kind, channel) → the words, or None when the message is no longer true.
Composer = Callable[[int, str, str], Email | Sms | None]


def compose_with(app: Flask, composer: Composer) -> None:
    """Name the function that writes the messages when they are sent."""
    app.extensions["outbox_composer"] = composer


def put(
    session: Session,
    *,
    registration_id: int,
    kind: str,
    phone: str | None,
    email: str | None,
    at: datetime,
) -> None:
    """Owe a message on every channel that the person gave."""
    channels = [channel for channel, given in ((SMS, phone), (EMAIL, email)) if given]
    rows = [
        {"registration_id": registration_id, "kind": kind, "channel": channel, "at": at}
        for channel in channels
    ]
    session.connection().execute(_PUT, rows)


_PUT: Final = sa.insert(OutboxMessage.__table__).values(  # type: ignore[arg-type]
    registration_id=sa.bindparam("registration_id"),
    kind=sa.bindparam("kind"),
    channel=sa.bindparam("channel"),
    state=READY,
    attempts=0,
    due_at=sa.bindparam("at"),
    made_at=sa.bindparam("at"),
)


def put_for(
    registration_id: sa.ColumnElement[int],
    *,
    kind: str,
    phone: sa.ColumnElement[str | None],
    email: sa.ColumnElement[str | None],
    at: sa.ColumnElement[datetime],
) -> sa.Insert:
    """The same as a part of the caller's own statement, for PostgreSQL."""
    owed = sa.union_all(
        *(
            sa.select(registration_id, *map(sa.literal, (kind, channel, READY, 0)), at, at).where(
                given.is_not(None)
            )
            for channel, given in ((SMS, phone), (EMAIL, email))
        )
    )
    columns = ["registration_id", "kind", "channel", "state", "attempts", "due_at", "made_at"]
    return sa.insert(OutboxMessage).from_select(columns, owed)


def void(session: Session, *, registration_id: int, kind: str) -> None:
    """Take back what was not sent yet."""
    session.execute(
        sa.update(OutboxMessage)
        .where(
            OutboxMessage.registration_id == registration_id,
            OutboxMessage.kind == kind,
            OutboxMessage.state == READY,
        )
        .values(state=VOID)
    )


def wake() -> None:
    """To be called after the commit."""
    woken.set()
