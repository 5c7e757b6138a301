"""``districts.csv``: one row a district."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import AfterValidator, Field, ValidationError

from showcase.documents.fields import HttpUrl, Slug, Whole
from showcase.documents.kinds import Fields
from showcase.documents.problems import DocumentError, Problem, shown
from showcase.documents.schema_errors import problems_of
from showcase.documents.source import decode
from showcase.documents.yaml_tree import Path, Place, Tree
from showcase.words import Line

Division = Literal[
    "barishal",
    "chattogram",
    "dhaka",
    "khulna",
    "mymensingh",
    "rajshahi",
    "rangpur",
    "sylhet",
]


def _code(text: str) -> str:
    if not re.fullmatch("BD-[0-9]{2}", text):
        raise ValueError(f"{shown(text)} is no ISO 3166-2 code; write BD-01 to BD-64")
    return text


class DistrictRow(Fields):
    """A district.

    Attributes:
        iso: Its ISO 3166-2 code, BD-01 to BD-64.
        x: Column of its square on the map, from the west.
        y: Row of its square, from the north.
        site: Of the district's administration, where its address is known for certain.
    """

    key: Annotated[Slug, Field(max_length=40)]
    iso: Annotated[str, AfterValidator(_code)]
    division: Division
    name_en: Annotated[Line, Field(min_length=1)]
    name_bn: Annotated[Line, Field(min_length=1)]
    x: Whole
    y: Whole
    site: HttpUrl | None = None


COLUMNS: Final = tuple(DistrictRow.model_fields)
# The last one may be left out, of a line or of the whole file.
_OPTIONAL: Final = "site"
_NEEDED: Final = tuple(name for name in COLUMNS if name != _OPTIONAL)


class _Line(NamedTuple):
    """A row of the file with its line."""

    number: int
    cells: list[str]

    @property
    def columns(self) -> list[int]:
        """Where each cell begins, as an editor counts; a cell in quotation marks moves the rest."""
        starts = [1]
        for cell in self.cells:
            starts.append(starts[-1] + len(cell) + 1)
        return starts


def read_districts(path: str, raw: bytes) -> list[DistrictRow]:
    """All rows.

    Raises:
        DocumentError: With every row that cannot be read, and rows that repeat a key or a square.
    """
    header, *lines = _lines(path, decode(path, raw))
    columns = tuple(header.cells)
    if columns not in (COLUMNS, _NEEDED):
        message = (
            f"the first line must name the columns; write {','.join(_NEEDED)} "
            f"and, if you like, {_OPTIONAL}"
        )
        raise DocumentError([Problem(path, 1, 1, message)])
    rows: list[tuple[int, DistrictRow]] = []
    problems: list[Problem] = []
    for line in lines:
        try:
            rows.append((line.number, _row(path, line, columns)))
        except DocumentError as error:
            problems += error.problems
    problems += _repeats(path, rows)
    if problems:
        raise DocumentError(problems)
    return [row for _, row in rows]


def _lines(path: str, text: str) -> list[_Line]:
    """The lines that are not empty, the header first even where there is none."""
    reader = csv.reader(io.StringIO(text), strict=True)
    lines: list[_Line] = []
    begins = 1
    try:
        for cells in reader:
            lines += [_Line(begins, cells)] if cells else []
            begins = reader.line_num + 1
    except csv.Error as error:
        message = f"this line cannot be read ({error}); check its quotation marks"
        raise DocumentError([Problem(path, begins, 1, message)]) from None
    return lines or [_Line(1, [])]


def _row(path: str, line: _Line, columns: tuple[str, ...]) -> DistrictRow:
    if len(line.cells) != len(columns):
        message = (
            f"the line has {len(line.cells)} columns; write these {len(columns)}: "
            f"{','.join(columns)}"
        )
        raise DocumentError([Problem(path, line.number, 1, message)])
    record = dict(zip(columns, line.cells, strict=True))
    if not record.get(_OPTIONAL):
        record.pop(_OPTIONAL, None)
    try:
        return DistrictRow.model_validate(record)
    except ValidationError as error:
        raise DocumentError(problems_of(error, _tree(path, line), DistrictRow)) from None


def _tree(path: str, line: _Line) -> Tree:
    """The line as the errors of a schema want it."""
    values: dict[Path, Place] = {
        (name,): Place(line.number, column)
        for name, column in zip(COLUMNS, line.columns, strict=False)
    }
    return Tree(path, values={(): Place(line.number, 1), **values})


def _repeats(path: str, rows: Sequence[tuple[int, DistrictRow]]) -> Iterator[Problem]:
    first: dict[object, str] = {}
    for line, row in rows:
        for what, value in (("key", row.key), ("code", row.iso), ("square", (row.x, row.y))):
            if (what, value) in first:
                message = f"{row.key} has the {what} of {first[what, value]}; use each once"
                yield Problem(path, line, 1, message)
            else:
                first[what, value] = row.key
