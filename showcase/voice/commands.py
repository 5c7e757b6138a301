"""``showcase slips``: exit slips that visitors filled in on paper."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from showcase.db import now
from showcase.events.commands import named_event
from showcase.voice.actions import type_in_slips
from showcase.voice.paper import COLUMNS, read_sheet

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help=f"Keep the slips of FILE, a CSV with the columns {', '.join(COLUMNS)}: all of it or "
    "nothing. A slip that was typed in before is put right and not counted twice."
)
@click.argument("event")
@click.argument("file", type=FILE)
@click.option("--keep-good", is_flag=True, help="Keep the good rows although others are wrong.")
@click.pass_obj
def slips(make_site: Callable[[], Flask], event: str, file: Path, keep_good: bool) -> None:
    with make_site().app_context():
        found = named_event(event)
        served = {stall.number for stall in found.fields.stalls if stall.services}
        sheet = read_sheet(file.read_bytes(), served)
        for problem in sheet.problems:
            click.echo(f"{file}:{problem.line}: {problem.message}", err=True)
        kept = () if sheet.problems and not keep_good else sheet.slips
        new = type_in_slips(event_id=found.id, slips=kept, at=now()) if kept else 0
    click.echo(f"{new} new, {len(kept) - new} known before, {len(sheet.problems)} to mend")
    if sheet.problems:
        if not keep_good:
            click.echo("Nothing was kept.", err=True)
        sys.exit(1)
