"""Finding a ticket again: its link is sent to the number or address on record, and nowhere else."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.db import insert_or, write
from showcase.documents.models import SiteMark
from showcase.outbox import actions as outbox
from showcase.outbox.queries import times_owed
from showcase.registrations.message_kinds import LOST
from showcase.registrations.models import ACTIVE, Registration

# Of each ticket. Enough for a person whose messages get lost; whoever types the number of a
# stranger wakes him three times in a night and costs the site six messages a day.
IN_AN_HOUR: Final = 3
IN_A_DAY: Final = 6

_ASKED: Final = "links asked for"


def send_links(
    *, phone: str | None, email: str | None, event_ids: Sequence[int], at: datetime
) -> None:
    """Send the links of all tickets with this number or address for these events.

    Whether there was anything to send is told to nobody, nor by how long it takes: the same
    statements are made and committed either way.
    """
    with write() as session:
        outbox.put_to_all(session, _owners(phone, email, event_ids, at), kind=LOST, at=at)
        _write_in_any_case(session)
    outbox.wake()


def _owners(
    phone: str | None, email: str | None, event_ids: Sequence[int], at: datetime
) -> outbox.People:
    """With what was typed alone: a message to their other contact was not asked for."""
    given = ((Registration.phone, phone), (Registration.email, email))
    limits = ((timedelta(hours=1), IN_AN_HOUR), (timedelta(days=1), IN_A_DAY))
    return sa.select(
        Registration.id,
        Registration.phone if phone else sa.null().label("phone"),
        Registration.email if email else sa.null().label("email"),
    ).where(
        sa.or_(sa.false(), *(column == contact for column, contact in given if contact)),
        Registration.event_id.in_(event_ids),
        Registration.state.in_(ACTIVE),
        *(
            times_owed(Registration.id, kind=LOST, since=at - within) < most
            for within, most in limits
        ),
    )


def _write_in_any_case(session: Session) -> None:
    """Count the asking: a commit without changes waits for no disk, so it would tell that nobody
    was found."""
    session.execute(
        insert_or(session, SiteMark)
        .values(name=_ASKED, value=1)
        .on_conflict_do_update(index_elements=[SiteMark.name], set_={"value": SiteMark.value + 1})
    )
