"""What a story's visits would mean on the reader's own way: an illustration, nothing is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from showcase.i18n import _, format_money, format_number
from showcase.i18n import language as current_language
from showcase.stories.queries import Story
from showcase.tcv.illustration import Way, travelled
from showcase.tcv.quantities import Quantity
from showcase.tcv.records import TcvRecord
from showcase.words import Spoken


@dataclass(frozen=True)
class SideView:
    """Before or after: how often, and then how far and for how much altogether."""

    label: str
    visits: str
    km: str
    fare: str


@dataclass(frozen=True)
class Illustrated:
    """One record, restated; ``sides`` are those on which the visits were measured."""

    service: Spoken
    sides: tuple[SideView, ...]
    is_whole: bool


def countable(story: Story) -> list[TcvRecord]:
    """The records that say how often somebody had to go, before or after."""
    return [record for record in story.fields.tcv if record.before.visits or record.after.visits]


def illustrated(records: list[TcvRecord], way: Way) -> tuple[Illustrated, ...]:
    return tuple(_illustrated(record, way) for record in records)


def _illustrated(record: TcvRecord, way: Way) -> Illustrated:
    sides = tuple(_sides(record, way))
    service = record.service.spoken(current_language())
    return Illustrated(service, sides, is_whole=len(sides) == 2)


def _sides(record: TcvRecord, way: Way) -> Iterator[SideView]:
    for label, visits in ((_("Before"), record.before.visits), (_("After"), record.after.visits)):
        if visits:
            yield _side(label, visits, way)


def _side(label: str, visits: Quantity, way: Way) -> SideView:
    found = travelled(visits, way)
    more = "+" if found.at_least else ""
    return SideView(
        label=label,
        visits=visits.said(current_language()),
        km=_("%(number)s km", number=format_number(found.km) + more),
        fare="" if found.fare is None else format_money(found.fare) + more,
    )
