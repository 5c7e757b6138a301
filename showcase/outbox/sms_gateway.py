"""SMS by a gateway on the web."""

from http import HTTPStatus
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode
from urllib.request import Request, urlopen

from showcase.outbox.errors import OutOfReach, RefusedByGateway, RefusedForGood
from showcase.outbox.parcel import Parcel

_TIMEOUT_SECONDS: Final = 20
# Gateways answer with a line or two.
_ANSWER_BYTES: Final = 10_000


class SmsGateway:
    """Any gateway that takes a form by POST; the number goes as 8801…, without the plus sign."""

    def __init__(
        self, url: str, *, fields: str, to_field: str, text_field: str, success: str
    ) -> None:
        self.url = url
        self.fields = parse_qsl(fields, keep_blank_values=True)
        self.to_field = to_field
        self.text_field = text_field
        self.success = success

    def send(self, parcel: Parcel) -> None:
        form: list[tuple[str, Any]] = [
            *self.fields,
            (self.to_field, parcel.message.to.removeprefix("+")),
            (self.text_field, parcel.message.text),
        ]
        # The settings take http:// and https:// only.
        request = Request(self.url, urlencode(form).encode())  # noqa: S310
        try:
            with urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
                told = answer.read(_ANSWER_BYTES).decode("utf-8", "replace")
                is_taken = answer.status < HTTPStatus.MULTIPLE_CHOICES and self.success in told
        except HTTPError as error:
            error.close()
            raise (RefusedForGood if _is_for_good(error.code) else RefusedByGateway) from None
        except URLError as error:
            raise OutOfReach(type(error.reason).__name__) from None
        if not is_taken:
            raise RefusedByGateway

    def close(self) -> None:
        """Each message has its own connection."""


def _is_for_good(status: int) -> bool:
    """It is this message that the gateway will not have."""
    return status // 100 == 4 and status not in _NOT_THE_MESSAGE


# Our account or our settings, which somebody will mend, or the moment.
_NOT_THE_MESSAGE: Final = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.PAYMENT_REQUIRED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
)
