"""A TCV record as a reader meets it: every text of the widget, ready to print in one language."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal, NamedTuple

from showcase.i18n import _, digits, format_percent, speaking
from showcase.tcv.change import (
    Change,
    Decrease,
    Increase,
    NotMeasured,
    PercentOnly,
    Refused,
    Same,
    rounded,
    signed_percent,
)
from showcase.tcv.details import Detail, corrections, details
from showcase.tcv.evidence import HIGHEST, evidence_level
from showcase.tcv.labels import MEASURE_NAMES, MEASURES, Measure
from showcase.tcv.quantities import Quantity
from showcase.tcv.records import TcvRecord, change_of
from showcase.words import Spoken

Tone = Literal["less", "more", "same", "unknown", "refused"]

_SMALLEST_SHOWN: Final = Decimal("0.1")
_LARGEST_SHOWN: Final = Decimal("99.9")


class Bars(NamedTuple):
    """Lengths of the two threads; the longer one is 100."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Row:
    """One measure. ``spoken`` says the whole row in one sentence."""

    measure: Measure
    label: str
    before: str
    after: str
    change: str
    tone: Tone
    reason: str | None
    bars: Bars | None
    spoken: str


@dataclass(frozen=True, slots=True)
class Badge:
    """The evidence level: ``text`` carries the number too, digits of the language."""

    number: int
    highest: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WidgetView:
    """``derived`` where at least one percentage follows from the values beside it."""

    language: str
    service: Spoken
    badge: Badge
    rows: tuple[Row, ...]
    derived: bool
    details: tuple[Detail, ...]
    note: Spoken | None
    corrections: tuple[Detail, ...]


def widget(record: TcvRecord, language: str) -> WidgetView:
    with speaking(language):
        return WidgetView(
            language=language,
            service=record.service.spoken(language),
            badge=_badge(record, language),
            rows=tuple(_row(record, measure, language) for measure in MEASURES),
            derived=any(isinstance(change_of(record, m), Decrease | Increase) for m in MEASURES),
            details=details(record, language),
            note=record.note.spoken(language) if record.note else None,
            corrections=corrections(record, language),
        )


def _badge(record: TcvRecord, language: str) -> Badge:
    level = evidence_level(record)
    text = _(
        "Evidence %(level)s of %(highest)s: %(name)s",
        level=digits(str(level.number), language),
        highest=digits(str(HIGHEST), language),
        name=str(level.name),
    )
    return Badge(level.number, HIGHEST, str(text), str(level.sentence))


def _row(record: TcvRecord, measure: Measure, language: str) -> Row:
    change = change_of(record, measure)
    label = str(MEASURE_NAMES[measure])
    before = _value(record.before.of(measure), change, language)
    after = _value(record.after.of(measure), change, language)
    text = _change_text(change, language)
    return Row(
        measure=measure,
        label=label,
        before=before,
        after=after,
        change=text,
        tone=_tone(change),
        reason=_reason(
            change, has_value=bool(record.before.of(measure) or record.after.of(measure))
        ),
        bars=_bars(change),
        spoken=_spoken(change, label, before, after, text),
    )


def _value(quantity: Quantity | None, change: Change, language: str) -> str:
    if quantity:
        return quantity.said(language)
    # A published percentage means that somebody measured; only the values are kept from us.
    return str(_("not given")) if isinstance(change, PercentOnly | Refused) else _not_measured()


def _not_measured() -> str:
    return str(_("not measured"))


def _change_text(change: Change, language: str) -> str:
    if isinstance(change, Refused):
        return str(_("not comparable"))
    percent = signed_percent(change)
    if percent is None:
        return _not_measured() if _is_wholly_missing(change) else str(_("unknown"))
    if not percent:
        return str(_("no change"))
    amount = _percent_text(abs(percent), isinstance(change, PercentOnly), language)
    if percent < 0:
        return str(_("%(percent)s less", percent=amount))
    return str(_("%(percent)s more", percent=amount))


def _percent_text(percent: Decimal, as_published: bool, language: str) -> str:
    if as_published:
        return format_percent(percent, language)
    if percent < _SMALLEST_SHOWN:
        return str(_("under %(percent)s", percent=format_percent(_SMALLEST_SHOWN, language)))
    if _LARGEST_SHOWN < percent < 100:
        return str(_("over %(percent)s", percent=format_percent(_LARGEST_SHOWN, language)))
    return format_percent(rounded(percent), language)


def _tone(change: Change) -> Tone:
    if isinstance(change, Refused):
        return "refused"
    percent = signed_percent(change)
    if percent is None:
        return "unknown"
    return "less" if percent < 0 else "more" if percent > 0 else "same"


def _reason(change: Change, *, has_value: bool) -> str | None:
    match change:
        case Refused(refusal):
            return str(refusal.reason)
        case PercentOnly() if has_value:
            return str(_("Percent only, as published: it is not worked out from the value here."))
        case PercentOnly():
            return str(_("Percent only: the source does not give the values behind it."))
        case NotMeasured(("before",)):
            return str(_("It was not measured before, so the change is unknown."))
        case NotMeasured(("after",)):
            return str(_("It was not measured after, so the change is unknown."))
        case _:
            return None


def _spoken(change: Change, label: str, before: str, after: str, text: str) -> str:
    if _is_wholly_missing(change):
        return f"{label}: {text}"
    return str(
        _(
            "%(measure)s: before, %(before)s; after, %(after)s; change: %(change)s",
            measure=label,
            before=before,
            after=after,
            change=text,
        )
    )


def _is_wholly_missing(change: Change) -> bool:
    return change == NotMeasured(("before", "after"))


def _bars(change: Change) -> Bars | None:
    """An increase is drawn as large as a decrease: the longer side always fills the row."""
    percent = signed_percent(change)
    if percent is None or isinstance(change, Same):
        return Bars(100, 100) if isinstance(change, Same) else None
    ratio = 1 + percent / 100
    return Bars(100, _length(ratio)) if ratio <= 1 else Bars(_length(1 / ratio), 100)


def _length(share: Decimal) -> int:
    """Of 100; what is more than nothing stays visible."""
    length = int((share * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return max(length, 1) if share else 0
