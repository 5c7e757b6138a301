"""Short words that a document carries in one language or in both."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, ConfigDict, RootModel, model_validator

from showcase.i18n import LANGUAGES
from showcase.text import clean_line

MAX_WORDS = 600


class Spoken(NamedTuple):
    """A text and the language it is in, for the ``lang`` attribute."""

    text: str
    language: str


class Words(RootModel[dict[str, str]]):
    """``Treating sick cattle``, or ``{bn: …, en: …}``.

    A bare string is in the language of its document, which the document's schema fills in through
    the validation context (``{"language": "en"}``).
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _from_source(cls, value: Any, info: Any) -> Any:
        if isinstance(value, str):
            value = {(info.context or {}).get("language", LANGUAGES[0]): value}
        if not isinstance(value, Mapping) or not value:
            raise ValueError("write a text, or one text per language: {bn: …, en: …}")
        for code, text in value.items():
            if code not in LANGUAGES:
                raise ValueError(f"“{code}” is no language of this site; write bn or en")
            if not isinstance(text, str) or not clean_line(text):
                raise ValueError(f"the text for “{code}” is empty; write it or leave it out")
            if len(text) > MAX_WORDS:
                raise ValueError(f"too long: {len(text)} characters; at most {MAX_WORDS}")
        return {code: clean_line(text) for code, text in value.items()}

    def spoken(self, language: str) -> Spoken:
        """In ``language`` where there is such a text, else in the other, and saying so."""
        if language in self.root:
            return Spoken(self.root[language], language)
        return next(Spoken(text, code) for code, text in self.root.items())

    def text(self, language: str) -> str:
        return self.spoken(language).text


def _line(value: Any) -> Any:
    return clean_line(value) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_line)]
