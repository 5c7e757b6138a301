"""A document's body with the widgets that its ``:::tcv`` and ``:::figure`` blocks stand for."""

from collections.abc import Sequence
from dataclasses import dataclass

from showcase.documents.blocks import WidgetRef
from showcase.documents.render import split_on_widgets
from showcase.figures.queries import Figure, all_figures
from showcase.tcv.records import TcvRecord
from showcase.tcv.widget import WidgetView, widget


@dataclass(frozen=True)
class Part:
    """One stretch of a body: exactly one of the three is filled."""

    html: str = ""
    widgets: tuple[WidgetView, ...] = ()
    figures: tuple[Figure, ...] = ()


def body_parts(html: str, language: str, records: Sequence[TcvRecord] = ()) -> tuple[Part, ...]:
    """The parts in order. A document whose text places no widget has its records first."""
    widgets = tuple(widget(record, language) for record in records)
    parts = tuple(_part(piece, widgets, language) for piece in split_on_widgets(html))
    if widgets and not any(part.widgets for part in parts):
        return (Part(widgets=widgets), *parts)
    return parts


def _part(piece: str | WidgetRef, widgets: tuple[WidgetView, ...], language: str) -> Part:
    if isinstance(piece, str):
        return Part(html=piece)
    if piece.kind == "figure":
        chosen = [figure for figure in all_figures(language) if figure.key == piece.argument]
        return Part(figures=tuple(chosen))
    return Part(widgets=_chosen(widgets, piece.argument))


def _chosen(widgets: tuple[WidgetView, ...], argument: str) -> tuple[WidgetView, ...]:
    """``:::tcv`` shows all records, ``:::tcv 2`` the second."""
    if not argument.isdigit():
        return widgets
    return widgets[int(argument) - 1 : int(argument)]
