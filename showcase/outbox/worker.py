"""Sends what is owed: at once after a commit in the same process, else within two seconds."""

import logging
import signal
import threading
import time
import traceback
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, current_app

from showcase.db import db, now
from showcase.outbox import actions
from showcase.outbox.carriers import Parcel, RefusedForGood, carrier_for
from showcase.outbox.leases import (
    LEASE,
    Claim,
    claim_due,
    is_any_due,
    mark_failed,
    mark_sent,
    mark_void,
)

log = logging.getLogger(__name__)

POLL_SECONDS: Final = 2.0
# Few enough that a lease outlives them all when every server is slow.
ROUND: Final = 10
# Beside a server's threads: visitors come first, and a thousand tickets may take some seconds.
_REST: Final = 9.0


def start_in_background(app: Flask) -> threading.Thread:
    """A sender inside a server process. Each process may have one: leases keep them apart."""
    thread = threading.Thread(
        target=_send_until, args=(app, threading.Event(), _REST), name="outbox", daemon=True
    )
    thread.start()
    return thread


def run_until_stopped(app: Flask) -> None:
    """A sender of its own; SIGTERM and SIGINT let it finish the message it is sending."""
    stop = threading.Event()

    def stop_soon(*_: object) -> None:
        stop.set()
        actions.wake()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop_soon)
    log.info("sending messages until stopped")
    _send_until(app, stop)


def _send_until(app: Flask, stop: threading.Event, rest: float = 0.0) -> None:
    """``rest``: for how many times as long as a round computed, the next one waits."""
    while not stop.is_set():
        actions.woken.clear()
        began = time.thread_time()
        sent = _round(app, stop)
        stop.wait(rest * (time.thread_time() - began))
        if sent < ROUND:
            actions.woken.wait(POLL_SECONDS)


def _round(app: Flask, stop: threading.Event) -> int:
    """Nothing that goes wrong may end the thread: whoever registers later waits for it too."""
    try:
        with app.app_context():
            return send_due(ROUND, stop)
    except Exception as error:  # the last resort of a loop that must go on
        _log("a round of sending failed", error)
        return 0


def send_due(limit: int, stop: threading.Event | None = None) -> int:
    """Claim and send up to ``limit`` due messages; how many were dealt with."""
    if not is_any_due(now()):
        return 0
    dealt_with = 0
    for claim in claim_due(limit=limit, at=now()):
        # What is left over is claimed anew when its lease ends.
        if (stop and stop.is_set()) or claim.leased_until - now() < LEASE / 5:
            break
        _deal_with(claim)
        dealt_with += 1
    return dealt_with


def _deal_with(claim: Claim) -> None:
    try:
        is_sent = _send(claim)
    except Exception as error:  # a message is never worth more than those behind it
        _log(f"message {claim.id} was not sent", error)
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


def _send(claim: Claim) -> bool:
    """False when the message is no longer true."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    composer: actions.Composer = app.extensions["outbox_composer"]
    message = composer(claim.registration_id, claim.kind, claim.channel)
    # A slow server must not hold a transaction open, not even one that only reads.
    db.session.rollback()
    if message is None:
        return False
    parcel = Parcel(claim.id, _message_id(claim), message)
    carrier_for(app, claim.channel).send(parcel)
    return True


def _message_id(claim: Claim) -> str:
    """The same at every try, so that a mail server or reader can tell a second copy."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return f"<{claim.id}.{claim.made_at:%Y%m%d%H%M%S%f}@{host}>"


def _log(what: str, error: Exception) -> None:
    """Where it happened and of what kind; the error's text may hold a name or a number."""
    place = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s\n%s", what, type(error).__name__, place)
