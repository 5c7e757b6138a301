"""The one change of a story that a card has room for."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from showcase.i18n import _l, format_percent
from showcase.tcv.change import rounded
from showcase.tcv.evidence import evidence_level
from showcase.tcv.labels import MEASURES, Measure
from showcase.tcv.records import TcvRecord, percent_of

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


class Headline(NamedTuple):
    """``change`` in a few words, and ``evidence``, how far it may be believed."""

    change: str
    evidence: str


def headline(records: Iterable[TcvRecord], language: str) -> Headline | None:
    """The largest change, up as well as down; None where nothing can be compared."""
    changes = [
        (percent, measure, record)
        for record in records
        for measure in MEASURES
        if (percent := percent_of(record, measure))
    ]
    if not changes:
        return None
    return _headline(*max(changes, key=lambda change: abs(change[0])), language)


def headline_of(records: Iterable[TcvRecord], measure: Measure, language: str) -> Headline | None:
    """The largest decrease of one measure, else its smallest increase; None where none changed."""
    changes = [
        (percent, measure, record) for record in records if (percent := percent_of(record, measure))
    ]
    if not changes:
        return None
    return _headline(*min(changes, key=lambda change: change[0]), language)


def _headline(percent: Decimal, measure: Measure, record: TcvRecord, language: str) -> Headline:
    return Headline(_told(percent, measure, language), str(evidence_level(record).name))


def _told(percent: Decimal, measure: Measure, language: str) -> str:
    sentence = (_LESS if percent < 0 else _MORE)[measure]
    return str(sentence) % {"percent": format_percent(rounded(abs(percent)), language)}
