"""Why a vote, a slip or feedback was not taken, in words for the visitor."""

from http import HTTPStatus

from showcase.errors import ShowcaseError
from showcase.i18n import _l


class VoiceError(ShowcaseError):
    status = HTTPStatus.CONFLICT


class TicketEnded(VoiceError):
    """Cancelled or erased while its holder was still writing."""

    sentence = _l("This registration is no longer confirmed, so nothing was kept.")
