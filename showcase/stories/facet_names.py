"""What the facets of the story list and their values are called."""

from collections.abc import Mapping
from typing import Any, Final

from showcase.districts.labels import DIVISIONS
from showcase.districts.queries import district_name
from showcase.i18n import _, _l, digits
from showcase.i18n import language as current_language
from showcase.stories.catalogue import UNKNOWN, Facet, Sort
from showcase.stories.labels import DELIVERIES, FUNDINGS, PAIN_POINTS, PHASES, SECTORS, STAGES
from showcase.tcv.evidence import LEVEL_NAMES, level_label

FACET_NAMES: Final[Mapping[Facet, Any]] = {
    "district": _l("District"),
    "division": _l("Division"),
    "sector": _l("Sector"),
    "stage": _l("Stage"),
    "phase": _l("Phase reached"),
    "pain": _l("What hurt before"),
    "delivery": _l("Where citizens get it"),
    "funding": _l("Paid from"),
    "year": _l("Begun in"),
    "evidence": _l("Evidence"),
    "measured": _l("Measured afterwards"),
}
SORT_NAMES: Final[Mapping[Sort, Any]] = {
    "newest": _l("Newest"),
    "time": _l("Most time saved"),
    "cost": _l("Most cost saved"),
    "visits": _l("Most visits saved"),
}
# What a list in one of these orders says above the stories that come last.
LACKING: Final[Mapping[Sort, Any]] = {
    "time": _l("These stories give no number for time, so they come last."),
    "cost": _l("These stories give no number for cost, so they come last."),
    "visits": _l("These stories give no number for visits, so they come last."),
}

# The values of each facet that has a fixed set of them, in the order in which they are told.
VALUES: Final[Mapping[Facet, Mapping[str, Any]]] = {
    "division": {**DIVISIONS, UNKNOWN: _l("No district given")},
    "sector": SECTORS,
    "stage": STAGES,
    "phase": PHASES,
    "pain": PAIN_POINTS,
    "delivery": DELIVERIES,
    "funding": FUNDINGS,
    "evidence": {**LEVEL_NAMES, UNKNOWN: _l("No numbers given")},
    "measured": {"yes": _l("Yes, at least in part"), "no": _l("No")},
}


def value_name(facet: Facet, value: str) -> str:
    """In the language of the page."""
    if facet == "district":
        return district_name(value, current_language()) or _("No district given")
    if facet == "year":
        return digits(value) if value.isdigit() else _("Undated")
    if facet == "evidence" and value in LEVEL_NAMES:
        return level_label(value)
    return str(VALUES[facet].get(value, value))
