"""How far a number may be trusted: a level from 1 to 5 that follows from how it was measured."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from showcase.i18n import _l, digits
from showcase.tcv.labels import Method
from showcase.tcv.records import TcvRecord


class EvidenceLevel(NamedTuple):
    """``name`` and ``sentence`` are translated when printed."""

    number: int
    name: Any
    sentence: Any


HIGHEST: Final = 5
_LEVELS: Final[Mapping[Method, EvidenceLevel]] = {
    "claimed": EvidenceLevel(
        1, _l("claimed"), _l("Stated by the source; how it was measured is not shown.")
    ),
    "process-map": EvidenceLevel(
        2,
        _l("process map"),
        _l("Worked out step by step on a map of the process, before and after."),
    ),
    "retrospective-survey": EvidenceLevel(
        3,
        _l("asked afterwards"),
        _l("Citizens were asked afterwards what the service took before and now."),
    ),
    "before-and-after": EvidenceLevel(
        4,
        _l("measured before and after"),
        _l("Measured in the same way before the change and after it."),
    ),
    "independent": EvidenceLevel(
        5, _l("independent"), _l("Measured by somebody outside the office that made the change.")
    ),
}
_NO_SAMPLE: Final = EvidenceLevel(
    1,
    _l("claimed"),
    _l("A method is named but not how many cases were measured, so this counts as a claim."),
)

# By number, as text, for lists to choose from.
LEVEL_NAMES: Final[Mapping[str, Any]] = {
    str(level.number): level.name for level in _LEVELS.values()
}


def evidence_level(record: TcvRecord) -> EvidenceLevel:
    """Design §5 rule 4: without a sample every method is a claim."""
    if record.sample is None and record.method != "claimed":
        return _NO_SAMPLE
    return _LEVELS[record.method]


def level_label(number: str) -> str:
    """A level by its number, as text: 3: asked afterwards."""
    return f"{digits(number)}: {LEVEL_NAMES[number]}"


def levels() -> tuple[EvidenceLevel, ...]:
    """All of them, from the weakest to the strongest."""
    return tuple(_LEVELS.values())
