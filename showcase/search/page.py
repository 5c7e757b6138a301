"""What the search page shows, in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from showcase.i18n import _l
from showcase.i18n import language as current_language
from showcase.search.queries import Hit
from showcase.search.snippets import Piece, finds, marked, snippet

KIND_NAMES: Final = {
    "story": _l("Story"),
    "event": _l("Fair or event"),
    "district": _l("District"),
    "page": _l("Page"),
}
_ENDPOINTS: Final = {"story": "stories.show", "event": "events.show", "page": "pages.show"}


@dataclass(frozen=True)
class Result:
    """``language`` is that of the title and the text, which may be another than the page's."""

    kind: str
    url: str
    language: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


def results(hits: Sequence[Hit], words: Sequence[str]) -> tuple[Result, ...]:
    return tuple(_result(hit, words) for hit in hits)


def _result(hit: Hit, words: Sequence[str]) -> Result:
    language = _language(hit, words)
    title, text = hit.texts[language]
    return Result(
        str(KIND_NAMES[hit.kind]),
        _url(hit),
        language,
        marked(title, words),
        snippet(text, words),
    )


def _url(hit: Hit) -> str:
    if hit.kind == "district":
        return url_for("districts.show", key=hit.key)
    return url_for(_ENDPOINTS[hit.kind], slug=hit.key)


def _language(hit: Hit, words: Sequence[str]) -> str:
    """The page's, unless only the other text has the words."""
    own = current_language()
    codes = sorted(hit.texts, key=lambda code: code != own)
    finding = (code for code in codes if finds(" ".join(hit.texts[code]), words))
    return next(finding, codes[0])
