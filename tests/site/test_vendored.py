"""Files of others are what VENDORED.md says: version, licence, and every byte."""

import hashlib
from pathlib import Path
from typing import NamedTuple

import pytest

from showcase.config import ROOT

LIST = ROOT / "static/vendor/VENDORED.md"
FOLDERS = ("static/vendor", "tests/browser/vendor", "showcase/cards/fonts")


class Vendored(NamedTuple):
    file: str
    what: str
    version: str
    licence: str
    sha256: str


def listed() -> list[Vendored]:
    rows = [line for line in LIST.read_text("utf-8").splitlines() if line.startswith("|")]
    return [Vendored(*(cell.strip() for cell in row.strip("|").split("|"))) for row in rows[2:]]


@pytest.mark.parametrize("row", listed(), ids=lambda row: row.what)
def test_vendored_file_is_as_its_makers_published_it(row: Vendored) -> None:
    content = (ROOT / row.file).read_bytes()

    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert row.version in Path(row.file).name
    # A font is compressed whole: what it says of itself cannot be read here.
    assert row.version.encode() in content or row.file.endswith(".woff2")
    assert row.licence


def test_every_file_of_others_is_listed() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path != LIST and "LICENSE" not in path.name
    }

    assert found == {row.file for row in listed()}


def test_licence_that_is_named_lies_beside_its_file() -> None:
    named = [row.licence.partition("(")[2].rstrip(")") for row in listed() if "(" in row.licence]

    assert [name for name in named if not (LIST.parent / name).exists()] == []
