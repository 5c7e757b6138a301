"""The programme's three phases in plain words, each with its own dated figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from showcase.figures.queries import Figure
from showcase.i18n import _


@dataclass(frozen=True)
class Phase:
    key: str
    label: str
    text: str
    figures: tuple[Figure, ...]


def the_three_phases(figures: Iterable[Figure]) -> tuple[Phase, ...]:
    """The talk in social media belongs to the execution: pilots are discussed while they run."""
    by_phase: dict[str, list[Figure]] = {}
    for figure in figures:
        phase = "execution" if figure.phase == "dialogue" else figure.phase
        by_phase.setdefault(phase, []).append(figure)
    return tuple(
        Phase(key, label, text, tuple(by_phase.get(key, ())))
        for key, label, text in (
            (
                "initiation",
                _("Initiation"),
                _("Officers seek a service as ordinary citizens and feel where it hurts."),
            ),
            (
                "execution",
                _("Execution"),
                _("They try a better way in a small pilot and discuss it openly."),
            ),
            (
                "celebration",
                _("Celebration"),
                _("What works is shown at summits and district fairs, so that others copy it."),
            ),
        )
    )
