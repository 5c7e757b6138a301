"""The commands: ``showcase setup``, ``serve``, ``publish``, ``export``, ``worker``, and lists."""

import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask

from showcase import config, create_app, migrations
from showcase.config import SETTINGS, SettingsError
from showcase.documents.deriving import bring_up_to_date, is_up_to_date
from showcase.documents.exporting import export_documents
from showcase.documents.problems import DocumentError
from showcase.documents.publishing import Outcome, Take, publish_folder
from showcase.errors import Busy
from showcase.events.copied_text import CannotCopy
from showcase.events.copying import copy_event
from showcase.gate.commands import check_in
from showcase.outbox.commands import retry, status
from showcase.registrations.commands import decide, invite, purge
from showcase.voice.commands import slips

# Told apart by scripts: something is wrong with a file; something waits for a person's decision.
EXIT_PROBLEMS = 1
EXIT_CONFLICTS = 3

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def showcase(context: click.Context) -> None:
    """Public-service innovation in Bangladesh, shown and celebrated."""
    # The features' own commands ask for the site by it.
    context.obj = _site_with_tables
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


def main() -> None:
    try:
        showcase()
    except SettingsError as error:
        _give_up(str(error))
    except DocumentError as error:
        _give_up(f"{error}\n{len(error.problems)} to mend; nothing was published.")
    except Busy:
        _give_up("The database is at work for others; nothing was changed. Try again.")


def _give_up(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(EXIT_PROBLEMS)


def _site_with_tables() -> Flask:
    app = create_app()
    with app.app_context():
        if not (migrations.is_current() and is_up_to_date()):
            _give_up("The database has other tables than this version needs; run: showcase setup")
    return app


@showcase.command()
def setup() -> None:
    """Bring the database up to date and publish the content folder."""
    app = create_app()
    with app.app_context():
        migrations.upgrade()
        bring_up_to_date()
        _tell(publish_folder(app.config["CONTENT"], by="setup"))


@showcase.command()
@click.option("--host", help="Address to listen on; HOST if not given.")
@click.option("--port", type=int, help="Port to listen on; PORT if not given.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
def serve(host: str | None, port: int | None, workers: int) -> None:
    """Serve the site and send its messages."""
    from showcase.server import serve as run  # granian is of no use to the other commands

    settings = config.load()
    run(host=host or settings["HOST"], port=port or settings["PORT"], workers=workers)


@showcase.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option(
    "--take",
    type=click.Choice([take.value for take in Take]),
    help="Which text wins where a file and the studio have both changed.",
)
@click.option(
    "--again", is_flag=True, help="Also render anew what has not changed, as after an upgrade."
)
def publish(folder: Path | None, take: str | None, again: bool) -> None:
    """Check every file of FOLDER, then publish all of it or nothing."""
    app = _site_with_tables()
    with app.app_context():
        outcome = publish_folder(
            folder or app.config["CONTENT"],
            by="files",
            take=Take(take) if take else None,
            again=again,
        )
    _tell(outcome)
    if outcome.conflicts:
        sys.exit(EXIT_CONFLICTS)


def _tell(outcome: Outcome) -> None:
    for found in outcome.warnings:
        place = f"{found.path}:{found.line}:{found.column}"
        click.echo(f"{place}: warning: {found.message}", err=True)
    for path in outcome.conflicts:
        click.echo(
            f"{path}: changed here and in the studio; left alone. "
            "Publish again with --take files or --take studio.",
            err=True,
        )
    click.echo(
        f"{outcome.new} new, {outcome.changed} changed, {outcome.unchanged} unchanged, "
        f"{len(outcome.conflicts)} in conflict"
        + (f"; {outcome.pictures} pictures new" if outcome.pictures else "")
    )


@showcase.group()
def new() -> None:
    """Begin a new document in the content folder."""


@new.command("event")
@click.option("--like", required=True, metavar="NAME", help="The event to copy, by its folder.")
@click.option("--slug", metavar="NAME", help="The new folder; else the old name with the new year.")
@click.option(
    "--starts",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Its first day; else about a year later on the same weekday.",
)
@click.option("--title", help="Its title; else the old one stays.")
def new_event(like: str, slug: str | None, starts: datetime | None, title: str | None) -> None:
    """Copy an event as a draft: every date later, without results."""
    day = starts.date() if starts else None
    try:
        copied = copy_event(config.load()["CONTENT"], like, slug=slug, starts=day, title=title)
    except CannotCopy as error:
        _give_up(f"{error}\nNothing was written.")
    except DocumentError as error:
        _give_up(f"{error}\n{len(error.problems)} to mend; nothing was written.")
    click.echo(f"{copied.files} files written to {copied.folder}; all days moved by {copied.days}.")
    click.echo("It is a draft. Read it through: titles and texts still speak of the old event.")
    if copied.new_series:
        click.echo(f"Write “series: {copied.new_series}” into the old event too, to link the two.")


@showcase.command()
@click.argument("folder", type=FOLDER)
def export(folder: Path) -> None:
    """Write every document back as files, as they were published."""
    with _site_with_tables().app_context():
        count = export_documents(folder)
    click.echo(f"{count} files written to {folder}")


@showcase.command()
def worker() -> None:
    """Send waiting e-mail and SMS until stopped."""
    from showcase.outbox.worker import run_until_stopped

    run_until_stopped(_site_with_tables())


@showcase.command()
def settings() -> None:
    """List every setting: name, default, what it is for."""
    for setting in SETTINGS:
        click.echo(f"{setting.name}={setting.default}\n    {setting.help}")


@showcase.command()
def routes() -> None:
    """List every address with its methods and who may use it."""
    from showcase.access import rule_of

    app = create_app()
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        declared = rule_of(app, rule.endpoint)
        click.echo(f"{methods:10} {rule.rule:50} {declared.name if declared else 'nobody'}")


@showcase.group(commands=[status, retry])
@click.pass_context
def outbox(context: click.Context) -> None:
    """E-mail and SMS: how they stand, and another try."""
    context.with_resource(_site_with_tables().app_context())


# Of features, which are given the site when they run.
for command in (check_in, decide, invite, purge, slips):
    showcase.add_command(command)
