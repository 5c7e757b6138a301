"""The one change of a story that a card has room for."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from showcase.i18n import _l, format_percent
from showcase.tcv.change import rounded, signed_percent
from showcase.tcv.labels import MEASURES, Measure
from showcase.tcv.records import TcvRecord, change_of

_LESS: Final = {
    "time": _l("%(percent)s less time"),
    "cost": _l("%(percent)s less cost"),
    "visits": _l("%(percent)s fewer visits"),
}
_MORE: Final = {
    "time": _l("%(percent)s more time"),
    "cost": _l("%(percent)s more cost"),
    "visits": _l("%(percent)s more visits"),
}


def headline(records: Iterable[TcvRecord], language: str) -> str:
    """The largest change, up as well as down; empty where nothing can be compared."""
    changes = [
        (percent, measure)
        for record in records
        for measure in MEASURES
        if (percent := signed_percent(change_of(record, measure)))
    ]
    if not changes:
        return ""
    percent, measure = max(changes, key=lambda change: abs(change[0]))
    return _told(percent, measure, language)


def _told(percent: Decimal, measure: Measure, language: str) -> str:
    sentence = (_LESS if percent < 0 else _MORE)[measure]
    return str(sentence) % {"percent": format_percent(rounded(abs(percent)), language)}
