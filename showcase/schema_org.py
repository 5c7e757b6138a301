"""What all data for machines has in common: schema.org's context, and who publishes the site."""

from datetime import date, datetime
from typing import Any, Final

from showcase.i18n import DHAKA, _

Json = dict[str, Any]

CONTEXT: Final = "https://schema.org"
COUNTRY: Final = "BD"


def publisher() -> Json:
    return organisation(_("a2i (Aspire to Innovate)"))


def organisation(name: str) -> Json:
    return {"@type": "Organization", "name": name}


def moment(value: date | datetime) -> str:
    """ISO 8601; a moment as the clocks of Dhaka show it."""
    if isinstance(value, datetime):
        return value.astimezone(DHAKA).isoformat(timespec="seconds")
    return value.isoformat()


def present(data: Json) -> Json:
    """Without what is not known: a missing key is honest, an empty one is an error."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
