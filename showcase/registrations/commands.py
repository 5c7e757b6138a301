"""The organiser's commands: ``showcase invite``, ``decide``, and ``purge``."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask, current_app

from showcase.db import now
from showcase.events.queries import EventFacts, event_by_slug
from showcase.i18n import DHAKA
from showcase.registrations.answering import decide as answer
from showcase.registrations.erasure import purge as erase_all
from showcase.registrations.errors import NotEnoughSeats
from showcase.registrations.guest_list import GuestListError, read_guests
from showcase.registrations.guests import invite as keep_seats


@click.command()
@click.pass_obj
def purge(make_site: Callable[[], Flask]) -> None:
    """Erase names, numbers and addresses SHOWCASE_KEEP_DAYS days after an event."""
    with make_site().app_context():
        erased = erase_all(at=now(), days=current_app.config["KEEP_DAYS"])
    click.echo(f"{erased.registrations} registrations of {erased.events} events erased.")


@click.command()
@click.argument("event")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--answer-by",
    required=True,
    type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%d"]),
    help="Until when seats are kept for who has not answered; Asia/Dhaka.",
)
@click.option("--keep-good", is_flag=True, help="Invite the others although some rows are wrong.")
@click.pass_obj
def invite(
    make_site: Callable[[], Flask], event: str, file: Path, answer_by: datetime, keep_good: bool
) -> None:
    """Invite the guests of FILE (CSV: name, phone, email, people, language) to EVENT."""
    with make_site().app_context():
        facts = _event(event)
        try:
            found = read_guests(file.read_bytes())
        except GuestListError as error:
            _give_up(f"{file}: {error}")
        for problem in found.problems:
            click.echo(f"{file}: {problem}", err=True)
        if found.problems and not keep_good:
            _give_up(f"{len(found.problems)} to mend; nobody was invited.")
        try:
            invited = keep_seats(
                event_id=facts.id,
                guests=found.guests,
                answer_by=answer_by.replace(tzinfo=DHAKA),
                at=now(),
            )
        except NotEnoughSeats as error:
            _give_up(f"Only {error.seats_left} seats are left; nobody was invited.")
    known = len(found.guests) - len(invited)
    click.echo(f"{len(invited)} invited, {known} have a registration already.")


@click.command()
@click.argument("event")
@click.argument("codes", nargs=-1, required=True)
@click.option("--refuse", is_flag=True, help="Say no, and give the seats to others.")
@click.pass_obj
def decide(
    make_site: Callable[[], Flask], event: str, codes: tuple[str, ...], refuse: bool
) -> None:
    """Answer those who ask to come to EVENT, by the codes of their registrations."""
    unknown = 0
    with make_site().app_context():
        facts = _event(event)
        for code in codes:
            is_done = answer(event_id=facts.id, code=code.upper(), comes=not refuse, at=now())
            unknown += not is_done
            click.echo(f"{code}: {'answered' if is_done else 'nobody asks under this code'}")
    if unknown:
        sys.exit(1)


def _event(slug: str) -> EventFacts:
    facts = event_by_slug(slug)
    if facts is None:
        _give_up(f"{slug}: no event is published under this name.")
    return facts


def _give_up(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
