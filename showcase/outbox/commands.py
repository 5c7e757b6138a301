"""``showcase outbox``: how the messages stand, and another try for those that were given up."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import click

from showcase.db import now
from showcase.outbox.actions import try_again
from showcase.outbox.models import DEAD, READY, SENT, VOID
from showcase.outbox.queries import standing

_WORDS: Final = {
    READY: "waiting",
    SENT: "sent",
    DEAD: "given up",
    VOID: "taken back, since no longer true",
}


@click.command
def status() -> None:
    """Count the messages and tell what holds them up; nobody's name is told."""
    told = standing(now())
    for state, messages in told.by_state.items():
        click.echo(f"{messages:>9,} {_WORDS[state]}")
    if told.oldest_due is not None:
        click.echo(f"The oldest has been due for {_in_words(told.oldest_due)}.")
    _tell_errors("To be tried again after", told.put_off)
    _tell_errors("Given up after", told.given_up)


def _tell_errors(what: str, errors: Mapping[str, int]) -> None:
    for name, messages in sorted(errors.items()):
        click.echo(f"{what} {name}: {messages:,}")


def _in_words(length: timedelta) -> str:
    """In whole minutes and hours, as an operator asks for it."""
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


@click.command
@click.option("--kind", help="Only messages of this kind, such as confirmation.")
def retry(kind: str | None) -> None:
    """Have the messages that were given up tried once more from the start."""
    click.echo(f"{try_again(kind=kind, at=now()):,} messages will be tried again")
