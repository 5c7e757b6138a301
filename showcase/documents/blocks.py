"""The ``:::`` blocks of a body: found line by line, so that a mistyped one is told with its line.

``:::tcv [n]`` and ``:::figure key`` are one line each; ``:::steps [before|after [n]]``,
``:::quote {who: …}`` and ``:::note`` end with a line ``:::``. Inside a code fence ``:::`` is text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from showcase.documents.block_values import StepList, quote_options, steps
from showcase.documents.fences import fenced_lines
from showcase.documents.problems import Problem, did_you_mean, shown
from showcase.documents.yaml_tree import Path, Place
from showcase.text import latin_digits

Kind: TypeAlias = Literal["tcv", "figure"]
Side: TypeAlias = Literal["before", "after"]
ALL_RECORDS = "all"

_MOST_REPORTED = 100
_ONE_LINE = ("tcv", "figure")
_CLOSED = ("steps", "quote", "note")
_NAMES = (*_ONE_LINE, *_CLOSED)
_MARK = re.compile(r"( {0,3})(:{3,})(.*)")
_HEAD = re.compile(r"([^\s{]*)([ \t]*)(.*)")
_RECORD = re.compile("[1-9][0-9]?")
_SIDE = re.compile("(before|after)(?:[ \t]+([1-9][0-9]?))?")
_KEY = re.compile("[0-9a-z]+(-[0-9a-z]+)*")


class WidgetRef(NamedTuple):
    """What a template puts in: a TCV record by its number (or ``all``), a figure by its key."""

    kind: Kind
    argument: str


class Steps(NamedTuple):
    """A service step by step, before or after: what a TCV record, by its number, is the sum of."""

    side: Side
    record: int
    rows: tuple[dict[str, str], ...]


class PlacedSteps(NamedTuple):
    """Steps with the line of their block, and the place of each value by its path."""

    line: int
    steps: Steps
    places: Mapping[Path, Place]


@dataclass(frozen=True)
class Block:
    """One block as written; ``first`` and ``last`` are its lines in the body, from 0."""

    name: str
    first: int
    last: int
    widget: WidgetRef | None = None
    quoted: dict[str, str] = field(default_factory=dict)
    steps: StepList = StepList()
    side: Side | None = None
    record: int = 1

    @property
    def told(self) -> Steps | None:
        """The steps of one side; None for steps that stand by themselves."""
        return Steps(self.side, self.record, self.steps.rows) if self.side else None


@dataclass
class Scan:
    """The blocks of a body that are right, and what is wrong with the others."""

    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check(path: str, body: str, first_line: int) -> list[Problem]:
    """All problems of the blocks of a body that begins at ``first_line`` of its file."""
    return scan(body.split("\n"), path, first_line).problems


def widgets(body: str, first_line: int) -> Iterator[tuple[int, WidgetRef]]:
    """The widgets that a body asks for, each with its line, to check that they exist."""
    for block in scan(body.split("\n"), "", first_line).blocks:
        if block.widget:
            yield first_line + block.first, block.widget


def placed_steps(body: str, first_line: int) -> Iterator[PlacedSteps]:
    """The steps before and after that a body tells, to check them against the records."""
    if "steps" not in body:  # as in most, which need no reading then
        return
    for block in scan(body.split("\n"), "", first_line).blocks:
        if block.told:
            yield PlacedSteps(first_line + block.first, block.told, block.steps.places)


def scan(lines: list[str], path: str = "", first_line: int = 1) -> Scan:
    """Every block; one that is wrong is a problem and stays text."""
    scanner = _Scanner(lines, path, first_line)
    code = fenced_lines(lines)
    for number, line in enumerate(lines):
        mark = None if number in code else _MARK.fullmatch(line.rstrip())
        if mark:
            scanner.take(number, mark)
        if len(scanner.found.problems) >= _MOST_REPORTED:
            break
    scanner.end()
    return scanner.found


@dataclass(frozen=True)
class _Opening:
    """The line that opens a block: what follows its name begins at ``rest_column``."""

    name: str
    number: int
    column: int
    rest: str
    rest_column: int


class _Scanner:
    def __init__(self, lines: list[str], path: str, first_line: int) -> None:
        self.found = Scan()
        self._lines = lines
        self._path = path
        self._first_line = first_line
        self._open: _Opening | None = None
        self._sides: dict[tuple[Side, int], int] = {}
        self._one_line_at = -2  # the last block of one line; somebody may close it all the same

    def take(self, number: int, mark: re.Match[str]) -> None:
        column, colons, text = len(mark[1]) + 1, mark[2], mark[3].strip()
        if len(colons) > 3:
            self._problem(number, column, f"{shown(colons, 9)} opens no block; write three colons")
        elif text:
            self._begin(_opening(number, mark))
        else:
            self._close(number, column)

    def end(self) -> None:
        if self._open and self._open.name in _CLOSED:
            name = self._open.name
            message = f"“:::{name}” is not closed; write a line “:::” below its text"
            self._problem(self._open.number, self._open.column, message)
        self._open = None

    def _begin(self, opening: _Opening) -> None:
        self.end()
        if opening.name in _ONE_LINE:
            self._one_line(opening)
        elif opening.name in _CLOSED:
            self._open = opening
        else:
            self._unknown(opening)

    def _unknown(self, opening: _Opening) -> None:
        name = f":::{opening.name}"
        hint = did_you_mean(name, [f":::{known}" for known in _NAMES])
        message = f"unknown block {shown(name)}{hint or '; write one of: ' + ', '.join(_NAMES)}"
        self._problem(opening.number, opening.column, message)
        # Read to its end all the same, lest its closing line be told as a second problem.
        self._open = opening

    def _close(self, number: int, column: int) -> None:
        opening, self._open = self._open, None
        if opening is None and number != self._one_line_at + 1:
            message = "“:::” closes nothing here; delete it, or name a block to open one"
            self._problem(number, column, message)
        elif opening and opening.name in _CLOSED:
            self._finish(opening, number)

    def _one_line(self, opening: _Opening) -> None:
        self._one_line_at = opening.number
        ref, message = _widget(opening)
        if ref:
            after = "".join(self._lines[opening.number + 1 : opening.number + 2])
            last = opening.number + (after.strip() == ":::")
            self.found.blocks.append(Block(opening.name, opening.number, last, widget=ref))
        else:
            self._problem(opening.number, opening.rest_column, message)

    def _finish(self, opening: _Opening, last: int) -> None:
        before = len(self.found.problems)
        inside = self._lines[opening.number + 1 : last]
        if not any(line.strip() for line in inside):
            message = f"“:::{opening.name}” is empty; write its text on the lines before “:::”"
            self._problem(opening.number, opening.column, message)
        side, record = self._side(opening)
        block = Block(
            opening.name,
            opening.number,
            last,
            quoted=self._quoted(opening),
            steps=self._steps(opening, inside),
            side=side,
            record=record,
        )
        if len(self.found.problems) == before:
            self.found.blocks.append(block)

    def _quoted(self, opening: _Opening) -> dict[str, str]:
        line, problems = self._first_line + opening.number, self.found.problems
        if opening.rest and opening.name == "quote":
            return quote_options(self._path, opening.rest, line, opening.rest_column, problems)
        if opening.rest and opening.name == "note":
            message = f"“:::note” takes nothing after its name; delete {shown(opening.rest)}"
            self._problem(opening.number, opening.rest_column, message)
        return {}

    def _side(self, opening: _Opening) -> tuple[Side | None, int]:
        """Which side of which record the steps tell; each can be told once."""
        if opening.name != "steps" or not opening.rest:
            return None, 1
        found = _SIDE.fullmatch(latin_digits(opening.rest))
        if not found:
            what = f"{shown(opening.rest)} is neither before nor after"
            remedy = "write “:::steps before”, “:::steps after 2”, or “:::steps” alone"
            self._problem(opening.number, opening.rest_column, f"{what}; {remedy}")
            return None, 1
        side: Side = "before" if found[1] == "before" else "after"
        record = int(found[2] or 1)
        first = self._sides.setdefault((side, record), self._first_line + opening.number)
        if first != self._first_line + opening.number:
            message = f"the steps {side} of record {record} are told in line {first} already"
            self._problem(opening.number, opening.column, f"{message}; keep one of the two")
        return side, record

    def _steps(self, opening: _Opening, inside: list[str]) -> StepList:
        text = "\n".join(inside)
        if opening.name != "steps" or not text.strip():
            return StepList()
        line = self._first_line + opening.number + 1
        return steps(self._path, text, line, self.found.problems)

    def _problem(self, number: int, column: int, message: str) -> None:
        line = self._first_line + number
        self.found.problems.append(Problem(self._path, line, column, message))


def _opening(number: int, mark: re.Match[str]) -> _Opening:
    text = mark[3].lstrip()
    start = mark.end() - len(text)
    head = _HEAD.fullmatch(text)
    name, space, rest = head.groups() if head else (text, "", "")
    return _Opening(name, number, len(mark[1]) + 1, rest, start + len(name + space) + 1)


def _widget(opening: _Opening) -> tuple[WidgetRef | None, str]:
    """The widget, or what to write instead."""
    argument = latin_digits(opening.rest)
    if opening.name == "tcv":
        if not argument or _RECORD.fullmatch(argument):
            return WidgetRef("tcv", argument or ALL_RECORDS), ""
        return None, f"{shown(argument)} is no number of a record; write “:::tcv” or “:::tcv 1”"
    if _KEY.fullmatch(argument):
        return WidgetRef("figure", argument), ""
    what = f"{shown(argument)} is no key of a figure" if argument else "a figure needs its key"
    return None, f"{what}; write it as figures.yaml does, such as “:::figure pilots”"
