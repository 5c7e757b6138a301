"""How the steps in a story's text and its TCV records keep each other right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from showcase.documents.blocks import Steps
from showcase.documents.kinds import StepRules
from showcase.stories.fields import StoryFields
from showcase.tcv import steps as service


def _faults(told: Steps) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for index, measure, message in service.faults(told.rows):
        yield (index, measure), f"{measure}: {message}"


def _complete(written: Mapping[str, Any], told: Sequence[Steps]) -> Mapping[str, Any]:
    """What a record leaves out and its steps give; a record that is no mapping is left alone."""
    records = written.get("tcv")
    if not isinstance(records, list):
        return written
    completed = list(records)
    for steps in told:
        if steps.record <= len(completed):
            place = steps.record - 1
            completed[place] = _completed(completed[place], steps)
    return {**written, "tcv": completed}


def _completed(record: Any, steps: Steps) -> Any:
    side = record.get(steps.side, {}) if isinstance(record, dict) else None
    if not isinstance(side, dict) or any(service.faults(steps.rows)):
        return record
    return {**record, steps.side: {**service.sums(steps.rows), **side}}


def _contradictions(fields: StoryFields, told: Steps) -> Iterable[str]:
    record = fields.tcv[told.record - 1]
    return service.contradictions(record, told.record, told.side, told.rows)


STEP_RULES = StepRules(faults=_faults, complete=_complete, contradictions=_contradictions)
