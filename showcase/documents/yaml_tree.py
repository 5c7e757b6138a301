"""YAML as plain texts, lists and mappings, with the place of every piece.

Built from parser events rather than nodes: no recursion for hostile nesting to overflow, and every
value stays the string that was written (``017…``, ``12:30``, ``no``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml

from showcase.documents.problems import DocumentError, Problem, shown
from showcase.documents.yaml_errors import in_plain_words

MAX_DEPTH = 20
# A fair of 200 stalls has about 4,000 pieces; 20,000 take 0.1 s.
MAX_PIECES = 20_000
_MOST_REPORTED = 100

Path: TypeAlias = tuple[str | int, ...]
# The parser in C where there is one, which all wheels of PyYAML have; about ten times faster.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Place(NamedTuple):
    line: int
    column: int


@dataclass
class Tree:
    """What was written, where, and what is wrong with it already."""

    path: str
    value: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, place: Place, message: str) -> Problem:
        return Problem(self.path, *place, message)


def read(path: str, text: str, line: int = 1, column: int = 1) -> Tree:
    """The tree of ``text``, which begins at ``line`` and ``column`` of its file.

    Raises DocumentError where it cannot be read to its end; what can be passed over (a key twice,
    an anchor) is listed in ``problems``. An empty text has the value None.
    """
    builder = _Builder(path, line, column)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        place, message = in_plain_words(error, text)
        builder.fail(builder.place_of(*place), message)
    return builder.tree


@dataclass
class _Frame:
    """A list or mapping that is being read."""

    path: Path
    value: dict[str, Any] | list[Any]
    key: str | None = None
    dropped: bool = False  # the value that comes belongs to no key of its own


class _Builder:
    def __init__(self, path: str, line: int, column: int) -> None:
        self.tree = Tree(path)
        self._line = line
        self._column = column
        self._stack: list[_Frame] = []
        self._pieces = 0
        self._told_at: Place | None = None

    def place_of(self, line: int, column: int) -> Place:
        """From the parser's count, which begins at 0, to the file's."""
        return Place(self._line + line, column + (self._column if line == 0 else 1))

    def fail(self, place: Place, message: str) -> NoReturn:
        raise DocumentError([*self.tree.problems, self.tree.problem(place, message)])

    def take(self, event: yaml.Event) -> None:
        mark: Any = event.start_mark
        place = self.place_of(mark.line, mark.column)
        if isinstance(event, yaml.NodeEvent):
            self._count(place)
            self._refuse_extras(event, place)
        match event:
            case yaml.ScalarEvent() | yaml.AliasEvent():
                self._scalar(getattr(event, "value", ""), place)
            case yaml.MappingStartEvent():
                self._open({}, place)
            case yaml.SequenceStartEvent():
                self._open([], place)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close()
            case yaml.DocumentStartEvent() if self.tree.values:
                self.fail(place, "a second document begins here; keep one, without “---” or “...”")

    def _count(self, place: Place) -> None:
        self._pieces += 1
        if self._pieces > MAX_PIECES:
            self.fail(place, f"there are more than {MAX_PIECES:,} pieces; split the document")

    def _refuse_extras(self, event: yaml.NodeEvent, place: Place) -> None:
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._refuse(place, f"{sign}{event.anchor}", "write the value out each time")
        if (tag := getattr(event, "tag", None)) is not None:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(place, short, "delete it")

    def _refuse_nothing(self, path: Path, place: Place) -> None:
        """``mentors:`` may be a slip or mean nobody: leaving the line out says the latter."""
        if place != self._told_at:
            message = "there is nothing here; write something or delete the line"
            self._tell(place, labelled(path, message))

    def _refuse(self, place: Place, what: str, remedy: str) -> None:
        message = (
            f"{shown(what)} has a meaning of its own in YAML that is not used here; "
            f"{remedy}, or put the text in quotation marks"
        )
        self._tell(place, message)

    def _tell(self, place: Place, message: str) -> None:
        """Note a problem that reading can go on after, for a while."""
        self._told_at = place
        self.tree.problems.append(self.tree.problem(place, message))
        if len(self.tree.problems) == _MOST_REPORTED:
            raise DocumentError(self.tree.problems)

    def _scalar(self, text: str, place: Place) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, text, place)
            return
        path = self._put(text, place)
        if not text:
            self._refuse_nothing(path, place)

    def _key(self, frame: _Frame, text: str, place: Place) -> None:
        frame.key = text
        path = (*frame.path, text)
        frame.dropped = path in self.tree.keys
        if frame.dropped:
            first = self.tree.keys[path].line
            message = (
                f"the key {shown(text)} is here twice, first in line {first}; keep one of them"
            )
            self._tell(place, message)
        self.tree.keys.setdefault(path, place)

    def _open(self, value: dict[str, Any] | list[Any], place: Place) -> None:
        if len(self._stack) == MAX_DEPTH:
            self.fail(place, f"lists and keys stand more than {MAX_DEPTH} deep; write them flatter")
        frame = self._stack[-1] if self._stack else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            self.fail(place, "a key must be one word; put “{” and “[” in quotation marks")
        self._stack.append(_Frame(self._put(value, place), value))

    def _put(self, value: Any, place: Place) -> Path:
        """Store a value where it belongs and say where that is."""
        path: Path = ()
        if not self._stack:
            self.tree.value = value
        else:
            frame = self._stack[-1]
            path = (*frame.path, _store(frame, value))
        self.tree.values.setdefault(path, place)
        return path

    def _close(self) -> None:
        self._stack.pop()


def _store(frame: _Frame, value: Any) -> str | int:
    if isinstance(frame.value, list):
        frame.value.append(value)
        return len(frame.value) - 1
    key, frame.key = str(frame.key), None
    if not frame.dropped:
        frame.value[key] = value
    return key


def label(path: Path) -> str:
    """The key to name in a message: the nearest one above, since list items have none."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def labelled(path: Path, sentence: str) -> str:
    name = label(path)
    return f"{name}: {sentence}" if name else sentence


def children(tree: Tree, path: Path) -> Iterator[tuple[str, Any, Place]]:
    """The keys of the mapping at ``path``: each with its value and the place of the value."""
    value = tree.value
    for part in path:
        value = value[part]
    if isinstance(value, Mapping):
        for key, child in value.items():
            yield key, child, tree.values[(*path, key)]
