"""What visitors' slips add up to: a TCV record of how a service is now, from those who used it.

It stands beside the official record and is never mixed with it: it is in no register, no median
and no change, since nothing was asked about the time before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Final, NamedTuple

from showcase.events.queries import EventCard, EventFacts
from showcase.i18n import DHAKA, _n, format_date, format_number, language
from showcase.tcv.evidence import HIGHEST, EvidenceLevel, evidence_level
from showcase.tcv.labels import MEASURE_NAMES, MEASURES, Measure
from showcase.tcv.quantities import Quantity, Unit
from showcase.tcv.records import TcvRecord
from showcase.words import MAX_WORDS, Spoken

# With fewer, a median is nearly one visitor's own number, which others at the stall may know.
FEWEST: Final = 5

_UNITS: Final[Mapping[Measure, Unit]] = {"time": "minutes", "cost": "taka", "visits": "visits"}


class Answers(NamedTuple):
    """One slip; None for a question that was left empty."""

    event_id: int
    stall: int
    minutes: int | None
    taka: int | None
    visits: int | None
    at: datetime

    def of(self, measure: Measure) -> int | None:
        return {"time": self.minutes, "cost": self.taka, "visits": self.visits}[measure]


@dataclass(frozen=True)
class Row:
    """A measure; ``value`` is its median in words, empty where fewer than ``FEWEST`` answered."""

    label: str
    value: str
    answered: int


@dataclass(frozen=True)
class Fair:
    """Where slips were filled in, and how many."""

    card: EventCard
    slips: int


@dataclass(frozen=True)
class Report:
    """
    Attributes:
        record: The same as the page tells, for programs; one side only.
        fairs: The latest first.
        newest: The day of the newest slip, in words.
    """

    record: TcvRecord
    level: EvidenceLevel
    slips: int
    rows: tuple[Row, ...]
    fairs: tuple[Fair, ...]
    newest: str
    highest_level: int = HIGHEST

    @property
    def service(self) -> Spoken:
        return self.record.service.spoken(language())

    @property
    def has_samples(self) -> bool:
        return any(fair.card.sample for fair in self.fairs)


def medians(slips: Sequence[Answers]) -> dict[Measure, Quantity]:
    """Over those who answered; a measure that fewer than ``FEWEST`` answered is left out."""
    answers = {measure: _answered(slips, measure) for measure in MEASURES}
    return {
        measure: Quantity(Decimal(str(median(values))), _UNITS[measure])
        for measure, values in answers.items()
        if len(values) >= FEWEST
    }


def report(slips: Sequence[Answers], cards: Sequence[EventCard]) -> Report | None:
    """What slips of the stalls of one story add up to; None where too few were filled in.

    Args:
        cards: The events; what was filled in at others is not counted.
    """
    events = {card.event.id: card for card in cards}
    slips = [slip for slip in slips if slip.event_id in events]
    found = medians(slips)
    if not found:
        return None
    fairs = _fairs(slips, cards)
    record = _record(slips, found, fairs)
    return Report(
        record=record,
        level=evidence_level(record),
        slips=len(slips),
        rows=tuple(_row(measure, found, slips) for measure in MEASURES),
        fairs=fairs,
        newest=format_date(max(slip.at for slip in slips)),
    )


def _answered(slips: Sequence[Answers], measure: Measure) -> list[int]:
    return [answer for slip in slips if (answer := slip.of(measure)) is not None]


def _row(measure: Measure, found: Mapping[Measure, Quantity], slips: Sequence[Answers]) -> Row:
    value = found[measure].said(language()) if measure in found else ""
    return Row(str(MEASURE_NAMES[measure]), value, len(_answered(slips, measure)))


def _fairs(slips: Sequence[Answers], cards: Sequence[EventCard]) -> tuple[Fair, ...]:
    counts = {card.event.id: 0 for card in cards}
    for slip in slips:
        counts[slip.event_id] += 1
    latest_first = sorted(cards, key=lambda card: card.event.starts, reverse=True)
    fairs = (Fair(card, counts[card.event.id]) for card in latest_first)
    return tuple(fair for fair in fairs if fair.slips)


def _record(
    slips: Sequence[Answers], found: Mapping[Measure, Quantity], fairs: Sequence[Fair]
) -> TcvRecord:
    """In the language of the page. What the slips do not ask, such as parts of the cost, is out."""
    titles = [fair.card.title for fair in fairs]
    used = {(slip.event_id, slip.stall) for slip in slips}
    written = {
        "service": _listed(_services([fair.card.event for fair in fairs], used)),
        "after": {measure: str(quantity) for measure, quantity in found.items()},
        "basis": {"after": "spent"} if "time" in found else {},
        "measured": _period([slip.at for slip in slips]),
        "method": "retrospective-survey",
        "sample": str(len(slips)),
        "statistic": "median",
        "source": _listed(titles),
    }
    return TcvRecord.model_validate(written, context={"language": language()})


def _services(events: Sequence[EventFacts], used: set[tuple[int, int]]) -> list[str]:
    """Of the stalls that slips came from, each name once; the office where none is named now."""
    names: dict[str, None] = {}
    for event in events:
        for stall in event.fields.stalls:
            if (event.id, stall.number) in used:
                named = stall.services or [stall.office]
                names |= dict.fromkeys(words.text(language()) for words in named)
    return list(names)


def _listed(texts: Sequence[str]) -> str:
    """As many as have room in a record, and how many more there are."""
    told = texts[0]
    for place, text in enumerate(texts[1:], 1):
        rest = len(texts) - place
        if len(told) + len(text) + len(_more(rest)) > MAX_WORDS:
            return told + _more(rest)
        told = f"{told}, {text}"
    return told


def _more(count: int) -> str:
    told = _n("and %(count)s more", "and %(count)s more", count, count=format_number(count))
    return f" {told}"


def _period(moments: Sequence[datetime]) -> str | None:
    """The month, or the year, in which all of it was asked; None where it was over years."""
    days = [moment.astimezone(DHAKA) for moment in moments]
    for pattern in ("%Y-%m", "%Y"):
        periods = {day.strftime(pattern) for day in days}
        if len(periods) == 1:
            return periods.pop()
    return None
