"""Names of districts so short that they fit a square of the map, and yet no two alike."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

# A written syllable of Bangla: consonants joined by the hasanta are one and never cut, its vowel
# signs and marks belong to it. A nukta may follow a consonant: NFC writes য় as two characters.
_CONSONANT: Final = "[\u0995-\u09b9\u09ce\u09dc-\u09df\u09f0\u09f1]\u09bc?"
_SYLLABLE: Final = re.compile(
    f"(?:{_CONSONANT}(?:\u09cd[\u200c\u200d]?{_CONSONANT})*|[\u0985-\u0994])"
    "[\u0981-\u0983\u09be-\u09cd\u09d7]*"
)
_LATIN: Final = re.compile("[A-Za-z]")
_VOWELS: Final = frozenset("aeiou")


def short_names(names: Sequence[str]) -> list[str]:
    """One for each name, in their order.

    The plain beginning where no other name begins so; else what tells the names apart: Chn, Chp
    and Cht for Chandpur, Chapai and Chattogram.
    """
    chosen: dict[int, str] = {}
    for candidates in zip_longest(*(list(_candidates(name)) for name in names)):
        taken = {*chosen.values()}
        times = Counter(c for n, c in enumerate(candidates) if n not in chosen)
        for number, candidate in enumerate(candidates):
            is_free = times[candidate] == 1 and candidate not in taken
            if number not in chosen and candidate and is_free:
                chosen[number] = candidate
    return [chosen.get(number, name) for number, name in enumerate(names)]


def _candidates(name: str) -> Iterator[str]:
    syllables = _SYLLABLE.findall(name)
    if syllables:
        yield "".join(syllables[:2])
        yield from (syllables[0] + later for later in syllables[2:])
        return
    letters = _LATIN.findall(name)
    yield "".join(letters[:3])
    first, *rest = letters or [""]
    skeleton = [first, *(letter for letter in rest if letter.lower() not in _VOWELS)]
    yield from ("".join(skeleton[:2]) + later for later in skeleton[2:])
