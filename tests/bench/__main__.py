"""``python -m tests.bench``: measure, print, and write ``docs/benchmarks.md``."""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from showcase.config import ROOT
from tests.bench import content, machine, report, sections, servers


def main() -> None:
    started = time.monotonic()
    # On the disk of the project: a folder in memory would make every commit free.
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=ROOT) as name:
        measured, postgresql = _measure(Path(name))
    told = report.page(measured, machine.description(postgresql), time.monotonic() - started)
    report.PAGE.write_text(told, encoding="utf-8")
    print(f"{report.PAGE} written")


def _measure(folder: Path) -> tuple[list[report.Section], str]:
    """The sections, and PostgreSQL's version."""
    own = content.launch_content(folder / "content")
    sqlite = servers.set_up(folder / "sqlite", own)
    with servers.postgresql(folder / "postgresql") as (address, version):
        postgresql = servers.set_up(folder / "other", own, servers.new_database(address))
        measurements: tuple[Callable[[], Sequence[report.Section]], ...] = (
            lambda: [sections.reading(sqlite, folder / "nginx")],
            lambda: [sections.registering_on_sqlite(sqlite)],
            lambda: [sections.registering_on_postgresql(postgresql)],
            lambda: [sections.selling(sqlite, postgresql)],
            lambda: [sections.bursting(sqlite, postgresql)],
            lambda: [sections.offering(sqlite, postgresql)],
            lambda: [sections.sending(sqlite, postgresql)],
            lambda: sections.publishing_and_finding(folder / "many"),
        )
        return [_shown(one) for measure in measurements for one in measure()], version


def _shown(section: report.Section) -> report.Section:
    """Printed as soon as it is known: a run takes minutes."""
    print(report.told(section), flush=True)
    return section


if __name__ == "__main__":
    main()
