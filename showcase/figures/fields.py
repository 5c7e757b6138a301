"""``figures.yaml``: one item a counter."""

from typing import Literal, Self

from pydantic import model_validator

from showcase.documents.fields import PartialDate, Slug, Whole
from showcase.documents.kinds import Fields
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
        return self
