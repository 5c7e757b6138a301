"""What kinds and states of events are called, and what a state means for a visitor."""

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
# For a calendar, which shows little else: what to do, or not to do.
ADVICE: Final = {
    "announced": _l("The page of the event tells whether and when you can register."),
    "open": _l("You can register for free on the page of the event."),
    "full": _l("All seats are taken. The page of the event tells when one becomes free."),
    "closed": _l("If you have a ticket, come. The page of the event tells who else may."),
    "running": _l("It has begun. The page of the event tells how to get in."),
    "over": _l("The event is over."),
    "postponed": _l("Do not come on these days: the new date will stand here. Tickets stay valid."),
    "cancelled": _l("The event will not take place. Who had registered need do nothing."),
}
