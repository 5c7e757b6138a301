"""What other features may ask of the outbox: owe somebody a message, take it back, hurry.

``put``, ``put_to_all`` and ``void`` work inside the caller's transaction, so a message exists
exactly when what it tells of has happened.
"""

import math
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from showcase.db import UtcDateTime, insert_or, write
from showcase.outbox.models import DEAD, READY, VOID, OutboxMessage
from showcase.outbox.models import EMAIL as EMAIL
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


# Selects a registration's number, its phone and its e-mail.
People = sa.Select[tuple[int, str | None, str | None]]

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
    due_at: datetime | None = None,
) -> None:
    """Owe a message on every channel that the person gave, at once or from ``due_at`` on."""
    channels = [channel for channel, given in ((SMS, phone), (EMAIL, email)) if given]
    owed = {"registration_id": registration_id, "kind": kind, "at": at, "due_at": due_at or at}
    if channels:
        session.connection().execute(_PUT, [{**owed, "channel": channel} for channel in channels])


_PUT: Final = sa.insert(OutboxMessage.__table__).values(  # type: ignore[arg-type]
    registration_id=sa.bindparam("registration_id"),
    kind=sa.bindparam("kind"),
    channel=sa.bindparam("channel"),
    state=READY,
    attempts=0,
    due_at=sa.bindparam("due_at"),
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
    return sa.insert(OutboxMessage).from_select(_COLUMNS, owed)


_COLUMNS: Final = ("registration_id", "kind", "channel", "state", "attempts", "due_at", "made_at")


def put_to_all(
    session: Session,
    people: People,
    *,
    kind: str,
    at: datetime,
    due_at: datetime | None = None,
    once: str | None = None,
) -> int:
    """Owe a message to each of many registrations, in one statement; how many were made.

    ``people`` selects registration, phone and e-mail. ``once`` names the occasion, in up to 60
    characters: whoever has a message of this kind for it, sent or not, gets no second one, however
    many processes ask at the same moment. A reminder's is the time at which its event starts.
    """
    # Twice the same subquery: Python's sqlite3 counts no rows where a statement begins WITH.
    asked = people.subquery("people")
    registration_id, phone, email = asked.c
    moments = (sa.literal(moment, UtcDateTime) for moment in (due_at or at, at))
    same = [*map(sa.literal, (READY, 0)), *moments, sa.literal(once, sa.String)]
    owed = sa.union_all(
        *(
            sa.select(registration_id, sa.literal(kind), sa.literal(channel), *same).where(
                given.is_not(None)
            )
            for channel, given in ((SMS, phone), (EMAIL, email))
        )
    )
    made = (
        insert_or(session, OutboxMessage)
        .on_conflict_do_nothing()
        .from_select([*_COLUMNS, "once"], owed)
    )
    counted = {"preserve_rowcount": True}
    return session.execute(made, execution_options=counted).rowcount  # type: ignore[attr-defined, no-any-return]


def void(
    session: Session,
    *,
    registration_id: int,
    kind: str | None = None,
    kinds: Collection[str] | None = None,
) -> None:
    """Take back what was not sent yet: of one kind, of some, or all of it."""
    unsent = [OutboxMessage.registration_id == registration_id, OutboxMessage.state == READY]
    if kind is not None:
        unsent.append(OutboxMessage.kind == kind)
    if kinds is not None:
        unsent.append(OutboxMessage.kind.in_(kinds))
    session.execute(sa.update(OutboxMessage).where(*unsent).values(state=VOID))


def try_again(*, kind: str | None, at: datetime) -> int:
    """Owe the messages that were given up once more, all or those of a kind; how many they are."""
    given_up = [OutboxMessage.state == DEAD, *([OutboxMessage.kind == kind] if kind else [])]
    with write() as session:
        revived = session.execute(
            sa.update(OutboxMessage)
            .where(*given_up)
            .values(state=READY, attempts=0, due_at=at, last_error=None)
        )
    wake()
    return revived.rowcount  # type: ignore[attr-defined, no-any-return]


def wake() -> None:
    """To be called after the commit."""
    woken.set()
