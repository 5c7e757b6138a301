"""Sends what is owed, at once after a commit in the same process, else within two seconds; and
does the features' chores."""

import logging
import signal
import threading
import time
from typing import Final

from flask import Flask

from showcase import chores
from showcase.db import now
from showcase.failures import log_failure
from showcase.outbox import actions
from showcase.outbox.sending import Sender

log = logging.getLogger(__name__)

POLL_SECONDS: Final = 2.0
# Few enough that a lease outlives them all when every server is slow.
ROUND: Final = 10
# Beside a server's threads: visitors come first, and a thousand tickets may take some seconds.
_REST: Final = 9.0


def start_in_background(app: Flask) -> threading.Thread:
    """A worker inside a server process. Each process may have one: leases keep them apart.

    When the process ends, it waits for the message that is being sent.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_work_until, args=(app, stop, _REST), name="outbox")
    thread.start()
    threading.Thread(target=_stop_with_the_process, args=(stop,), name="outbox-end").start()
    return thread


def _stop_with_the_process(stop: threading.Event) -> None:
    threading.main_thread().join()
    stop.set()
    actions.wake()


def run_until_stopped(app: Flask) -> None:
    """A worker of its own; SIGTERM and SIGINT let it finish the message it is sending."""
    stop = threading.Event()

    def stop_soon(*_: object) -> None:
        stop.set()
        actions.wake()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop_soon)
    log.info("sending messages until stopped")
    _work_until(app, stop)


def _work_until(app: Flask, stop: threading.Event, rest: float = 0.0) -> None:
    """``rest``: for how many times as long as a round computed, the next one waits."""
    sender = Sender(app, stop)
    while not stop.is_set():
        actions.woken.clear()
        began = time.thread_time()
        sent = _round(sender)
        stop.wait(rest * (time.thread_time() - began))
        if not sent:
            sender.hang_up()
            actions.woken.wait(POLL_SECONDS)
    sender.hang_up()


def _round(sender: Sender) -> int:
    """Nothing that goes wrong may end the thread: whoever registers later waits for it too."""
    chores.run_due(sender.app, now())
    try:
        with sender.app.app_context():
            return sender.send_due(ROUND)
    except Exception as error:  # the last resort of a loop that must go on
        log_failure(log, "a round of sending failed", error)
        return 0
