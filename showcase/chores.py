"""Work that comes again and again: features say what and how often, the outbox's worker does it.

Each process with a worker does every chore at its own pace, so two may do the same one at the same
moment. A chore is therefore idempotent: done twice, or half and then anew, it does what it does
once. What must not happen twice is guarded in the database, not here.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Flask

from showcase.failures import log_failure

log = logging.getLogger(__name__)

# Given the moment it is done; opens its own ``write()``.
Act = Callable[[datetime], None]

_EXTENSION: Final = "chores"


@dataclass
class Chore:
    """``next_at``: in seconds of this process's clock, which no one sets back."""

    name: str
    seconds: float
    act: Act
    next_at: float = 0.0

    def is_due(self) -> bool:
        return time.monotonic() >= self.next_at


def every(app: Flask, seconds: float, name: str, act: Act) -> None:
    """Have ``act`` done this often, for the first time as soon as a worker runs.

    Raises:
        ValueError: There is a chore of that name.
    """
    chores = _chores(app)
    if any(chore.name == name for chore in chores):
        raise ValueError(f"there is a chore named {name!r} already")
    chores.append(Chore(name, seconds, act))


def run_due(app: Flask, at: datetime) -> None:
    """Do what is due in this process. One that fails is logged and done again at its next time."""
    for chore in _chores(app):
        if chore.is_due():
            chore.next_at = time.monotonic() + chore.seconds
            _do(app, chore, at)


def _do(app: Flask, chore: Chore, at: datetime) -> None:
    try:
        with app.app_context():
            chore.act(at)
    except Exception as error:  # the others wait behind it, and the messages behind them
        log_failure(log, f"chore {chore.name} failed", error)


def _chores(app: Flask) -> list[Chore]:
    chores: list[Chore] = app.extensions.setdefault(_EXTENSION, [])
    return chores
