"""A TCV record in the fewest honest words: for a share card, a message, a poster."""

from collections.abc import Sequence
from dataclasses import dataclass

from showcase.i18n import _, format_number, speaking
from showcase.tcv.change import PercentOnly
from showcase.tcv.evidence import HIGHEST, evidence_level
from showcase.tcv.labels import MEASURES, Measure
from showcase.tcv.records import TcvRecord, change_of, percent_of
from showcase.tcv.widget import Row, Tone, widget
from showcase.words import Spoken


@dataclass(frozen=True, slots=True)
class BriefRow:
    """One measure: its two values, or ``instead`` what there is to say without them.

    ``change`` is empty where nothing was measured at all.
    """

    measure: Measure
    label: str
    before: str
    after: str
    instead: str
    change: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Brief:
    """
    Attributes:
        level: Of the evidence, from 1 to ``highest``; ``evidence`` says the same in words.
        sample: How many cases were measured, or that nobody says.
    """

    language: str
    service: Spoken
    rows: tuple[BriefRow, ...]
    level: int
    highest: int
    evidence: str
    sample: str


def leading(records: Sequence[TcvRecord]) -> TcvRecord | None:
    """The one record there is room for: that of the largest change, else the first."""
    return max(records, key=_largest_change, default=None)


def brief(record: TcvRecord, language: str) -> Brief:
    with speaking(language):
        view = widget(record, language)
        return Brief(
            language=language,
            service=view.service,
            rows=tuple(_row(record, row) for row in view.rows),
            level=evidence_level(record).number,
            highest=HIGHEST,
            evidence=view.badge.text,
            sample=_sample(record, language),
        )


def _largest_change(record: TcvRecord) -> float:
    percents = (percent_of(record, measure) for measure in MEASURES)
    return max((abs(float(percent)) for percent in percents if percent is not None), default=-1.0)


def _row(record: TcvRecord, row: Row) -> BriefRow:
    has_values = bool(record.before.of(row.measure) or record.after.of(row.measure))
    is_percent_only = isinstance(change_of(record, row.measure), PercentOnly)
    is_told = has_values or is_percent_only
    return BriefRow(
        measure=row.measure,
        label=row.label,
        before=row.before if has_values else "",
        after=row.after if has_values else "",
        instead="" if has_values else _("percent only") if is_percent_only else row.change,
        change=row.change if is_told else "",
        tone=row.tone,
    )


def _sample(record: TcvRecord, language: str) -> str:
    if record.sample is None:
        return _("sample not stated")
    return _("sample: %(number)s", number=format_number(record.sample, language))
