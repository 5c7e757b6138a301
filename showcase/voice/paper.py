"""Exit slips that were filled in on paper, from a CSV file that somebody typed.

The columns are ``slip`` (the number printed on the paper), ``stall``, ``minutes``, ``taka`` and
``visits``; digits may be Bangla. An error names the line and says what to write instead.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from showcase.text import clean_line, latin_digits
from showcase.voice.numbers import QUESTIONS, NotANumber, whole

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS: Final = ("slip", "stall", *QUESTIONS)
PAPER_MAX: Final = 20

_PAPER: Final = re.compile("[0-9A-Z][0-9A-Z/-]*")
_ENCODING: Final = "utf-8-sig"


class PaperSlip(NamedTuple):
    paper: str
    stall: int
    minutes: int | None
    taka: int | None
    visits: int | None


class Problem(NamedTuple):
    """What is wrong in a line of the file, the first being 1, and what to write instead."""

    line: int
    message: str


@dataclass(frozen=True)
class Sheet:
    """What a file holds: the good rows, and what is wrong with the others."""

    slips: tuple[PaperSlip, ...]
    problems: tuple[Problem, ...]


class _Fault(ValueError):
    """Of a row; the text says what to write."""


def read_sheet(content: bytes, stalls: Collection[int]) -> Sheet:
    """``stalls``: those of the event that give services."""
    try:
        text = content.decode(_ENCODING)
    except UnicodeDecodeError:
        return _refused(1, "the file is not in UTF-8; save the sheet as “CSV UTF-8”")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = _numbered(rows)
    try:
        header = tuple(clean_line(cell).lower() for cell in next(lines, (1, []))[1])
        if sorted(header) != sorted(COLUMNS):
            return _refused(1, f"write these names into the first line: {','.join(COLUMNS)}")
        return _read(header, lines, stalls)
    except csv.Error:
        return _refused(rows.line_num, "this is no CSV; save the sheet as “CSV UTF-8”")


def _refused(line: int, message: str) -> Sheet:
    return Sheet((), (Problem(line, message),))


def _numbered(rows: "Reader") -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they end in, without empty ones."""
    for cells in rows:
        if any(map(clean_line, cells)):
            yield rows.line_num, cells


def _read(
    header: Sequence[str], lines: Iterator[tuple[int, list[str]]], stalls: Collection[int]
) -> Sheet:
    slips: dict[str, PaperSlip] = {}
    first_lines: dict[str, int] = {}
    problems = []
    for line, cells in lines:
        try:
            slip = _slip(header, cells, stalls)
            if slip.paper in slips:
                first = first_lines[slip.paper]
                raise _Fault(f"slip {slip.paper} stands in line {first} too; delete one of the two")
        except _Fault as fault:
            problems.append(Problem(line, str(fault)))
        else:
            slips[slip.paper] = slip
            first_lines[slip.paper] = line
    return Sheet(tuple(slips.values()), tuple(problems))


def _slip(header: Sequence[str], cells: Sequence[str], stalls: Collection[int]) -> PaperSlip:
    if len(cells) != len(header):
        raise _Fault(f"{len(cells)} cells where {len(header)} belong; leave what is unknown empty")
    row = dict(zip(header, map(clean_line, cells), strict=True))
    answers = {question: _answer(row[question], question) for question in QUESTIONS}
    if all(answer is None for answer in answers.values()):
        raise _Fault(f"no question is answered; write one of {', '.join(QUESTIONS)}")
    return PaperSlip(_paper(row["slip"]), _stall(row["stall"], stalls), **answers)


def _answer(cell: str, question: str) -> int | None:
    try:
        return whole(cell, question)
    except NotANumber:
        least, most = QUESTIONS[question]
        raise _Fault(
            f"{_shown(cell)} is no number of {question}; "
            f"write a whole number from {least:,} to {most:,}, or leave it empty"
        ) from None


def _paper(cell: str) -> str:
    """The same number however it was typed: ০০১২, 0012 and 12 are one slip."""
    number = latin_digits(cell).upper().replace(" ", "")
    if len(number) > PAPER_MAX or not _PAPER.fullmatch(number):
        raise _Fault(
            f"{_shown(cell)} is no number of a slip; write it as it is printed on the paper"
        )
    return number.lstrip("0") or "0"


def _stall(cell: str, stalls: Collection[int]) -> int:
    number = latin_digits(cell)
    if not re.fullmatch("[0-9]{1,9}", number) or int(number) not in stalls:
        known = ", ".join(map(str, sorted(stalls)))
        raise _Fault(f"{_shown(cell)} is no stall that gives services; write one of {known}")
    return int(number)


def _shown(cell: str) -> str:
    return f"“{cell[:40]}”"
