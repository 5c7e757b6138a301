"""What was measured, as a table for the terminal and as ``docs/benchmarks.md``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from showcase.config import ROOT

PAGE: Final = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Row:
    """One figure. ``target`` is empty where none was set; ``is_met`` counts only with one."""

    what: str
    value: str
    target: str = ""
    is_met: bool = True

    @property
    def verdict(self) -> str:
        if not self.target:
            return ""
        return "met" if self.is_met else "**missed**"


@dataclass(frozen=True)
class Section:
    title: str
    how: str
    rows: Sequence[Row]


def at_least(what: str, value: float, target: float, shown: str, detail: str = "") -> Row:
    return Row(what, f"{shown.format(value)}{detail}", f"≥ {shown.format(target)}", value >= target)


def at_most(what: str, value: float, target: float, shown: str, detail: str = "") -> Row:
    return Row(what, f"{shown.format(value)}{detail}", f"≤ {shown.format(target)}", value <= target)


def told(section: Section) -> str:
    return "\n\n".join([f"## {section.title}", section.how, _table(section.rows)]) + "\n"


def page(sections: Sequence[Section], machine: str, seconds: float) -> str:
    day = datetime.now(UTC).date().isoformat()
    head = _HEAD.format(day=day, machine=machine, seconds=seconds)
    return "\n".join([head, *(told(section) for section in sections)])


_HEAD: Final = """# Benchmarks

Written by `make bench`, which measures everything anew, on {day}, in {seconds:.0f} seconds.
Figures of different machines or days do not compare: what counts are the ratios, whose two sides
were measured in one run. A run beside other work shows the other work too.

Machine: {machine}. All traffic stays on the loopback.
"""


def _table(rows: Sequence[Row]) -> str:
    lines = ["| | measured | target | |", "|---|---:|---:|---|"]
    lines += [f"| {row.what} | {row.value} | {row.target} | {row.verdict} |" for row in rows]
    return "\n".join(lines)
