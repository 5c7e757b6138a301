"""Thanks to who came, once the event is over: a chore."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from showcase.db import write
from showcase.events.queries import ended_since
from showcase.gate.models import CheckIn
from showcase.outbox import actions as outbox
from showcase.registrations.message_kinds import THANKS
from showcase.registrations.models import CONFIRMED, Registration

# A paper sheet of the gate may be typed in some days later; after that, thanks come too late.
_WITHIN: Final = timedelta(days=5)


def thank(at: datetime) -> None:
    """Owe thanks, with the way to certificate and feedback, once to each ticket that was shown."""
    for event in ended_since(at - _WITHIN, at):
        came = (
            sa.select(Registration.id, Registration.phone, Registration.email)
            .join(CheckIn, CheckIn.registration_id == Registration.id)
            .where(Registration.event_id == event.id, Registration.state == CONFIRMED)
        )
        with write() as session:
            made = outbox.put_to_all(session, came, kind=THANKS, at=at, once="thanks")
        if made:
            outbox.wake()
