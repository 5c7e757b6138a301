"""Around the event list: what can be chosen, what is, and the ways to the lists beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from showcase.db import now
from showcase.districts.queries import all_districts
from showcase.events.labels import KINDS
from showcase.events.listing import Listing, districts_with_events, months_with_events
from showcase.events.months import Month
from showcase.events.selection import Selection
from showcase.i18n import DHAKA, _
from showcase.i18n import language as current_language

Address = Callable[[Selection], str]


@dataclass(frozen=True)
class Way:
    """A link to another list."""

    label: str
    url: str


@dataclass(frozen=True)
class Choice:
    """One thing that can be set.

    Attributes:
        anything: What is said where nothing is chosen.
        options: Each value with its name.
        chosen: A value; empty where there is none.
    """

    name: str
    label: str
    anything: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Browse:
    """Everything about the list but the events themselves.

    Attributes:
        about: What was chosen, for the title.
        chosen: Each thing that was set, with the list that is left without it.
        before: The month before the chosen one; None at the ends of the calendar.
    """

    about: str
    choices: tuple[Choice, ...]
    chosen: tuple[Way, ...]
    before: Way | None
    after: Way | None
    this_month: Way
    previous_url: str
    next_url: str


def browse(selection: Selection, found: Listing, address: Address) -> Browse:
    """What stands around the events that were found.

    Args:
        address: Makes the address of a selection.
    """
    month, names = selection.month, _names(selection)
    return Browse(
        about=", ".join(names.values()),
        choices=tuple(_choices(selection)),
        chosen=tuple(
            Way(name, address(selection.first_page(**{key: None}))) for key, name in names.items()
        ),
        before=_turned(selection, month.before if month else None, address),
        after=_turned(selection, month.after if month else None, address),
        this_month=_way(selection, _this_month(), address),
        previous_url=_beside(selection, found, -1, address),
        next_url=_beside(selection, found, 1, address),
    )


def _names(selection: Selection) -> dict[str, str]:
    """What was chosen, in words."""
    names = {}
    if selection.kind:
        names["kind"] = str(KINDS[selection.kind])
    if selection.district:
        names["district"] = all_districts()[selection.district].name(current_language())
    if selection.month:
        names["month"] = selection.month.name
    return names


def _choices(selection: Selection) -> Iterator[Choice]:
    kinds = tuple((key, str(label)) for key, label in KINDS.items())
    yield Choice("kind", _("Kind"), _("All kinds"), kinds, selection.kind or "")
    districts = tuple(_districts(selection))
    yield Choice("district", _("District"), _("All districts"), districts, selection.district or "")
    months = tuple((str(month), month.name) for month in _months(selection))
    chosen = str(selection.month) if selection.month else ""
    yield Choice("month", _("Month"), _("All months"), months, chosen)


def _districts(selection: Selection) -> list[tuple[str, str]]:
    """Those that have events, and the one that is chosen, by name."""
    shown = districts_with_events() | {selection.district}
    code = current_language()
    named = [(key, one.name(code)) for key, one in all_districts().items() if key in shown]
    return sorted(named, key=lambda pair: pair[1])


def _months(selection: Selection) -> list[Month]:
    chosen = [selection.month] if selection.month else []
    return sorted({*months_with_events(now()), *chosen})


def _this_month() -> Month:
    return Month.of(now().astimezone(DHAKA).date())


def _turned(selection: Selection, month: Month | None, address: Address) -> Way | None:
    return _way(selection, month, address) if month else None


def _way(selection: Selection, month: Month, address: Address) -> Way:
    return Way(month.name, address(selection.first_page(month=month)))


def _beside(selection: Selection, found: Listing, step: int, address: Address) -> str:
    page = found.page + step
    return address(replace(selection, page=page)) if 1 <= page <= found.pages else ""
