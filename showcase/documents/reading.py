"""The content folder as a list of files, each with its document, language and kind."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

from showcase.documents.clean import is_picture
from showcase.documents.fields import MAX_SLUG
from showcase.documents.kinds import Kind, kinds
from showcase.documents.problems import Problem, one_of, shown
from showcase.documents.source import MAX_FILE
from showcase.i18n import LANGUAGES
from showcase.text import clean_line, nfc, slugify

DocumentKey: TypeAlias = tuple[str, str]  # kind, slug
PictureKey: TypeAlias = tuple[str, str, str]  # kind, slug, name

MAIN: Final = "index.md"
PICTURE_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp")
# Of document_pictures.name, with room for a counter that somebody adds.
MAX_PICTURE_NAME: Final = 100
_TRANSLATION: Final = re.compile(r"index\.([^.]+)\.md")
_JOINERS: Final = str.maketrans("", "", "\u200c\u200d")


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
    def key(self) -> DocumentKey:
        return self.kind.name, self.slug

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
    pictures: dict[PictureKey, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, path: Path, message: str) -> None:
        self.problems.append(Problem(_readable(str(path)), 1, 1, message))

    def take(self, path: Path, kind: Kind, slug: str, *, below: str, language: str = "") -> None:
        """Read a file; one byte more than is allowed is enough to refuse it later."""
        if not path.is_file():
            self.complain(path, "must be a file; delete what has its name")
            return
        try:
            with path.open("rb") as source:
                raw = source.read(MAX_FILE + 1)
        except OSError as error:
            self.complain(path, f"cannot be read ({error.strerror}); change its permissions")
        else:
            self.files.append(ContentFile(str(path), below, kind, slug, language, raw))


def read_folder(root: Path) -> Folder:
    """What is in the folder, problems included: a name is never a reason to stop."""
    found = Folder()
    if not root.is_dir():
        found.complain(root, "no such folder; name the content folder")
        return found
    known = {kind.folder: kind for kind in kinds()}
    for path in _visible(root):
        kind = known.get(path.name)
        if kind is None:
            found.complain(path, _does_not_belong(path.name, known))
        elif kind.is_table:
            found.take(path, kind, kind.name, below=kind.folder)
        elif not path.is_dir():
            found.complain(path, f"must be a folder; write {kind.folder}/name/{MAIN}")
        else:
            _read_documents(path, kind, found)
    return found


def _read_documents(parent: Path, kind: Kind, found: Folder) -> None:
    seen: dict[str, Path] = {}
    for folder in _visible(parent):
        slug = nfc(folder.name).translate(_JOINERS)
        if not folder.is_dir():
            found.complain(folder, f"a document is a folder; write {folder.stem}/{MAIN}")
        elif slug != slugify(slug) or len(slug) > MAX_SLUG:
            found.complain(folder, _no_address(slug))
        elif slug in seen:
            message = f"is the same address as {shown(seen[slug].name)}; rename one of the two"
            found.complain(folder, message)
        else:
            seen[slug] = folder
            _read_document(folder, kind, slug, found)


def _no_address(name: str) -> str:
    address = slugify(name)[:MAX_SLUG].strip("-") or "a-name"
    return f"this name cannot be an address; call it “{address}” instead"


def _read_document(folder: Path, kind: Kind, slug: str, found: Folder) -> None:
    if not (folder / MAIN).exists():
        found.complain(folder / MAIN, "missing; it holds the data, the other files only words")
    for path in _visible(folder):
        name = nfc(path.name)
        below = f"{kind.folder}/{slug}/{name}"
        translation = _TRANSLATION.fullmatch(name)
        if name == MAIN:
            found.take(path, kind, slug, below=below)
        elif translation and translation[1] in LANGUAGES:
            found.take(path, kind, slug, below=below, language=translation[1])
        elif translation:
            found.complain(path, _no_language(translation[1]))
        elif path.suffix.lower() in PICTURE_ENDINGS and path.is_file():
            _take_picture(path, (kind.name, slug, name), found)
        else:
            found.complain(path, _does_not_belong(name, _names_beside_main()))


def _take_picture(path: Path, key: PictureKey, found: Folder) -> None:
    name = key[2]
    if is_picture(name) and len(name) <= MAX_PICTURE_NAME:
        found.pictures[key] = path
    else:
        fit = f"{slugify(path.stem)[:MAX_SLUG] or 'picture'}{path.suffix.lower()}"
        found.complain(path, f"no Markdown can show a picture of this name; call it “{fit}”")


def _no_language(code: str) -> str:
    return f"{shown(_readable(code))} is no language of this site; {one_of(code, LANGUAGES)}"


def _names_beside_main() -> list[str]:
    return [MAIN, *(f"index.{code}.md" for code in LANGUAGES), "name.jpg", "name.png", "name.webp"]


def _does_not_belong(name: str, known: Iterable[str]) -> str:
    return f"does not belong here; {one_of(name, list(known))}"


def _readable(name: str) -> str:
    """Fit for a message: a name on disk may hold controls, and bytes that are no UTF-8."""
    return clean_line(os.fsencode(name).decode("utf-8", "replace"))


def _visible(folder: Path) -> Iterator[Path]:
    """In order of name, without what editors and systems put beside files (``.x``, ``x~``)."""
    for path in sorted(folder.iterdir()):
        if not path.name.startswith((".", "~")) and not path.name.endswith("~"):
            yield path
