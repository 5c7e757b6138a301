"""Plain text in two scripts: normal form, digits and slugs.

Python's ``\\w`` does not count Bangla vowel signs (Mn, Mc) as letters, so nothing here or elsewhere
splits words with it: the Bengali block U+0980–U+09FF is named instead.
"""

import re
import unicodedata

BANGLA_DIGITS = "০১২৩৪৫৬৭৮৯"
_TO_BANGLA = str.maketrans("0123456789", BANGLA_DIGITS)
_TO_LATIN = str.maketrans(BANGLA_DIGITS, "0123456789")

# Zero-width joiner and non-joiner shape conjuncts (র‍্যাব) but never tell two words apart.
_JOINERS = str.maketrans("", "", "\u200c\u200d")
# C0/C1 controls but tab and newline; bidirectional overrides, which make a name read as another.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
_NOT_SLUG = re.compile("[^0-9a-z\u0980-\u09ff]+")


def nfc(text: str) -> str:
    """The one normal form that is stored and compared: য় has two encodings, NFC has one."""
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """One line as a person meant it: normal form, single spaces, no control characters.

    Joiners stay, since a name may need them to be drawn right.
    """
    return _SPACES.sub(" ", nfc(_UNPRINTABLE.sub("", text))).strip()


def clean_block(text: str) -> str:
    """Several lines as a person meant them; line ends become ``\\n``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(nfc(_UNPRINTABLE.sub("", line)).rstrip() for line in lines).strip()


def folded(text: str) -> str:
    """A key under which two spellings of the same words are equal, for search and comparison."""
    return nfc(latin_digits(clean_line(text.translate(_JOINERS))).casefold())


def latin_digits(text: str) -> str:
    """০-৯ as 0-9; everything else as it was."""
    return text.translate(_TO_LATIN)


def bangla_digits(text: str) -> str:
    """0-9 as ০-৯; everything else as it was."""
    return text.translate(_TO_BANGLA)


def slugify(text: str) -> str:
    """An address made of words: Latin letters, digits and Bangla kept whole, ``-`` between."""
    return _NOT_SLUG.sub("-", folded(text)).strip("-")
