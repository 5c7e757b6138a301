"""``showcase check-in``: the codes that were written down on paper at the gate."""

import sys
from collections.abc import Callable

import click
from flask import Flask

from showcase.db import now
from showcase.events.commands import named_event
from showcase.gate.actions import check_in as let_in
from showcase.gate.errors import GateError
from showcase.i18n import format_time, speaking


@click.command("check-in")
@click.argument("event")
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.pass_obj
def check_in(make_site: Callable[[], Flask], event: str, codes: tuple[str, ...]) -> None:
    """Let the tickets with these codes in, as a paper sheet of the gate tells them."""
    with make_site().app_context():
        found = named_event(event)
        refused = sum(not _told(found.id, code) for code in codes)
    if refused:
        click.echo(f"{refused} of {len(codes)} not let in.", err=True)
        sys.exit(1)


def _told(event_id: int, code: str) -> bool:
    """One line for one code; false where nobody was let in."""
    try:
        came = let_in(event_id=event_id, code=code, admitted=None, at=now())
    except GateError as error:
        with speaking("en"):
            click.echo(f"{code}: {error.sentence}")
        return False
    if came.is_new:
        click.echo(f"{code}: in, {came.admitted} from this ticket")
    else:
        click.echo(f"{code}: already in since {format_time(came.at, 'en')}")
    return True
