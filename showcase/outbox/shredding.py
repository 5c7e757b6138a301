"""Messages that lie in the outbox folder of a site that is tried out: they go with their reader."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from flask import current_app

from showcase.db import db
from showcase.outbox.carriers import outbox_folder
from showcase.outbox.models import OutboxMessage

# SQLite takes 32,766 values in a statement, PostgreSQL 65,535.
_AT_ONCE = 10_000


def who_has_letters() -> Sequence[int]:
    """The registrations whose messages lie there."""
    return sorted({registration_id for _, registration_id in _letters()})


def shred(registration_ids: Collection[int]) -> None:
    """Delete the messages to these registrations."""
    folder, whose = outbox_folder(current_app), frozenset(registration_ids)
    for number, registration_id in _letters():
        if registration_id in whose:
            for path in folder.glob(f"{number}.*"):
                path.unlink(missing_ok=True)


def _letters() -> list[tuple[int, int]]:
    """Number and registration of each."""
    names = (path.stem for path in outbox_folder(current_app).glob("[0-9]*.*"))
    numbers = sorted({int(name) for name in names if name.isdecimal()})
    found: list[tuple[int, int]] = []
    for start in range(0, len(numbers), _AT_ONCE):
        rows = db.session.execute(
            sa.select(OutboxMessage.id, OutboxMessage.registration_id).where(
                OutboxMessage.id.in_(numbers[start : start + _AT_ONCE])
            )
        )
        found += [(row.id, row.registration_id) for row in rows]
    return found
