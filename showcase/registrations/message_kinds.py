"""The kinds of messages that a registration is owed; each has its templates in ``emails/``."""

from typing import Final

CONFIRMATION: Final = "confirmation"
# The organiser has to decide first.
REQUEST: Final = "request"
REFUSAL: Final = "refusal"
INVITATION: Final = "invitation"
CHANGE: Final = "change"
CANCELLATION: Final = "cancellation"
# The ticket's link, asked for again by somebody who lost it.
LOST: Final = "lost"
# To the new number or address alone, which takes its place when the link is opened.
CONTACT: Final = "contact"

PLACE: Final = "place"
OFFER: Final = "offer"
OFFER_ENDED: Final = "offer_ended"
LIST_CLOSED: Final = "list_closed"

TOMORROW: Final = "tomorrow"
SOON: Final = "soon"
POSTPONED: Final = "postponed"
CALLED_OFF: Final = "called_off"
MOVED: Final = "moved"
THANKS: Final = "thanks"

KINDS: Final = (
    CONFIRMATION,
    REQUEST,
    REFUSAL,
    INVITATION,
    CHANGE,
    CANCELLATION,
    LOST,
    CONTACT,
    PLACE,
    OFFER,
    OFFER_ENDED,
    LIST_CLOSED,
    TOMORROW,
    SOON,
    POSTPONED,
    CALLED_OFF,
    MOVED,
    THANKS,
)
