"""Where those who made a story can be reached: at their office, never at home."""

import re
from typing import Annotated, Final

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from pydantic import BeforeValidator

from showcase.documents.fields import HttpUrl
from showcase.documents.kinds import Fields
from showcase.text import clean_line, latin_digits
from showcase.words import Words

_REGION: Final = "BD"
# Such as 333, the government's information line, or 16123, that of the agriculture office.
_SHORT_CODE: Final = re.compile("[1-9][0-9]{2,4}")
_REMEDY: Final = "write the office's own line with its area code, or a short code such as 333"


def _office_phone(value: object) -> str:
    text = clean_line(str(value))
    plain = latin_digits(text)
    if _SHORT_CODE.fullmatch(plain):
        return plain
    try:
        number = phonenumbers.parse(plain, _REGION)
    except phonenumbers.NumberParseException:
        raise ValueError(f"“{text}” is no telephone number; {_REMEDY}") from None
    if phonenumbers.number_type(number) == PhoneNumberType.MOBILE:
        raise ValueError(f"“{text}” is somebody's mobile; {_REMEDY}, or leave the phone out")
    if not phonenumbers.is_valid_number_for_region(number, _REGION):
        raise ValueError(f"“{text}” is no telephone number of Bangladesh; {_REMEDY}")
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


OfficePhone = Annotated[str, BeforeValidator(_office_phone)]


class OfficeContact(Fields):
    office: Words
    phone: OfficePhone | None = None
    url: HttpUrl | None = None


def dialled(phone: str) -> str:
    """What a telephone dials: digits only."""
    return "".join(sign for sign in phone if sign.isdigit())
