"""Who takes a message on: a mail server, an SMS gateway, or a folder where neither is set up."""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.error import HTTPError
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from urllib.request import Request, urlopen

from flask import Flask

from showcase.outbox.actions import EMAIL, Email, Sms
from showcase.outbox.mime import as_mime

log = logging.getLogger(__name__)

# Slow servers exist; a lease of five minutes leaves room for several such waits.
TIMEOUT_SECONDS: Final = 20
# Gateways answer with a line or two.
_ANSWER_BYTES: Final = 10_000


class CarrierError(Exception):
    """The message was not taken. Its name is kept, its text may tell an address and is not."""


class RefusedForGood(CarrierError):
    """It would be refused again: there is no such mailbox."""


class RefusedByGateway(CarrierError):
    pass


class NoSafeLogin(CarrierError):
    """The mail server offers no encryption, so it does not get our password."""


@dataclass(frozen=True)
class Parcel:
    """A message and the number and id under which it may come a second time."""

    number: int
    message_id: str
    message: Email | Sms


class Carrier(Protocol):
    def send(self, parcel: Parcel) -> None:
        """Hand the message over.

        Raises:
            Exception: It was not taken; trying again later may help unless RefusedForGood.
        """


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


class MailServer:
    """``smtp://`` turns to TLS where the server offers it; ``smtps://`` speaks nothing else."""

    def __init__(self, url: str, *, sender: str) -> None:
        self.server = urlsplit(url)
        self.sender = sender

    def send(self, parcel: Parcel) -> None:
        assert isinstance(parcel.message, Email)  # noqa: S101 - for mypy; the channel says so
        message = as_mime(parcel.message, sender=self.sender, message_id=parcel.message_id)
        with self._connected() as smtp:
            try:
                smtp.send_message(message)
            except smtplib.SMTPRecipientsRefused as error:
                codes = [code for code, _ in error.recipients.values()]
                # 5xx: permanent (RFC 5321 4.2.1).
                raise (RefusedForGood if min(codes) >= 500 else CarrierError) from error

    def _connected(self) -> smtplib.SMTP:
        host = self.server.hostname or "localhost"
        smtp: smtplib.SMTP
        if self.server.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(
                host,
                self.server.port or smtplib.SMTP_SSL_PORT,
                timeout=TIMEOUT_SECONDS,
                context=ssl.create_default_context(),
            )
        else:
            smtp = smtplib.SMTP(
                host, self.server.port or smtplib.SMTP_PORT, timeout=TIMEOUT_SECONDS
            )
        try:
            self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo()
        is_safe = self.server.scheme == "smtps"
        if not is_safe and smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
            is_safe = True
        if self.server.username:
            if not is_safe:
                raise NoSafeLogin
            smtp.login(unquote(self.server.username), unquote(self.server.password or ""))


class SmsGateway:
    """Any gateway that takes a form by POST; the number goes as 8801…, without the plus sign."""

    def __init__(
        self, url: str, *, fields: str, to_field: str, text_field: str, success: str
    ) -> None:
        self.url = url
        self.fields = parse_qsl(fields, keep_blank_values=True)
        self.to_field = to_field
        self.text_field = text_field
        self.success = success

    def send(self, parcel: Parcel) -> None:
        form: list[tuple[str, Any]] = [
            *self.fields,
            (self.to_field, parcel.message.to.removeprefix("+")),
            (self.text_field, parcel.message.text),
        ]
        # The settings take http:// and https:// only.
        request = Request(self.url, urlencode(form).encode())  # noqa: S310
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                told = answer.read(_ANSWER_BYTES).decode("utf-8", "replace")
                is_taken = answer.status < HTTPStatus.MULTIPLE_CHOICES and self.success in told
        except HTTPError as error:
            error.close()
            raise RefusedByGateway from None
        if not is_taken:
            raise RefusedByGateway


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

    def _write(self, name: str, content: bytes) -> None:
        """Through a rename: the mailbox page never sees half a message."""
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(content)
        unfinished.replace(self.folder / name)
