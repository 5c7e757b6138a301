"""``districts.csv``: one row a district."""

import csv
import io
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from showcase.documents.fields import Slug, Whole
from showcase.documents.kinds import Fields
from showcase.documents.problems import DocumentError, Problem
from showcase.documents.source import decode
from showcase.words import Line

COUNT: Final = 64

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


class DistrictRow(Fields):
    """A district.

    Attributes:
        iso: Its ISO 3166-2 code, BD-01 to BD-64.
        x: Column of its square on the map, from the west.
        y: Row of its square, from the north.
    """

    key: Slug
    iso: Annotated[str, Field(pattern=r"^BD-\d\d$")]
    division: Division
    name_en: Line
    name_bn: Line
    x: Whole
    y: Whole


def read_districts(path: str, raw: bytes) -> list[DistrictRow]:
    """All rows.

    Raises:
        DocumentError: With every row that cannot be read, and rows that repeat a key or a square.
    """
    rows: list[DistrictRow] = []
    problems: list[Problem] = []
    reader = csv.DictReader(io.StringIO(decode(path, raw)))
    for record in reader:
        try:
            rows.append(DistrictRow.model_validate(record))
        except ValidationError as error:
            problems += [_problem(path, reader.line_num, record, fault) for fault in error.errors()]
    problems += _repeats(path, rows)
    if problems:
        raise DocumentError(problems)
    return rows


def _problem(path: str, line: int, record: dict[Any, Any], fault: Any) -> Problem:
    columns = [str(name) for name in record]
    name = str(fault["loc"][0]) if fault["loc"] else ""
    column = columns.index(name) + 1 if name in columns else 1
    return Problem(path, line, column, f"column {name}: {fault['msg']}")


def _repeats(path: str, rows: list[DistrictRow]) -> list[Problem]:
    problems = []
    seen: dict[object, str] = {}
    for line, row in enumerate(rows, 2):
        for what, value in (("key", row.key), ("code", row.iso), ("square", (row.x, row.y))):
            first = seen.setdefault((what, value), row.key)
            if first != row.key or (what == "key" and _count(rows, row.key) > 1):
                message = f"{row.key} has the {what} of {first}; each is used once"
                problems.append(Problem(path, line, 1, message))
    return problems


def _count(rows: list[DistrictRow], key: str) -> int:
    return sum(row.key == key for row in rows)
