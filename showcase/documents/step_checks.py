"""What is wrong with the steps before and after in a text: by themselves, and beside the records.

Which values there are and how they add up, only the feature knows that brings the records.
"""

from collections.abc import Iterator
from typing import Any, Final

from showcase.documents.blocks import Steps, placed_steps
from showcase.documents.kinds import Kind
from showcase.documents.problems import Problem

_BY_THEMSELVES: Final = "write “:::steps” alone for steps without a record"


def value_problems(kind: Kind, path: str, body: str, first_line: int) -> Iterator[Problem]:
    """Values that cannot be read, each at its place, and steps that no record can belong to."""
    for line, steps, places in placed_steps(body, first_line):
        if kind.steps is None:
            message = f"“{_block(steps)}” belongs to a TCV record, and here are none"
            yield Problem(path, line, 1, f"{message}; {_BY_THEMSELVES}")
            continue
        for where, message in kind.steps.faults(steps):
            yield Problem(path, *places[where], message)


def record_problems(kind: Kind, fields: Any, steps: Steps) -> Iterator[str]:
    """What does not fit between the steps and the records of ``fields``."""
    count = kind.count_records(fields) if fields is not None else 0
    if kind.steps is None:
        return
    if steps.record > count:
        yield (
            f"“{_block(steps)}” has no record to belong to: index.md has {count} under tcv; "
            f"write the record there, its service and source are enough, or {_BY_THEMSELVES}"
        )
        return
    yield from kind.steps.contradictions(fields, steps)


def _block(steps: Steps) -> str:
    number = f" {steps.record}" if steps.record > 1 else ""
    return f":::steps {steps.side}{number}"
