"""Who takes a message on: a mail server, an SMS gateway, or a folder where neither is set up."""

import logging
from pathlib import Path
from typing import Protocol

from flask import Flask

from showcase.outbox.actions import EMAIL, Email
from showcase.outbox.mail_server import MailServer
from showcase.outbox.mime import as_mime
from showcase.outbox.parcel import Parcel
from showcase.outbox.sms_gateway import SmsGateway

log = logging.getLogger(__name__)


class Carrier(Protocol):
    def send(self, parcel: Parcel) -> None:
        """Hand the message over.

        Raises:
            OutOfReach: No message can be handed over at the moment.
            Exception: It was not taken; trying again later may help unless RefusedForGood.
        """

    def close(self) -> None:
        """End the connection, if one is open."""


def carrier_for(app: Flask, channel: str) -> Carrier:
    config = app.config
    if channel == EMAIL and config["SMTP_URL"]:
        return MailServer(config["SMTP_URL"], sender=config["MAIL_FROM"])
    if channel != EMAIL and config["SMS_URL"]:
        return SmsGateway(
            config["SMS_URL"],
            fields=config["SMS_FIELDS"],
            to_field=config["SMS_TO_FIELD"],
            text_field=config["SMS_TEXT_FIELD"],
            success=config["SMS_SUCCESS"],
        )
    return Folder(outbox_folder(app), sender=config["MAIL_FROM"])


def outbox_folder(app: Flask) -> Path:
    return Path(app.config["INSTANCE"]) / "outbox"


class Folder:
    """Keeps each message as a file, so that a site without servers can be tried out whole."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def send(self, parcel: Parcel) -> None:
        message = parcel.message
        self.folder.mkdir(parents=True, exist_ok=True)
        if isinstance(message, Email):
            mime = as_mime(message, sender=self.sender, message_id=parcel.message_id)
            self._write(f"{parcel.number}.eml", mime.as_bytes())
        else:
            self._write(f"{parcel.number}.txt", f"To: {message.to}\n\n{message.text}\n".encode())
        log.info("message %s written to the outbox folder", parcel.number)

    def close(self) -> None:
        """Nothing stays open."""

    def _write(self, name: str, content: bytes) -> None:
        """Through a rename: the mailbox page never sees half a message."""
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(content)
        unfinished.replace(self.folder / name)
