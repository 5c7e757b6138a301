"""Why a registration was refused, in words for the visitor."""

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


class TicketKeyChanged(RegistrationError):
    """The site's secret key is another than when the ticket was made: its link cannot be told."""


class EventNotPublished(RegistrationError):
    """A message cannot be written while its event is taken off the site."""
