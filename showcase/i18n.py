"""Two languages, Bangla first: which one a request speaks, and how numbers and dates read in it.

Babel groups by lakh and names months, but never writes Bangla digits whatever its numbering system
says (python-babel#731); the last step here does.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, force_locale, gettext, lazy_gettext, ngettext

from showcase.text import bangla_digits, nfc

LANGUAGES: Final = ("bn", "en")
DEFAULT_LANGUAGE: Final = "bn"
LANGUAGE_NAMES: Final = {"bn": "বাংলা", "en": "English"}
DHAKA: Final = ZoneInfo("Asia/Dhaka")
TRANSLATIONS: Final = Path(__file__).parent / "translations"

# English as written in Bangladesh: British dates, Indian grouping (12,34,567); CLDR has no "en_BD".
_DATE_LOCALE = {"bn": "bn_BD", "en": "en_GB"}
_NUMBER_LOCALE = {"bn": "bn_BD", "en": "en_IN"}

# As the Bangla Academy spells them.
_OLD_SPELLINGS = {nfc("জানুয়ারী"): nfc("জানুয়ারি"), nfc("ফেব্রুয়ারী"): nfc("ফেব্রুয়ারি"), "রাত্রি": "রাত"}


def _(text: str, **variables: object) -> str:
    """The text in the language of the page."""
    return str(gettext(text, **variables))


def _n(one: str, many: str, number: int, /, **variables: object) -> str:
    """The text for one or for several."""
    return str(ngettext(one, many, number, **variables))


def _l(text: str, **variables: object) -> Any:
    """The text, translated each time it is printed: for what is named before a page is made."""
    return lazy_gettext(text, **variables)


def init_app(app: Flask) -> None:
    compile_catalogues()
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=language)
    app.url_value_preprocessor(_take_language_from_path)
    app.url_defaults(_put_language_into_path)


def compile_catalogues() -> None:
    """Write each ``.mo`` whose ``.po`` is newer, so that a fresh checkout speaks Bangla at once."""
    for po in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        unfinished = mo.with_suffix(f".{id(catalogue)}.tmp")
        with unfinished.open("wb") as target:
            write_mo(target, catalogue)
        # A rename, since several processes may start at once.
        unfinished.replace(mo)


def language() -> str:
    """The language of the page being made; Bangla outside a request."""
    return str(g.get("language", DEFAULT_LANGUAGE)) if has_request_context() else DEFAULT_LANGUAGE


def _take_language_from_path(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """``/bn/…`` speaks Bangla; the views themselves never see the word."""
    if values and "language" in values:
        g.language = values.pop("language")
        g.language_in_path = True


def _put_language_into_path(endpoint: str, values: dict[str, Any]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values.setdefault("language", language())


def preferred_language() -> str:
    """What the browser asks for, Bangla where it asks for neither.

    Werkzeug's own ``best_match`` prefers ``bn`` to an ``en-GB`` that was asked for first.
    """
    asked = (tag.split("-")[0].lower() for tag, weight in request.accept_languages if weight)
    return next((code for code in asked if code in LANGUAGES), DEFAULT_LANGUAGE)


def other_language(code: str) -> str:
    return "en" if code == "bn" else "bn"


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Translate into ``code`` inside the block: for the worker, which writes to many people."""
    with force_locale(code):
        yield


def digits(text: str, code: str | None = None) -> str:
    """The text with the digits of its language."""
    return bangla_digits(text) if (code or language()) == "bn" else text


def format_number(value: int | float | Decimal, code: str | None = None) -> str:
    """Grouped by lakh, at most two decimals: 12,34,567.5 or ১২,৩৪,৫৬৭.৫."""
    return _told_number(value, code or language())


@lru_cache(4096)
def _told_number(value: int | float | Decimal, code: str) -> str:
    """A list tells some hundred counts, and Babel takes a twentieth of a millisecond for each."""
    told = numbers.format_decimal(value, "#,##,##0.##", locale=_NUMBER_LOCALE[code])
    return digits("0" if told == "-0" else told, code)


def format_money(value: int | float | Decimal, code: str | None = None) -> str:
    """Taka, the sign in front in both languages: ৳2,500 or ৳২,৫০০."""
    return f"৳{format_number(value, code)}"


def format_percent(value: int | float | Decimal, code: str | None = None) -> str:
    """A percentage already in hundredths: 77 reads 77% or ৭৭%."""
    return f"{format_number(value, code)}%"


def format_date(value: date | datetime, code: str | None = None) -> str:
    """14 January 2027 or ১৪ জানুয়ারি ২০২৭, in Dhaka."""
    code = code or language()
    return _as_written_today(
        dates.format_date(_local_day(value), "d MMMM y", locale=_DATE_LOCALE[code]), code
    )


def format_day(value: date | datetime, code: str | None = None) -> str:
    """With the weekday: Thursday, 14 January 2027."""
    code = code or language()
    pattern = "EEEE, d MMMM y"
    return _as_written_today(
        dates.format_date(_local_day(value), pattern, locale=_DATE_LOCALE[code]), code
    )


def day_names(code: str, *, short: bool = False) -> Mapping[int, str]:
    """By number, Monday being 0."""
    return dates.get_day_names("abbreviated" if short else "wide", locale=_DATE_LOCALE[code])


def format_month(year: int, month: int, code: str | None = None) -> str:
    """March 2014 or মার্চ ২০১৪."""
    code = code or language()
    first = date(year, month, 1)
    return _as_written_today(dates.format_date(first, "MMMM y", locale=_DATE_LOCALE[code]), code)


def format_known(
    year: int | None, month: int | None, day: int | None, code: str | None = None
) -> str:
    """A date as well as it is known: 2014, March 2014, 21 March 2014; nothing if unknown."""
    if year is None:
        return ""
    if month is None:
        return digits(str(year), code)
    return format_date(date(year, month, day), code) if day else format_month(year, month, code)


def format_time(value: datetime, code: str | None = None) -> str:
    """9:00 am or সকাল ৯:০০: Bangla tells the part of the day, not am and pm."""
    code = code or language()
    pattern = "B h:mm" if code == "bn" else "h:mm a"
    told = dates.format_time(
        value.astimezone(DHAKA), pattern, tzinfo=DHAKA, locale=_DATE_LOCALE[code]
    )
    return _as_written_today(told, code)


def _as_written_today(told: str, code: str) -> str:
    """CLDR spells some Bangla months and hours as nobody in Bangladesh does any more."""
    if code == "bn":
        for old, new in _OLD_SPELLINGS.items():
            told = told.replace(old, new)
    return digits(told, code)


def _local_day(value: date | datetime) -> date:
    return value.astimezone(DHAKA).date() if isinstance(value, datetime) else value
