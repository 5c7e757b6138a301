"""What a carrier is handed."""

from dataclasses import dataclass

from showcase.outbox.actions import Email, Sms


@dataclass(frozen=True)
class Parcel:
    """A message and the number and id under which it may come a second time."""

    number: int
    message_id: str
    message: Email | Sms
