"""The words around what was found, and the found words marked."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from showcase.search.words import words_in
from showcase.text import folded

# Characters shown before and after the first word found: about two lines on a telephone.
_BEFORE: Final = 60
_AFTER: Final = 140


class Piece(NamedTuple):
    """A stretch of text; ``found`` where it is a word that was looked for."""

    text: str
    found: bool


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text in pieces."""
    pieces: list[Piece] = []
    end = 0
    for start, stop in _places(text, words):
        pieces += [Piece(text[end:start], False), Piece(text[start:stop], True)]
        end = stop
    pieces.append(Piece(text[end:], False))
    return tuple(piece for piece in pieces if piece.text)


def snippet(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text around the first word found, else its beginning; cut between words only."""
    first = next(islice(_places(text, words), 1), (0, 0))[0]
    start = _gap_after(text, first - _BEFORE) if first > _BEFORE else 0
    end = _gap_before(text, first + _AFTER) if first + _AFTER < len(text) else len(text)
    pieces = marked(text[start:end], words)
    before = (Piece("… ", False),) if start else ()
    after = (Piece(" …", False),) if end < len(text) else ()
    return (*before, *pieces, *after)


def finds(text: str, words: Sequence[str]) -> bool:
    return next(_places(text, words), None) is not None


def _places(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    # Most texts have none of the words, and looking for letters is quicker than cutting words.
    letters = folded(text).replace(",", "")
    if not any(word in letters for word in words):
        return
    beginnings = tuple(words)
    for place in words_in(text):
        if place.word.startswith(beginnings):
            yield place.start, place.end


def _gap_after(text: str, position: int) -> int:
    gap = text.find(" ", position)
    return gap + 1 if gap >= 0 else position


def _gap_before(text: str, position: int) -> int:
    gap = text.rfind(" ", 0, position)
    return gap if gap > 0 else position
