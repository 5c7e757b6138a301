"""What is wrong with a document: where it stands, what it is, and what to write instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Below this likeness a suggestion is a riddle rather than a help.
_ALIKE = 0.6
_MOST_LISTED = 12


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend; lines and columns count from 1, as editors show them."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class DocumentError(Exception):
    """A document that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def by_likeness(word: str, known: Iterable[str]) -> list[str]:
    """The known words, most like ``word`` first."""
    return sorted(known, key=lambda other: -_likeness(word, other))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean “…”?`` or nothing, when no known word is near."""
    nearest = by_likeness(word, known)[:1]
    if nearest and _likeness(word, nearest[0]) >= _ALIKE:
        return f"; did you mean “{nearest[0]}”?"
    return ""


def one_of(word: str, known: Sequence[str]) -> str:
    """``write one of: …``, nearest first; a long list is cut."""
    listed = by_likeness(word, known)[:_MOST_LISTED]
    more = ", …" if len(known) > len(listed) else ""
    return f"write one of: {', '.join(listed)}{more}"


def shown(text: str, most: int = 40) -> str:
    """A piece of the source in quotation marks, short enough for a message."""
    return f"“{text}”" if len(text) <= most else f"“{text[:most]}…”"


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word.lower()[:80], other.lower()).ratio()
