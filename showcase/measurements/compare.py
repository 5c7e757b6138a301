"""Two or three records side by side, with what may be compared and why the rest may not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from showcase.i18n import _, _l, format_number
from showcase.measurements.queries import Entry, entries_of, parse_id
from showcase.measurements.register import RecordRow, record_row
from showcase.measurements.selection import told
from showcase.tcv.comparison import ASPECTS, Aspect, Comparison, Conflict, compare
from showcase.tcv.labels import MEASURE_NAMES
from showcase.tcv.widget import Row

MOST: Final = 3
# A link with more than these was not made by hand.
_MOST_READ: Final = 20

_ASPECT_NAMES: Final[dict[Aspect, Any]] = {
    "before": _l("Before"),
    "after": _l("After"),
    "change": _l("Change"),
}


@dataclass(frozen=True)
class Line:
    """One side of one measure: a text for each record, and what is said of all of them."""

    label: str
    cells: tuple[str, ...]
    verdict: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class MeasureView:
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CompareView:
    """
    Attributes:
        records: The columns; fewer than two are nothing to compare yet.
        measures: Empty where there is nothing to compare yet.
        not_found: What was asked for and is no published record.
        left_out: How many records more than three were asked for.
    """

    records: tuple[RecordRow, ...]
    measures: tuple[MeasureView, ...]
    not_found: tuple[str, ...]
    left_out: int


def compare_view(asked: Sequence[str]) -> CompareView:
    texts = list(dict.fromkeys(asked))[:_MOST_READ]
    ids = {text: parse_id(text) for text in texts}
    found = entries_of(one for one in ids.values() if one)
    known = {entry.id for entry in found}
    shown = found[:MOST]
    rows = tuple(map(record_row, shown))
    return CompareView(
        records=rows,
        measures=tuple(_measures(shown, rows)) if len(shown) > 1 else (),
        not_found=tuple(told(text for text, one in ids.items() if one not in known)),
        left_out=len(found) - len(shown),
    )


def _measures(entries: Sequence[Entry], rows: Sequence[RecordRow]) -> Iterator[MeasureView]:
    comparisons = compare([entry.record for entry in entries])
    for place, start in enumerate(range(0, len(comparisons), len(ASPECTS))):
        cells = [row.measures[place] for row in rows]
        lines = (_line(one, cells) for one in comparisons[start : start + len(ASPECTS)])
        yield MeasureView(str(MEASURE_NAMES[cells[0].measure]), tuple(lines))


def _line(comparison: Comparison, cells: Sequence[Row]) -> Line:
    return Line(
        label=str(_ASPECT_NAMES[comparison.aspect]),
        cells=tuple(str(getattr(cell, comparison.aspect)) for cell in cells),
        verdict=comparison.verdict,
        says=tuple(_says(comparison, len(cells))),
    )


def _says(comparison: Comparison, records: int) -> Iterator[str]:
    if comparison.verdict == "comparable":
        yield _("These may be compared.")
    elif comparison.verdict == "too-few":
        yield _("Nothing to compare.")
    else:
        yield from (_refusal(conflict, records) for conflict in comparison.conflicts)


def _refusal(conflict: Conflict, records: int) -> str:
    if records == 2:
        return _("Not to be compared. %(reason)s", reason=str(conflict.reason))
    return _(
        "%(one)s and %(other)s: not to be compared. %(reason)s",
        one=format_number(conflict.first + 1),
        other=format_number(conflict.second + 1),
        reason=str(conflict.reason),
    )
