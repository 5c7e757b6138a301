"""What kinds and states of events are called on a page."""

from typing import Final

from showcase.i18n import _l

KINDS: Final = {
    "summit": _l("Summit"),
    "fair": _l("Innovation fair"),
    "circle": _l("Innovation Circle"),
    "showing": _l("Showing"),
    "training": _l("Training"),
}
STATES: Final = {
    "announced": _l("Announced"),
    "open": _l("Registration open"),
    "full": _l("Fully booked"),
    "closed": _l("Registration closed"),
    "running": _l("Taking place now"),
    "over": _l("Over"),
    "postponed": _l("Postponed"),
    "cancelled": _l("Cancelled"),
}
