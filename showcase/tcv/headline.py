"""The one change of a story that a card has room for."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from showcase.i18n import _l, format_percent
from showcase.tcv.change import rounded, signed_percent
from showcase.tcv.evidence import evidence_level
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
        if (percent := signed_percent(change_of(record, measure)))
    ]
    if not changes:
        return None
    percent, measure, record = max(changes, key=lambda change: abs(change[0]))
    level = evidence_level(record)
    return Headline(_told(percent, measure, language), str(level.name))


def _told(percent: Decimal, measure: Measure, language: str) -> str:
    sentence = (_LESS if percent < 0 else _MORE)[measure]
    return str(sentence) % {"percent": format_percent(rounded(abs(percent)), language)}
