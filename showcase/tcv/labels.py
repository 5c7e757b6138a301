"""The fixed vocabulary of a TCV record, and what each word is called on a page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from flask_babel.speaklater import LazyString

from showcase.i18n import _l

Measure = Literal["time", "cost", "visits"]
Basis = Literal["spent", "elapsed", "promised"]
CostPart = Literal[
    "fee", "travel", "wage-loss", "assistance", "copies", "communication", "food-lodging"
]
Method = Literal[
    "claimed", "process-map", "retrospective-survey", "before-and-after", "independent"
]
Statistic = Literal["mean", "median"]

# The order of the three letters of TCV.
MEASURES: Final[tuple[Measure, ...]] = ("time", "cost", "visits")

MEASURE_NAMES: Final[Mapping[str, Any]] = {
    "time": _l("Time"),
    "cost": _l("Cost"),
    "visits": _l("Visits"),
}
BASIS_NAMES: Final[Mapping[Basis, Any]] = {
    "spent": _l("the citizen’s own time, spent on the service"),
    "elapsed": _l("calendar time, from the first step to the last"),
    "promised": _l("as promised in the citizen charter"),
}
COST_PART_NAMES: Final[Mapping[CostPart, Any]] = {
    "fee": _l("fees"),
    "travel": _l("travel"),
    "wage-loss": _l("lost wages"),
    "assistance": _l("paid help"),
    "copies": _l("copies and forms"),
    "communication": _l("phone and internet"),
    "food-lodging": _l("food and lodging"),
}
METHOD_NAMES: Final[Mapping[Method, Any]] = {
    "claimed": _l("stated by the source, no method given"),
    "process-map": _l("worked out on a map of the process"),
    "retrospective-survey": _l("citizens asked afterwards"),
    "before-and-after": _l("measured before and after"),
    "independent": _l("measured by somebody independent"),
}
STATISTIC_NAMES: Final[Mapping[Statistic, Any]] = {
    "mean": _l("mean (all cases added and divided)"),
    "median": _l("median (half of the cases lie below)"),
}
NOT_STATED: Final[Any] = _l("not stated")


def basis_name(basis: Basis | None) -> Any:
    return BASIS_NAMES[basis] if basis else NOT_STATED


def cost_part_names(parts: Sequence[CostPart] | None) -> Any:
    """The parts in a row, translated when printed."""
    return LazyString(_joined, parts) if parts else NOT_STATED


def _joined(parts: Sequence[CostPart]) -> str:
    return ", ".join(str(COST_PART_NAMES[part]) for part in parts)
