"""E-mail by SMTP."""

import contextlib
import smtplib
import ssl
import time
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from showcase.outbox.actions import Email
from showcase.outbox.errors import CarrierError, NoSafeLogin, OutOfReach, RefusedForGood
from showcase.outbox.mime import as_mime
from showcase.outbox.parcel import Parcel

# To be reached at all. Meanwhile the messages of other channels wait.
_REACH_SECONDS: Final = 20
# For each answer of a server that was reached: one that reads a letter for spam before it says
# that it has taken it must not be sent the letter anew for being slow.
_ANSWER_SECONDS: Final = 60
# A connection that rested for longer is asked whether the server still listens.
_STALE_SECONDS: Final = 1.0

# Answers (RFC 5321 4.2.3): done; closing the connection. From 500 on, refused for good (4.2.1).
_DONE: Final = 250
_CLOSING: Final = 421
_FOR_GOOD: Final = 500


class MailServer:
    """``smtp://`` turns to TLS where the server offers it; ``smtps://`` speaks nothing else.

    The connection stays open from one message to the next, until ``close``.
    """

    def __init__(self, url: str, *, sender: str) -> None:
        self.server = urlsplit(url)
        self.sender = sender
        self.smtp: smtplib.SMTP | None = None
        self.used_at = 0.0

    def send(self, parcel: Parcel) -> None:
        assert isinstance(parcel.message, Email)  # noqa: S101 - for mypy; the channel says so
        message = as_mime(parcel.message, sender=self.sender, message_id=parcel.message_id)
        try:
            self._hand_over(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(min(code for code, _ in error.recipients.values())) from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code) from error

    def _hand_over(self, message: EmailMessage) -> None:
        try:
            self._open().send_message(message)
        except smtplib.SMTPSenderRefused as error:
            # Before the message was begun: many servers take only so many over one connection.
            if error.smtp_code != _CLOSING:
                raise
            self._open().send_message(message)

    def _open(self) -> smtplib.SMTP:
        """The connection of the message before, if the server still listens.

        Raises:
            OutOfReach: There is none, and none can be made.
        """
        if self.smtp is None or not self._listens(self.smtp):
            try:
                self.smtp = self._connected()
            except (OSError, smtplib.SMTPException, NoSafeLogin) as error:
                self.smtp = None
                raise OutOfReach(type(error).__name__) from error
        self.used_at = time.monotonic()
        return self.smtp

    def _listens(self, smtp: smtplib.SMTP) -> bool:
        if smtp.sock is None:
            return False
        if time.monotonic() - self.used_at < _STALE_SECONDS:
            return True
        try:
            return smtp.noop()[0] == _DONE
        except (OSError, smtplib.SMTPException):
            return False

    def close(self) -> None:
        if self.smtp and self.smtp.sock:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.smtp.quit()
        self.smtp = None

    def _connected(self) -> smtplib.SMTP:
        host = self.server.hostname or "localhost"
        smtp: smtplib.SMTP
        if self.server.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(
                host,
                self.server.port or smtplib.SMTP_SSL_PORT,
                timeout=_REACH_SECONDS,
                context=ssl.create_default_context(),
            )
        else:
            smtp = smtplib.SMTP(host, self.server.port or smtplib.SMTP_PORT, timeout=_REACH_SECONDS)
        try:
            self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        if smtp.sock:
            smtp.sock.settimeout(_ANSWER_SECONDS)
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


def _refusal(code: int) -> CarrierError:
    return RefusedForGood() if code >= _FOR_GOOD else CarrierError()
