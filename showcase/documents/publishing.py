"""``showcase publish``: a folder of files becomes what readers see, all of it or nothing.

Files are read and checked, bodies are rendered, and only then one transaction stores everything;
so a bad file never takes a good page down, and no write waits for Markdown.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from showcase.db import db, write
from showcase.documents import pictures
from showcase.documents.checking import (
    Known,
    Text,
    check_files,
    check_languages,
    check_references,
    keys_of,
)
from showcase.documents.kinds import Kind, kind_called, kinds
from showcase.documents.models import Document, DocumentText, Revision
from showcase.documents.problems import DocumentError, Problem
from showcase.documents.queries import table
from showcase.documents.reading import ContentFile, Folder, read_folder
from showcase.documents.sandbox import Renderer
from showcase.documents.storing import Storage

FILES: Final = "files"
STUDIO: Final = "studio"


class Take(enum.Enum):
    """Which text wins where a file and the studio have both changed since they last agreed."""

    FILES = FILES
    STUDIO = STUDIO


@dataclass
class Outcome:
    """What a publish did, counted in files."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Stored:
    """A text as the database has it, for comparison with its file."""

    file_hash: str
    origin: str


@dataclass
class Plan:
    """Files sorted by what has to be done with them."""

    outcome: Outcome = field(default_factory=Outcome)
    publish: list[ContentFile] = field(default_factory=list)
    set_aside: list[ContentFile] = field(default_factory=list)


def publish_folder(
    root: Path, *, by: str, take: Take | None = None, again: bool = False
) -> Outcome:
    """Publish what is new or changed in ``root``.

    Args:
        by: Who publishes, for the history.
        take: Which side wins a conflict; without it, conflicts are listed and left alone.
        again: Also render and store what has not changed, as after an upgrade of the renderer.

    Raises:
        DocumentError: With every problem of every file; nothing was stored.
    """
    folder = read_folder(root)
    plan = _plan(folder.files, take=take, again=again)
    texts, problems = check_files(plan.publish)
    problems += folder.problems
    problems += _check_together(texts, folder)
    prepared, picture_problems = pictures.prepare(folder.pictures)
    problems += picture_problems + pictures.check_used(texts, prepared)
    html, render_problems = _render(texts)
    problems += render_problems
    if problems:
        raise DocumentError(problems)
    if texts or plan.set_aside or pictures.are_new(prepared):
        _store(texts, html, plan.set_aside, prepared, by=by)
    return plan.outcome


def _plan(files: Iterable[ContentFile], *, take: Take | None, again: bool) -> Plan:
    stored = _stored_texts()
    plan = Plan()
    for file in files:
        before = stored.get(file.path)
        if before is None:
            plan.outcome.new += 1
            plan.publish.append(file)
        elif before.file_hash == file.hash:
            plan.outcome.unchanged += 1
            if again and before.origin == FILES:
                plan.publish.append(file)
        else:
            _plan_changed(plan, file, before, take)
    return plan


def _plan_changed(plan: Plan, file: ContentFile, before: Stored, take: Take | None) -> None:
    if before.origin == FILES or take is Take.FILES:
        plan.outcome.changed += 1
        plan.publish.append(file)
    elif take is Take.STUDIO:
        plan.outcome.unchanged += 1
        plan.set_aside.append(file)
    else:
        plan.outcome.conflicts.append(file.shown_path)


def _stored_texts() -> dict[str, Stored]:
    rows = db.session.execute(
        sa.select(DocumentText.path, DocumentText.file_hash, Revision.origin).join(
            Revision, Revision.id == DocumentText.revision_id
        )
    )
    return {path: Stored(file_hash, origin) for path, file_hash, origin in rows}


def _check_together(texts: list[Text], folder: Folder) -> list[Problem]:
    """What no file shows by itself: references and pairs of languages."""
    known, languages = _already_published()
    for text in texts:
        if text.is_main:
            languages[text.file.kind.name, text.file.slug] = text.language
            _add_keys(known, text.file.kind, text.file.slug, text.fields)
    unreadable = _kinds_with_problems(folder, texts, known)
    return check_languages(texts, languages) + check_references(texts, known, unreadable)


def _kinds_with_problems(folder: Folder, texts: list[Text], known: Known) -> set[str]:
    """Tables that cannot be read now: nothing is said about mentions of their rows."""
    there = {file.kind.name for file in folder.files if file.kind.is_table}
    return there - {text.file.kind.name for text in texts} - set(known)


def _already_published() -> tuple[Known, dict[tuple[str, str], str]]:
    known: Known = {}
    languages: dict[tuple[str, str], str] = {}
    rows = db.session.execute(sa.select(Document.kind, Document.slug, Document.language))
    for name, slug, language in rows:
        languages[name, slug] = language
        if not kind_called(name).is_table:
            _add_keys(known, kind_called(name), slug, None)
    for kind in kinds():
        if kind.is_table and (kind.name, kind.name) in languages:
            _add_keys(known, kind, kind.name, table(kind.name))
    return known, languages


def _add_keys(known: Known, kind: Kind, slug: str, fields: Any) -> None:
    for name, key in keys_of(kind, slug, fields):
        known.setdefault(name, set()).add(key)


def _render(texts: list[Text]) -> tuple[list[str], list[Problem]]:
    """The body of each text as clean HTML, by child processes with limits."""
    html: list[str] = []
    problems: list[Problem] = []
    bodies = [text for text in texts if text.body.strip()]
    if not bodies:
        return [""] * len(texts), []
    with Renderer() as renderer:
        results = iter(renderer.render_many([t.body for t in bodies], [t.language for t in bodies]))
        for text in texts:
            result = next(results) if text.body.strip() else None
            if result is None:
                html.append("")
            elif isinstance(result, str):
                problems.append(text.file.problem(result, text.body_line))
            else:
                html.append(result.html)
    return html, problems


def _store(
    texts: list[Text],
    html: list[str],
    set_aside: list[ContentFile],
    prepared: pictures.Prepared,
    *,
    by: str,
) -> None:
    with write() as session:
        storage = Storage(session, by=by, origin=FILES)
        storage.store_texts(texts, html, prepared)
        storage.set_aside(set_aside)
        storage.move_mark()
