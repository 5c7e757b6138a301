"""``showcase publish``: a folder of files becomes what readers see, all of it or nothing.

Files are read and checked, bodies are rendered, and only then one transaction stores everything;
so a bad file never takes a good page down, and no write waits for Markdown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from showcase.db import db, write
from showcase.documents import pictures
from showcase.documents.checking import Text, check_files
from showcase.documents.fences import fenced_lines
from showcase.documents.models import FILES
from showcase.documents.picture_links import names_in
from showcase.documents.planning import Outcome, Plan, Take, make_plan
from showcase.documents.problems import DocumentError, Problem, did_you_mean
from showcase.documents.reading import DocumentKey, Folder, read_folder
from showcase.documents.sandbox import Renderer
from showcase.documents.stored import Stored, read_stored
from showcase.documents.storing import Storage, take_turn
from showcase.documents.together import Together
from showcase.errors import Busy

__all__ = ["Outcome", "Take", "publish_folder"]

# Each time, somebody else has published while this was being prepared.
_TRIES: Final = 5


@dataclass(frozen=True)
class _Edition:
    """Everything that one publish is going to store."""

    texts: Sequence[Text]
    html: Sequence[str]
    pictures: pictures.Prepared


def publish_folder(
    root: Path, *, by: str, take: Take | None = None, again: bool = False
) -> Outcome:
    """Publish what is new or changed in ``root``.

    Args:
        by: Who publishes, for the history.
        take: Which side wins a conflict; without it, conflicts are listed and left alone.
        again: Also render anew what has not changed, wherever it was written: for after an
            upgrade of the renderer. That makes no new revisions.

    Raises:
        DocumentError: With every problem of every file; nothing was stored.
        Busy: Others published all the time.
    """
    for _ in range(_TRIES):
        folder = read_folder(root)
        stored = read_stored()
        plan = make_plan(folder.files, stored, take=take, again=again)
        edition = _prepare(folder, plan, stored)
        plan.outcome.pictures = len(edition.pictures)
        plan.outcome.warnings = _warnings(edition.texts)
        if _store(edition, plan, stored, by=by):
            return plan.outcome
    raise Busy


def _prepare(folder: Folder, plan: Plan, stored: Stored) -> _Edition:
    texts, problems = check_files(plan.publish)
    problems += folder.problems
    problems += Together(folder.files, plan.publish, texts, stored).problems()
    prepared, picture_problems = pictures.prepare(folder.pictures, stored)
    # Nobody waits for Markdown while holding a connection.
    db.session.rollback()
    html, render_problems = _render(texts)
    problems += picture_problems + render_problems
    problems += _pictures_missing(texts, html, folder, stored)
    if problems:
        raise DocumentError(problems)
    return _Edition(texts, html, prepared)


def _warnings(texts: Sequence[Text]) -> list[Problem]:
    files = (text.file for text in texts if text.is_main)
    return [found for file in files for found in file.kind.warnings(file.shown_path, file.raw)]


def _render(texts: Sequence[Text]) -> tuple[list[str], list[Problem]]:
    """The body of each text as clean HTML, by child processes with limits."""
    problems: list[Problem] = []
    html = [""] * len(texts)
    bodies = [(index, text) for index, text in enumerate(texts) if text.body.strip()]
    if not bodies:
        return html, problems
    with Renderer() as renderer:
        results = renderer.render_many(
            [text.body for _, text in bodies], [text.language for _, text in bodies]
        )
        for (index, text), result in zip(bodies, results, strict=True):
            if isinstance(result, str):
                problems.append(text.file.problem(result, text.body_line))
            else:
                html[index] = result.html
    return html, problems


def _pictures_missing(
    texts: Sequence[Text], html: Sequence[str], folder: Folder, stored: Stored
) -> Iterator[Problem]:
    names: dict[DocumentKey, set[str]] = {}
    for kind, slug, name in {*folder.pictures, *stored.pictures}:
        names.setdefault((kind, slug), set()).add(name)
    for text, page in zip(texts, html, strict=True):
        there = names.get(text.file.key, set())
        for name in names_in(page):
            if name not in there:
                likely = did_you_mean(name, there) or "; put it there or take this line out"
                message = f"there is no picture “{name}” beside index.md{likely}"
                yield text.file.problem(message, *_place_of(name, text))


def _place_of(name: str, text: Text) -> tuple[int, int]:
    """The first mention that is not code."""
    lines = text.body.split("\n")
    code = fenced_lines(lines)
    for number, line in enumerate(lines):
        if name in line and number not in code:
            return text.body_line + number, line.index(name) + 1
    return text.body_line, 1


def _store(edition: _Edition, plan: Plan, stored: Stored, *, by: str) -> bool:
    """False where somebody has published since ``stored`` was read: nothing is stored then."""
    if not (edition.texts or edition.pictures or plan.set_aside):
        return True
    with write() as session:
        if not take_turn(session, seen=stored.mark):
            return False
        storage = Storage(session, by=by, origin=FILES)
        storage.store(edition.texts, edition.html, edition.pictures)
        storage.set_aside(plan.set_aside)
    return True
