"""The headers of htmx, spelled once."""

from http import HTTPStatus

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse


def is_request() -> bool:
    """htmx asks, and wants a piece of the page rather than the whole."""
    return request.headers.get("HX-Request") == "true"


def see_other(address: str) -> BaseResponse:
    """Go on to another page after a form: 303, which every browser follows with a GET.

    htmx would swap the page it is redirected to into the form's place, so it is told to go there.
    """
    if is_request():
        return Response(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": address})
    return redirect(address, HTTPStatus.SEE_OTHER)
