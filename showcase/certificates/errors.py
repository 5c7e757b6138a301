"""Why no certificate is shown, in words for whoever checks one."""

from http import HTTPStatus

from showcase.errors import ShowcaseError
from showcase.i18n import _l


class NoSuchCertificate(ShowcaseError):
    status = HTTPStatus.NOT_FOUND
    sentence = _l(
        "No certificate has this code. It has twelve letters and digits: compare each of them with "
        "the paper. If they are the same, the paper was not issued here."
    )
