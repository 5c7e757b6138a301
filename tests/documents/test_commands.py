"""What only a process of its own shows: ``--again``, and two commands at the same time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.documents.folder import Folder

SHOWCASE = Path(sys.executable).with_name("showcase")


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a site whose database is there and empty."""
    return {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")},
        "DATABASE_URL": database_url,
        "SHOWCASE_INSTANCE": str(tmp_path),
        "SHOWCASE_CONTENT": str(tmp_path / "content"),
    }


@contextmanager
def started(site: dict[str, str], *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [str(SHOWCASE), *words]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, env=site, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


def test_two_processes_publish_the_same_folder_once(site: dict[str, str], folder: Folder) -> None:
    for number in range(5):
        folder.story(f"story-{number}", body="Text.")

    with started(site, "publish") as one, started(site, "publish") as other:
        told = sorted(process.communicate()[0].strip() for process in (one, other))

    assert (one.returncode, other.returncode) == (0, 0)
    assert told == [
        "0 new, 0 changed, 5 unchanged, 0 in conflict",
        "5 new, 0 changed, 0 unchanged, 0 in conflict",
    ]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_again_renders_what_has_not_changed(
    site: dict[str, str], folder: Folder, database_url: str
) -> None:
    folder.story(body="Text.")
    with started(site, "publish") as first:
        first.wait()
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE document_texts SET html = ''"))

    with started(site, "publish", "--again") as second:
        told = second.communicate()[0].strip()

    assert told == "0 new, 0 changed, 1 unchanged, 0 in conflict"
    with engine.connect() as connection:
        html = connection.scalar(sa.text("SELECT html FROM document_texts"))
    engine.dispose()
    assert html == "<p>Text.</p>"
