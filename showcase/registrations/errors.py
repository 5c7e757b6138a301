"""Why a registration was refused, in words for the visitor."""

from collections.abc import Collection
from http import HTTPStatus

from showcase.errors import ShowcaseError
from showcase.i18n import _l


class RegistrationError(ShowcaseError):
    status = HTTPStatus.CONFLICT


class NotEnoughSeats(RegistrationError):
    """Fewer seats are left than the party has people."""

    sentence = _l("There are not enough seats left for your group.")

    def __init__(self, seats_left: int) -> None:
        super().__init__(seats_left)
        self.seats_left = seats_left


class SessionsFull(RegistrationError):
    """The event has room, but not these sessions."""

    sentence = _l("There are not enough seats left in a session that you chose.")

    def __init__(self, keys: Collection[str]) -> None:
        super().__init__(sorted(keys))
        self.keys = frozenset(keys)


class PartyTooLarge(RegistrationError):
    """Waiting is of no use: there are fewer seats in all than the party has people."""

    sentence = _l("Your group is larger than all the seats there are. Come with fewer people.")


class PoolRefuses(RegistrationError):
    """The guard found too few seats; the purchase is undone and looked into."""


class FormAlreadyUsed(RegistrationError):
    """The key of this form came before, with other answers in the form."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _l(
        "This form was already sent once with other answers. "
        "Look through what it says now and send it again if you want one more registration."
    )


class EventIsOver(RegistrationError):
    sentence = _l("This event is over, so there is nothing left to cancel.")


class AlreadyIn(RegistrationError):
    sentence = _l(
        "This ticket was shown at the gate, so it cannot be changed or cancelled any more."
    )


class NothingToAnswer(RegistrationError):
    """The offer or invitation was answered already, has expired, or is another's."""

    sentence = _l("This offer is no longer open. Your ticket page says how things stand.")


class OfferOpen(RegistrationError):
    """Seats are offered: they were counted for the party as it is."""

    sentence = _l("First answer the offer of seats that is open; after that you can change this.")


class NotActive(RegistrationError):
    """Cancelled, refused or expired: there is nothing to change."""

    sentence = _l("This registration has ended, so it cannot be changed.")


class ContactTaken(RegistrationError):
    """Somebody proved that the number or address is theirs, and has a registration with it."""

    sentence = _l("With this number or e-mail there is another registration for this event.")


class ContactChangedTooOften(RegistrationError):
    """Each new contact gets a message, and whoever reads it may be a stranger."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _l("You have changed the number or e-mail often today. Try again tomorrow.")
    retry_after = 24 * 60 * 60


class TicketKeyChanged(RegistrationError):
    """The site's secret key is another than when the ticket was made: its link cannot be told."""


class EventNotPublished(RegistrationError):
    """A message cannot be written while its event is taken off the site."""
