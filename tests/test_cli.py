"""The commands: what they do, what they say, and how they end."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from flask import Flask

from showcase import cli, migrations
from showcase.config import ROOT, SETTINGS
from showcase.db import write
from showcase.documents.models import Revision
from tests.conftest import AppMaker

PAGE = """---
title: {title}
summary: A page that is published in tests.
language: en
status: published
published: 2026-01-01
---
{text}
"""


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on this test's site, as a person would."""
    monkeypatch.setattr(cli, "create_app", lambda: app)

    def run_command(*words: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["showcase", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        code = ended.value.code or 0
        assert isinstance(code, int)
        return Ended(code, *capsys.readouterr())

    return run_command


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content folder of this test's site, with two pages."""
    folder = tmp_path / "content"
    for name in ("one", "two"):
        page(folder, name, "Hello.")
    return folder


def page(folder: Path, name: str, text: str, title: str = "Hello") -> Path:
    path = folder / "pages" / name / "index.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(title=title, text=text), "utf-8")
    return path


def test_settings_are_listed_with_default_and_help(run: Run) -> None:
    ended = run("settings")

    wanted = "".join(f"{s.name}={s.default}\n    {s.help}\n" for s in SETTINGS)
    assert ended == Ended(0, wanted, "")


def test_routes_are_listed_with_their_rule(run: Run) -> None:
    ended = run("routes")

    lines = [line.split() for line in ended.out.splitlines()]
    assert ["GET", "/<any(bn,", "en):language>/stories", "public"] in lines
    assert ["GET", "/mailbox", "development"] in lines
    assert ["POST", "/<any(bn,", "en):language>/tickets/<secret>/cancel", "secret-link"] in lines
    assert [line for line in lines if line[-1] == "nobody"] == []


def test_setup_makes_tables_and_publishes(
    make: AppMaker, run: Run, content: Path, app: Flask
) -> None:
    with app.app_context():
        migrations.downgrade("base")

    first, second = run("setup"), run("setup")

    assert first == Ended(0, "2 new, 0 changed, 0 unchanged, 0 in conflict\n", "")
    assert second == Ended(0, "0 new, 0 changed, 2 unchanged, 0 in conflict\n", "")
    assert app.test_client().get("/en/one").status_code == 200


def test_publish_counts_what_is_new_and_changed(run: Run, content: Path) -> None:
    run("publish")
    page(content, "one", "Changed.")
    page(content, "three", "New.")

    ended = run("publish", content)

    assert ended == Ended(0, "1 new, 1 changed, 1 unchanged, 0 in conflict\n", "")


def test_publish_tells_every_problem_and_publishes_nothing(
    app: Flask, run: Run, content: Path
) -> None:
    for name in ("three", "four"):
        page(content, name, "x").write_text("---\ntitle: [\n---\n", "utf-8")

    ended = run("publish")

    problems = ended.err.splitlines()
    assert ended.code == 1
    assert problems[-1] == f"{len(problems) - 1} to mend; nothing was published."
    assert {line.split(":")[0].rsplit("/pages/")[1] for line in problems[:-1]} == {
        "four/index.md",
        "three/index.md",
    }
    assert app.test_client().get("/en/one").status_code == 404


def test_publish_warns_of_counters_that_contradict_each_other(run: Run, content: Path) -> None:
    rows = [
        f"- {{key: {key}, phase: execution, value: 7, label: {{en: pilots}}, as_of: unknown, "
        f"source: {{en: A page}}, conflicts_with: {other}}}\n"
        for key, other in ("ab", "ba")
    ]
    path = content / "figures.yaml"
    path.write_text("".join(rows), "utf-8")

    ended = run("publish")

    assert (ended.code, ended.out) == (0, "3 new, 0 changed, 0 unchanged, 0 in conflict\n")
    assert ended.err.startswith(f"{path}:1:115: warning: “a” and “b” do not agree")
    assert ended.err.count("\n") == 1


@pytest.fixture
def conflict(app: Flask, run: Run, content: Path) -> Path:
    """A page that was changed in the studio and, since then, as a file."""
    run("publish")
    with app.app_context(), write() as session:
        session.execute(sa.update(Revision).values(origin="studio"))
    return page(content, "one", "Text of the file.")


def test_conflict_is_told_and_left_alone(app: Flask, run: Run, conflict: Path) -> None:
    ended = run("publish")

    assert ended.code == 3
    assert ended.out == "0 new, 0 changed, 1 unchanged, 1 in conflict\n"
    assert ended.err.splitlines() == [
        f"{conflict}: changed here and in the studio; left alone. "
        "Publish again with --take files or --take studio."
    ]
    assert "Text of the file." not in app.test_client().get("/en/one").text


@pytest.mark.parametrize(
    ("take", "counted", "is_file"),
    [
        ("files", "0 new, 1 changed, 1 unchanged, 0 in conflict\n", True),
        ("studio", "0 new, 0 changed, 2 unchanged, 0 in conflict\n", False),
    ],
)
def test_side_that_was_chosen_wins_and_the_conflict_is_over(
    app: Flask, run: Run, conflict: Path, take: str, counted: str, is_file: bool
) -> None:
    chosen, again = run("publish", "--take", take), run("publish")

    assert chosen == Ended(0, counted, "")
    assert again.code == 0
    assert ("Text of the file." in app.test_client().get("/en/one").text) is is_file


@pytest.mark.parametrize("words", [["publish"], ["export", "out"], ["worker"]])
def test_command_that_needs_tables_says_how_to_get_them(
    app: Flask, run: Run, words: list[str]
) -> None:
    with app.app_context():
        migrations.downgrade("base")

    assert run(*words) == Ended(
        1, "", "The database has other tables than this version needs; run: showcase setup\n"
    )


def test_unknown_side_is_refused(run: Run) -> None:
    assert run("publish", "--take", "mine").code == 2


def test_export_gives_back_what_was_published(run: Run, content: Path, tmp_path: Path) -> None:
    run("publish")

    ended = run("export", tmp_path / "out")

    assert ended == Ended(0, f"2 files written to {tmp_path / 'out'}\n", "")
    assert tree(tmp_path / "out") == tree(content)


def tree(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_launch_content_comes_back_byte_for_byte(run: Run, tmp_path: Path) -> None:
    run("publish", ROOT / "content")

    run("export", tmp_path / "out")

    assert tree(tmp_path / "out") == tree(ROOT / "content")


def test_help_names_every_command(run: Run) -> None:
    told = run("--help").out

    assert [name for name in cli.showcase.commands if f"  {name} " not in told] == []


def shell(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    script = Path(sys.executable).with_name("showcase")
    return subprocess.run(  # noqa: S603 - our own command
        [script, *words],
        env={"PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_wrong_setting_ends_every_command_in_words(tmp_path: Path) -> None:
    ended = shell("setup", SHOWCASE_INSTANCE=str(tmp_path), PORT="many")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "PORT: write a whole number\n"
