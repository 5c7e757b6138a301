"""One sender: claims messages, has them carried, and writes down what became of each.

A message is marked before the next is sent, so a process that is killed sends at most one twice.
"""

import logging
import threading
from collections import deque
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, current_app

from showcase.db import db, now
from showcase.failures import log_failure
from showcase.outbox import actions
from showcase.outbox.carriers import Carrier, carrier_for
from showcase.outbox.errors import OutOfReach, RefusedForGood
from showcase.outbox.leases import (
    LEASE,
    Claim,
    claim_due,
    is_any_due,
    mark_failed,
    mark_sent,
    mark_void,
    release,
)
from showcase.outbox.models import CHANNELS
from showcase.outbox.parcel import Parcel

log = logging.getLogger(__name__)

# How long a server that cannot be reached is left alone. Its messages lose no try by that.
PAUSE: Final = timedelta(minutes=1)

# A message is begun only with time enough for a slow server's answers.
_ENOUGH: Final = LEASE / 2


class Sender:
    """What one thread keeps between messages: open connections, and which servers are away.

    Its methods want an app context.
    """

    def __init__(self, app: Flask, stop: threading.Event | None = None) -> None:
        self.app = app
        self.stop = stop or threading.Event()
        self.carriers: dict[str, Carrier] = {}
        self.away_until: dict[str, datetime] = {}

    def send_due(self, limit: int) -> int:
        """Claim and send up to ``limit`` due messages; how many were dealt with."""
        channels = self._channels_in_reach()
        if not channels or not is_any_due(now(), channels):
            return 0
        waiting = deque(claim_due(limit=limit, at=now(), channels=channels))
        dealt_with = 0
        while waiting and not self.stop.is_set() and _has_time(waiting[0]):
            claim = waiting.popleft()
            try:
                self._deal_with(claim)
                dealt_with += 1
            except OutOfReach as error:
                waiting = self._put_off(claim, waiting, error)
        if waiting:
            release(waiting)
        return dealt_with

    def hang_up(self) -> None:
        """Close every connection; the next message opens its own."""
        while self.carriers:
            self.carriers.popitem()[1].close()

    def _channels_in_reach(self) -> Collection[str]:
        at = now()
        return [
            name for name in CHANNELS if name not in self.away_until or self.away_until[name] <= at
        ]

    def _put_off(self, claim: Claim, waiting: deque[Claim], error: OutOfReach) -> deque[Claim]:
        """Leave a channel's messages for later, all in their order; what can be sent meanwhile."""
        self.away_until[claim.channel] = now() + PAUSE
        log.warning("%s is put off: %s", claim.channel, error)
        behind = [other for other in waiting if other.channel == claim.channel]
        release([claim, *behind], error=str(error))
        return deque(other for other in waiting if other.channel != claim.channel)

    def _deal_with(self, claim: Claim) -> None:
        try:
            is_sent = self._send(claim)
        except OutOfReach:
            raise
        except Exception as error:  # a message is never worth more than those behind it
            log_failure(log, f"message {claim.id} was not sent", error)
            mark_failed(
                claim,
                error=type(error).__name__,
                for_good=isinstance(error, RefusedForGood),
                at=now(),
            )
            return
        if is_sent:
            mark_sent(claim, at=now())
            log.info("message %s sent", claim.id)
        else:
            mark_void(claim)

    def _send(self, claim: Claim) -> bool:
        """False when the message is no longer true."""
        composer: actions.Composer = self.app.extensions["outbox_composer"]
        message = composer(claim.registration_id, claim.kind, claim.channel)
        # A slow server must not hold a transaction open, not even one that only reads.
        db.session.rollback()
        if message is None:
            return False
        self._carrier(claim.channel).send(Parcel(claim.id, _message_id(claim), message))
        return True

    def _carrier(self, channel: str) -> Carrier:
        if channel not in self.carriers:
            self.carriers[channel] = carrier_for(self.app, channel)
        return self.carriers[channel]


def send_due(limit: int) -> int:
    """As a sender that does nothing else and is gone afterwards."""
    sender = Sender(current_app._get_current_object())  # type: ignore[attr-defined]
    try:
        return sender.send_due(limit)
    finally:
        sender.hang_up()


def _has_time(claim: Claim) -> bool:
    return claim.leased_until - now() >= _ENOUGH


def _message_id(claim: Claim) -> str:
    """The same at every try, so that a mail server or reader can tell a second copy."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return f"<{claim.id}.{claim.made_at:%Y%m%d%H%M%S%f}@{host}>"
