"""``figures.yaml``: one item a counter."""

from collections.abc import Iterator, Sequence
from typing import Literal, Self

from pydantic import model_validator

from showcase.documents import yaml_tree
from showcase.documents.fields import Misplaced, PartialDate, Slug, Whole
from showcase.documents.frontmatter import parse_yaml_list
from showcase.documents.kinds import Fields
from showcase.documents.problems import DocumentError, Problem, did_you_mean
from showcase.documents.source import decode
from showcase.words import Words

Phase = Literal["initiation", "execution", "dialogue", "celebration", "context"]


class FigureRow(Fields):
    """A counter as its source prints it.

    Attributes:
        value: The number, without the sign and scale that the source adds to it.
        text: Instead of a number, where the source has a word ("hundreds").
        sign: "10,776+" or "over 36".
        as_of: When it was counted; ``unknown`` is told as "undated".
        conflicts_with: Another counter of the same thing that says otherwise; both are shown.
    """

    key: Slug
    phase: Phase
    value: Whole | None = None
    text: Words | None = None
    sign: Literal["plus", "over"] | None = None
    scale: Literal["million"] | None = None
    unit: Literal["percent"] | None = None
    label: Words
    as_of: PartialDate
    source: Words
    conflicts_with: Slug | None = None
    note: Words | None = None

    @model_validator(mode="after")
    def _number_or_word(self) -> Self:
        if (self.value is None) == (self.text is None):
            raise ValueError("a figure has a value or a text; write one of the two")
        if self.text is not None:
            for name in ("sign", "scale", "unit"):
                if getattr(self, name):
                    raise Misplaced(name, "this belongs to a value; delete it beside a text")
        return self


def read_figures(path: str, raw: bytes) -> list[FigureRow]:
    """All counters.

    Raises:
        DocumentError: With everything that is wrong, keys used twice or not at all included.
    """
    rows = parse_yaml_list(path, raw, FigureRow)
    places = yaml_tree.read(path, decode(path, raw)).values
    problems = [Problem(path, *places[where], message) for where, message in _faults_between(rows)]
    if problems:
        raise DocumentError(problems)
    return rows


def disagreeing(rows: Sequence[FigureRow]) -> list[list[FigureRow]]:
    """Counters that contradict each other, together and in their order, by way of others too."""
    groups: list[list[FigureRow]] = []
    for row in rows:
        linked = [group for group in groups if any(_contradict(row, other) for other in group)]
        groups = [group for group in groups if group not in linked]
        groups.append([*(other for group in linked for other in group), row])
    return [group for group in groups if len(group) > 1]


def _contradict(one: FigureRow, other: FigureRow) -> bool:
    return one.conflicts_with == other.key or other.conflicts_with == one.key


def contradictions(path: str, raw: bytes) -> Iterator[Problem]:
    """Of a file that is right: what its editor should know, though readers are told both."""
    rows = read_figures(path, raw)
    places = yaml_tree.read(path, decode(path, raw)).values
    for group in disagreeing(rows):
        index = next(n for n, row in enumerate(rows) if row in group and row.conflicts_with)
        keys = "” and “".join(row.key for row in group)
        message = (
            f"“{keys}” do not agree, so readers are shown all of them; "
            "once a source settles it, correct them and delete conflicts_with"
        )
        yield Problem(path, *places[index, "conflicts_with"], message)


def _faults_between(rows: Sequence[FigureRow]) -> Iterator[tuple[yaml_tree.Path, str]]:
    keys = [row.key for row in rows]
    for index, row in enumerate(rows):
        if row.key in keys[:index]:
            yield (index, "key"), f"the key “{row.key}” stands above already; use each once"
        other = row.conflicts_with
        if other and (other == row.key or other not in keys):
            likely = did_you_mean(other, set(keys) - {row.key}) or "; write the key of one"
            yield (index, "conflicts_with"), f"there is no other figure “{other}”{likely}"
