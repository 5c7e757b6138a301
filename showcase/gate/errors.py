"""Why nobody is let in with this code, in words for whoever stands at the gate."""

from http import HTTPStatus

from showcase.errors import ShowcaseError
from showcase.i18n import _l


class GateError(ShowcaseError):
    status = HTTPStatus.CONFLICT


class UnknownCode(GateError):
    status = HTTPStatus.NOT_FOUND
    sentence = _l("No ticket of this event has this code. Read it again, letter by letter.")


class NotConfirmed(GateError):
    """Waiting, cancelled, refused: the ticket has no seat."""

    sentence = _l("This ticket lets nobody in: its registration is not confirmed.")


class WrongNumber(GateError):
    sentence = _l("Let in at least one person and at most as many as the ticket is for.")
