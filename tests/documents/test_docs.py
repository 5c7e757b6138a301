"""docs/content.md: no key, word, block or picture format is missing there."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from flask import Flask
from pydantic import BaseModel

from showcase.config import ROOT
from showcase.documents.block_values import QUOTE_KEYS, STEP_KEYS
from showcase.documents.blocks import _NAMES as BLOCKS
from showcase.documents.kinds import MainFields, TranslationFields, kinds
from showcase.documents.pictures import FORMATS
from showcase.words import Words

DOCS = (ROOT / "docs/content.md").read_text(encoding="utf-8")


def chapters() -> dict[str, str]:
    """Each chapter's text by its heading."""
    parts = DOCS.split("\n## ")
    return {part.split("\n")[0].strip("`"): part for part in parts[1:]}


CHAPTER_OF = {
    "story": "A story",
    "event": "An event",
    "page": "Keys of every `index.md",
    "district": "districts.csv",
    "figure": "figures.yaml",
}


def models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and those inside it, each once."""
    found: list[type[BaseModel]] = []
    waiting: list[Any] = [model]
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in found:
            found.append(kind)
            waiting += [field.annotation for field in kind.model_fields.values()]
    return iter(model for model in found if model is not Words)


def words_of(model: type[BaseModel]) -> set[str]:
    """Every word that a Literal of the model allows."""
    words: set[str] = set()
    waiting: list[Any] = [field.annotation for field in model.model_fields.values()]
    while waiting:
        for inner in get_args(waiting.pop()):
            if isinstance(inner, str):
                words.add(inner)
            else:
                waiting.append(inner)
    return words


def names_in(text: str) -> set[str]:
    """What stands in code marks, ``{title, url}`` and ``a, b`` taken apart."""
    code = text.replace("```", "").split("`")[1::2]
    signs = str.maketrans("{}[],:=", "       ")
    return {name for piece in code for name in piece.translate(signs).split()}


@pytest.fixture
def every_kind(app: Flask) -> dict[str, type[BaseModel]]:
    with app.app_context():
        return {kind.name: kind.main for kind in kinds()}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_key_and_word_of_every_schema_is_told_in_its_chapter(
    every_kind: dict[str, type[BaseModel]],
) -> None:
    common = names_in(chapters()[CHAPTER_OF["page"]])
    missing = {}
    for name, schema in every_kind.items():
        told = names_in(chapters()[CHAPTER_OF[name]]) | common
        wanted = {
            word
            for model in models_in(schema)
            for word in {*model.model_fields, *words_of(model)}
            # Not the paths that a correction names, such as before.time.
            if "." not in word
        }
        missing[name] = sorted(wanted - told)

    assert missing == dict.fromkeys(CHAPTER_OF, [])


def test_keys_of_every_document_and_of_translations_are_told() -> None:
    told = names_in(chapters()[CHAPTER_OF["page"]])

    assert sorted(MainFields.model_fields.keys() - told) == []
    assert (
        sorted(TranslationFields.model_fields.keys() - names_in(chapters()["Translations"])) == []
    )


def test_every_block_and_option_is_told() -> None:
    text = chapters()["The text"]

    assert [name for name in BLOCKS if f"`:::{name}" not in text] == []
    assert sorted({*QUOTE_KEYS, *STEP_KEYS} - names_in(text)) == []


def test_every_picture_format_is_told() -> None:
    pictures = chapters()["Pictures"].lower()

    assert [form for form in FORMATS if form.lower() not in pictures] == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_kind_of_document_has_its_chapter(every_kind: dict[str, type[BaseModel]]) -> None:
    assert set(every_kind) == set(CHAPTER_OF)
