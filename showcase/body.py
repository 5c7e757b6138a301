"""A document's body with what its blocks ``:::tcv``, ``:::steps`` and ``:::figure`` stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from showcase.documents.blocks import Steps, WidgetRef
from showcase.documents.render import split_on_widgets
from showcase.figures.queries import Figure, all_figures
from showcase.tcv.records import TcvRecord
from showcase.tcv.steps import Threads, threads
from showcase.tcv.widget import WidgetView, widget


@dataclass(frozen=True)
class Part:
    """One stretch of a body: exactly one of the four is filled."""

    html: str = ""
    widgets: tuple[WidgetView, ...] = ()
    figures: tuple[Figure, ...] = ()
    threads: Threads | None = None


def body_parts(html: str, language: str, records: Sequence[TcvRecord] = ()) -> tuple[Part, ...]:
    """The parts in order. A document whose text places no widget has its records first."""
    widgets = tuple(widget(record, language) for record in records)
    parts = tuple(_parts(split_on_widgets(html), widgets, language, records))
    if widgets and not any(part.widgets for part in parts):
        return (Part(widgets=widgets), *parts)
    return parts


def _parts(
    pieces: Sequence[str | WidgetRef | Steps],
    widgets: tuple[WidgetView, ...],
    language: str,
    records: Sequence[TcvRecord],
) -> Iterator[Part]:
    """Both sides of a record's steps stand together, where the first of them was told."""
    drawn: set[int] = set()
    for piece in pieces:
        if not isinstance(piece, Steps):
            yield _part(piece, widgets, language)
        elif piece.record not in drawn and piece.record <= len(records):
            drawn.add(piece.record)
            told = (other for other in pieces if isinstance(other, Steps))
            sides = {other.side: other.rows for other in told if other.record == piece.record}
            yield Part(threads=threads(records[piece.record - 1], sides, language))


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
