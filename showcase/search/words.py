"""Texts cut into words that both databases hold alike.

A word is letters, digits and the marks that belong to them: ``\\w`` of Python, and PostgreSQL's own
parser, break Bangla words at their vowel signs or take ``3.5`` and ``a-b`` for other things.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

from showcase.text import folded

LONGEST_WORD = 60

_TAG = re.compile("<[^>]*>")


class Place(NamedTuple):
    """A word of a text, folded, and where it stands."""

    word: str
    start: int
    end: int


def words_in(text: str) -> Iterator[Place]:
    for found in _word().finditer(text):
        word = folded(found[0].replace(",", ""))
        if word:
            yield Place(word[:LONGEST_WORD], found.start(), found.end())


def asked_words(query: str) -> list[str]:
    """What a reader looks for: each word once, as it is in the index."""
    return list(dict.fromkeys(_folded_words(query)))


def index_text(*texts: str) -> str:
    """The words of the texts in a row, each once: what the index is given."""
    return " ".join(dict.fromkeys(word for text in texts for word in _folded_words(text)))


def _folded_words(text: str) -> Iterator[str]:
    """Those of ``words_in``, quicker: a long text is folded once and not word by word."""
    for word in _word().findall(folded(text)):
        yield (word.replace(",", "") if "," in word else word)[:LONGEST_WORD]


def plain_text(html: str) -> str:
    """What a reader reads of clean HTML, in one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


@cache
def _word() -> re.Pattern[str]:
    """Letters and digits, which ``[^\\W_]`` has, with marks and the joiners inside words.

    A number keeps its groups together: 2,500 and ২৫০০ are the same word.
    """
    marks = "".join(
        chr(code)
        for code in range(0x300, min(0x10000, sys.maxunicode))
        if unicodedata.category(chr(code)) in ("Mn", "Mc")
    )
    letter = rf"[^\W_]|[{re.escape(marks)}]"
    number = r"\d{1,3}(?:,\d{2,3})+(?![\d,])"
    return re.compile(f"{number}|(?:{letter})(?:{letter}|[\u200c\u200d])*")
