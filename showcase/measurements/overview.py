"""What the whole register says: how many stories are measured, and medians over like records.

Reading all records takes a tenth of a millisecond each, so the answer is kept until the stories
have changed.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from flask import current_app

from showcase.i18n import _, digits, format_percent
from showcase.i18n import language as current_language
from showcase.measurements.queries import all_records
from showcase.stories.catalogue import Catalogue, catalogue
from showcase.tcv.change import rounded
from showcase.tcv.labels import BASIS_NAMES, MEASURE_NAMES, cost_part_names
from showcase.tcv.medians import FEWEST, Group, Like, grouped
from showcase.tcv.quantities import Quantity

_EXTENSION: Final = "tcv_overview"
# More groups than these would be a page of their own; they are counted.
_MOST_GROUPS: Final = 12


@dataclass(frozen=True)
class GroupRow:
    """Like records: what they have in common, and their medians where there are enough."""

    measure: str
    counted: str
    level: int
    records: int
    before: str
    after: str
    change: str
    is_enough: bool


@dataclass(frozen=True)
class Overview:
    """
    Attributes:
        measured: Stories with at least one value of after, of ``stories``.
        others: Groups that are not among the rows.
        fewest: Records that a median needs.
    """

    measured: int
    stories: int
    rows: tuple[GroupRow, ...]
    others: int
    fewest: int = FEWEST


@dataclass(frozen=True)
class _Kept:
    catalogue: Catalogue
    groups: tuple[Group, ...]


def overview() -> Overview:
    stories = catalogue()
    groups = _groups(stories)
    return Overview(
        measured=stories.having["measured"].get("yes", 0).bit_count(),
        stories=len(stories.ids),
        rows=tuple(_row(group) for group in groups[:_MOST_GROUPS]),
        others=len(groups[_MOST_GROUPS:]),
    )


def _groups(stories: Catalogue) -> tuple[Group, ...]:
    """The catalogue is made anew exactly when other stories are to be seen."""
    kept: _Kept | None = current_app.extensions.get(_EXTENSION)
    if kept is None or kept.catalogue is not stories:
        kept = _Kept(stories, grouped(all_records()))
        current_app.extensions[_EXTENSION] = kept
    return kept.groups


def _row(group: Group) -> GroupRow:
    like = group.like
    return GroupRow(
        measure=str(MEASURE_NAMES[like.measure]),
        counted=_counted(like),
        level=like.level,
        records=group.count,
        before=_amount(group.before, like),
        after=_amount(group.after, like),
        change=_change(group.percent),
        is_enough=group.count >= FEWEST,
    )


def _counted(like: Like) -> str:
    told = []
    if like.measure == "time" or like.basis:
        told.append(BASIS_NAMES[like.basis] if like.basis else _("how it was counted is not told"))
    if like.measure == "cost":
        told.append(cost_part_names(like.cost_parts))
        if like.cost_year:
            told.append(_("taka of %(year)s", year=digits(str(like.cost_year))))
    return "; ".join(map(str, told))


def _amount(amount: Decimal | None, like: Like) -> str:
    if amount is None:
        return ""
    return Quantity(amount, like.unit).said(current_language())


def _change(percent: Decimal | None) -> str:
    if percent is None:
        return ""
    if not percent:
        return _("no change")
    amount = format_percent(rounded(abs(percent)))
    if percent < 0:
        return _("%(percent)s less", percent=amount)
    return _("%(percent)s more", percent=amount)
