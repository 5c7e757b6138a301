"""The page of a certificate: for its holder to print, and for others to verify."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from showcase.access import SECRET_LINK, access
from showcase.certificates.errors import NoSuchCertificate
from showcase.certificates.page import certificate_page
from showcase.certificates.queries import certificate_with
from showcase.headers import unlisted
from showcase.registrations.secret import as_printed
from showcase.templating import render

certificates = unlisted(
    Blueprint("certificates", __name__, url_prefix="/<any(bn, en):language>/certificates")
)


@certificates.get("/<code>")
@access(SECRET_LINK)
def show(code: str) -> ResponseReturnValue:
    certificate = certificate_with(as_printed(code))
    if certificate is None:
        raise NoSuchCertificate
    return render("certificates/show.html", page=certificate_page(certificate))
