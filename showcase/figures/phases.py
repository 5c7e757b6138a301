"""The programme's three phases in plain words, each with its own dated figures."""

from dataclasses import dataclass

from showcase.figures.queries import Figure, all_figures
from showcase.i18n import _


@dataclass(frozen=True)
class Phase:
    key: str
    label: str
    text: str
    figures: tuple[Figure, ...]


def the_three_phases(language: str) -> tuple[Phase, ...]:
    return figures_by_phase(language)[:3]


def figures_by_phase(language: str) -> tuple[Phase, ...]:
    """The three phases, and last what was counted of the country around them."""
    figures = all_figures(language)
    return tuple(
        Phase(key, label, text, tuple(f for f in figures if f.phase in phases))
        for key, label, text, phases in (
            (
                "initiation",
                _("Initiation"),
                _("Officers seek a service as ordinary citizens and feel where it hurts."),
                ("initiation",),
            ),
            (
                "execution",
                _("Execution"),
                _("They try a better way in a small pilot and discuss it openly."),
                # Pilots are discussed in social media while they run.
                ("execution", "dialogue"),
            ),
            (
                "celebration",
                _("Celebration"),
                _("What works is shown at summits and district fairs, so that others copy it."),
                ("celebration",),
            ),
            (
                "context",
                _("The country around it"),
                _("Counts and opinions from the time of the programme."),
                ("context",),
            ),
        )
    )
