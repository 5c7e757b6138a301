"""The content folder as a list of files, each with its document, language and kind."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from showcase.documents.kinds import Kind, kinds
from showcase.documents.problems import Problem, one_of
from showcase.i18n import LANGUAGES
from showcase.text import slugify

MAIN: Final = "index.md"
_TRANSLATION: Final = re.compile(r"index\.([a-z]+)\.md")
PICTURE_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class ContentFile:
    """One Markdown file or table.

    Attributes:
        shown_path: As an editor typed it, for messages.
        path: Below the content folder, for the database.
        language: Of a translation; empty for a main file, which tells it itself, and for a table.
    """

    shown_path: str
    path: str
    kind: Kind
    slug: str
    language: str
    raw: bytes = field(repr=False)

    @property
    def is_translation(self) -> bool:
        return bool(self.language)

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    def problem(self, message: str, line: int = 1, column: int = 1) -> Problem:
        return Problem(self.shown_path, line, column, message)


@dataclass
class Folder:
    """Everything found, and what does not belong there."""

    files: list[ContentFile] = field(default_factory=list)
    pictures: dict[tuple[str, str], list[Path]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_folder(root: Path) -> Folder:
    found = Folder()
    if not root.is_dir():
        found.problems.append(Problem(str(root), 1, 1, "no such folder; name the content folder"))
        return found
    for kind in kinds():
        if kind.is_table:
            _read_table(root, kind, found)
        else:
            _read_documents(root, kind, found)
    return found


def _read_table(root: Path, kind: Kind, found: Folder) -> None:
    path = root / kind.folder
    if path.is_file():
        found.files.append(_content_file(root, path, kind, slug=kind.name))


def _read_documents(root: Path, kind: Kind, found: Folder) -> None:
    for folder in _visible(root / kind.folder):
        if not folder.is_dir():
            found.problems.append(
                Problem(str(folder), 1, 1, "a document is a folder; write slug/index.md")
            )
        elif folder.name != slugify(folder.name):
            address = slugify(folder.name) or "a-name"
            found.problems.append(
                Problem(
                    str(folder),
                    1,
                    1,
                    f"this name cannot be an address; call it “{address}” instead",
                )
            )
        else:
            _read_document(root, kind, folder, found)


def _read_document(root: Path, kind: Kind, folder: Path, found: Folder) -> None:
    if not (folder / MAIN).is_file():
        found.problems.append(Problem(str(folder / MAIN), 1, 1, "missing; it holds the data"))
    for path in _visible(folder):
        translation = _TRANSLATION.fullmatch(path.name)
        if path.name == MAIN:
            found.files.append(_content_file(root, path, kind, slug=folder.name))
        elif translation:
            _read_translation(root, kind, path, translation[1], found)
        elif path.suffix.lower() in PICTURE_ENDINGS:
            found.pictures.setdefault((kind.name, folder.name), []).append(path)
        else:
            known = [MAIN, *(f"index.{code}.md" for code in LANGUAGES), "name.jpg", "name.png"]
            message = f"does not belong here; {one_of(path.name, known)}"
            found.problems.append(Problem(str(path), 1, 1, message))


def _read_translation(root: Path, kind: Kind, path: Path, code: str, found: Folder) -> None:
    if code in LANGUAGES:
        found.files.append(_content_file(root, path, kind, slug=path.parent.name, language=code))
    else:
        message = f"“{code}” is no language of this site; {one_of(code, LANGUAGES)}"
        found.problems.append(Problem(str(path), 1, 1, message))


def _content_file(
    root: Path, path: Path, kind: Kind, *, slug: str, language: str = ""
) -> ContentFile:
    below = path.relative_to(root).as_posix()
    return ContentFile(str(path), below, kind, slug, language, path.read_bytes())


def _visible(folder: Path) -> Iterator[Path]:
    """In order of name; what editors and systems hide (``.DS_Store``, ``._x``) is not content."""
    if folder.is_dir():
        yield from sorted(p for p in folder.iterdir() if not p.name.startswith((".", "~")))
