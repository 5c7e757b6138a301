"""Why a share card could not be made."""

from http import HTTPStatus

from showcase.errors import ShowcaseError
from showcase.i18n import _l


class NoShaping(ShowcaseError):
    """This machine cannot join Bangla letters, and letters that do not join are no words."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = _l("The picture cannot be made at this moment. The page itself has all it shows.")


class TooManyAtOnce(ShowcaseError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = _l("Too many pictures are being made at this moment. Ask again in a few seconds.")
    retry_after = 3
