"""Durations, taka, visits and percentages: read as a source writes them, kept in that unit."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, PlainSerializer

from showcase.i18n import _n, format_money, format_number, speaking
from showcase.text import clean_line, folded

Unit = Literal["minutes", "hours", "days", "working-days", "taka", "visits"]

# At most two decimals, since no more are printed; grouped in thousands or in lakhs.
_NUMBER = (
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{2,3}){0,3},[0-9]{3}|[0-9]{1,12})"
    r"(?P<decimals>\.[0-9]{1,2})?(?P<more>\+)?"
)
_CURRENCY = r"(?:bdt|tk\.?|taka|৳|টাকা)"
_DURATION: Final = re.compile(rf"{_NUMBER} ?(?P<unit>[^0-9+]+)")
_MONEY: Final = re.compile(rf"{_CURRENCY} ?{_NUMBER}")
_MONEY_SIGN_LAST: Final = re.compile(rf"{_NUMBER}(?:/-)? ?{_CURRENCY}")
_VISITS: Final = re.compile(rf"{_NUMBER}(?: ?(?:visits?|বার))?")
_PERCENT: Final = re.compile(r"(?P<sign>[-+−–]?)(?P<number>[0-9]{1,5}(?:\.[0-9]{1,2})?) ?%")


def _spelled(unit: Unit, *spellings: str) -> dict[str, Unit]:
    return dict.fromkeys(spellings, unit)


_TIME_UNITS: Final[Mapping[str, Unit]] = {
    **_spelled("minutes", "minute", "minutes", "min", "mins", "মিনিট"),
    # ঘন্টা is the common other spelling of ঘণ্টা.
    **_spelled("hours", "hour", "hours", "hr", "hrs", "ঘণ্টা", "ঘন্টা"),
    **_spelled("days", "day", "days", "দিন"),
    **_spelled("working-days", "working day", "working days", "কর্মদিবস", "কার্যদিবস"),
}
_SOURCE_WORDS: Final[Mapping[Unit, str]] = {
    "minutes": "minutes",
    "hours": "hours",
    "days": "days",
    "working-days": "working days",
    "taka": "BDT",
    "visits": "visits",
}
_OR_NOTHING = "or leave the line out if it was not measured"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in the unit of its source; ``at_least`` where the source writes 2,500+."""

    amount: Decimal
    unit: Unit
    at_least: bool = False

    def __str__(self) -> str:
        """As a source may write it: what the parser of its kind reads again."""
        return f"{self.amount:f}{'+' if self.at_least else ''} {_SOURCE_WORDS[self.unit]}"

    def said(self, language: str) -> str:
        """For the reader: 2 days, ২ দিন, ৳2,500+."""
        more = "+" if self.at_least else ""
        if self.unit == "taka":
            return format_money(self.amount, language) + more
        with speaking(language):
            return _counted(self, format_number(self.amount, language) + more)


def _counted(quantity: Quantity, amount: str) -> str:
    # Only one of a thing is singular in English: 1.5 hours, 0 days, 1+ visits.
    number = 1 if quantity.amount == 1 and not quantity.at_least else 2
    match quantity.unit:
        case "minutes":
            text = _n("%(amount)s minute", "%(amount)s minutes", number, amount=amount)
        case "hours":
            text = _n("%(amount)s hour", "%(amount)s hours", number, amount=amount)
        case "days":
            text = _n("%(amount)s day", "%(amount)s days", number, amount=amount)
        case "working-days":
            text = _n("%(amount)s working day", "%(amount)s working days", number, amount=amount)
        case _:
            text = _n("%(amount)s visit", "%(amount)s visits", number, amount=amount)
    return str(text)


def parse_duration(value: object) -> Quantity:
    text = _one_line(value)
    found = _DURATION.fullmatch(folded(text))
    unit = _TIME_UNITS.get(found["unit"]) if found else None
    if not found or not unit:
        raise ValueError(
            f"“{text}” is no duration; write a number and one of minutes, hours, days, "
            f"working days, {_OR_NOTHING}"
        )
    return _quantity(found, unit)


def parse_money(value: object) -> Quantity:
    text = _one_line(value)
    plain = folded(text)
    found = _MONEY.fullmatch(plain) or _MONEY_SIGN_LAST.fullmatch(plain)
    if not found:
        raise ValueError(
            f"“{text}” is no amount of taka; write it like 2500 BDT or ২৫০০ টাকা, {_OR_NOTHING}"
        )
    return _quantity(found, "taka")


def parse_visits(value: object) -> Quantity:
    """Decimals are fine: a mean may be 1.5 visits."""
    text = _one_line(value)
    found = _VISITS.fullmatch(folded(text))
    if not found:
        raise ValueError(f"“{text}” is no number of visits; write it like 2 or ২, {_OR_NOTHING}")
    return _quantity(found, "visits")


def parse_percent(value: object) -> Decimal:
    """Signed: −77 where a thing became 77 % less."""
    text = _one_line(value)
    found = _PERCENT.fullmatch(folded(text))
    if not found:
        raise ValueError(
            f"“{text}” is no change in percent; write it like -77% for less or +12% for more"
        )
    number = Decimal(found["number"])
    if number and not found["sign"]:
        raise ValueError(
            f"“{text}” does not say which way; write -{number}% for less or +{number}% for more"
        )
    if found["sign"] in ("", "+"):
        return number
    if number > 100:
        raise ValueError(f"“{text}” is not possible: nothing falls by more than 100%; correct it")
    return -number


# What reads the value of each measure.
PARSERS: Final[Mapping[str, Callable[[object], Quantity]]] = {
    "time": parse_duration,
    "cost": parse_money,
    "visits": parse_visits,
}


def _quantity(found: re.Match[str], unit: Unit) -> Quantity:
    number = found["number"].replace(",", "") + (found["decimals"] or "")
    return Quantity(Decimal(number), unit, at_least=bool(found["more"]))


def _one_line(value: object) -> str:
    if not isinstance(value, str | int):
        raise ValueError("this is not a single value; write one value on one line")
    return clean_line(str(value))


def _percent_source(value: Decimal) -> str:
    return f"{value:+f}%"


Duration = Annotated[
    Quantity, BeforeValidator(parse_duration), PlainSerializer(str, return_type=str)
]
Money = Annotated[Quantity, BeforeValidator(parse_money), PlainSerializer(str, return_type=str)]
Visits = Annotated[Quantity, BeforeValidator(parse_visits), PlainSerializer(str, return_type=str)]
Percent = Annotated[
    Decimal, BeforeValidator(parse_percent), PlainSerializer(_percent_source, return_type=str)
]
