"""Words that a document carries in one language or in both."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from showcase.text import clean_line
from showcase.words import MAX_WORDS, Words


def read(value: Any, language: str = "en") -> Words:
    return Words.model_validate(value, context={"language": language})


@pytest.mark.parametrize("language", ["bn", "en"])
def test_bare_text_is_in_the_language_of_its_document(language: str) -> None:
    assert read("Sick cattle", language).root == {language: "Sick cattle"}


def test_bare_text_without_document_is_bangla() -> None:
    assert Words.model_validate("গরু").root == {"bn": "গরু"}


def test_text_of_each_language_is_spoken_in_it() -> None:
    words = read({"bn": "অসুস্থ গরু", "en": "Sick cattle"})

    assert words.spoken("en") == ("Sick cattle", "en")
    assert words.spoken("bn") == ("অসুস্থ গরু", "bn")


def test_missing_language_speaks_the_other_and_says_so() -> None:
    words = read("Sick cattle", "en")

    assert words.spoken("bn") == ("Sick cattle", "en")
    assert words.text("bn") == "Sick cattle"


def test_text_is_cleaned() -> None:
    assert read("  সম\u09df \n ").root == {"en": "সম\u09af\u09bc"}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({}, "write a text, or one text per language: {bn: …, en: …}"),
        (["Sick cattle"], "write a text, or one text per language: {bn: …, en: …}"),
        (None, "write a text, or one text per language: {bn: …, en: …}"),
        ({"de": "Vieh"}, "“de” is no language of this site; write bn or en"),
        ({"en": " "}, "the text for “en” is empty; write it or leave it out"),
        ("", "the text for “en” is empty; write it or leave it out"),
        ({"en": ["x"]}, "the text for “en” is empty; write it or leave it out"),
        ("x" * (MAX_WORDS + 1), "too long: 601 characters; at most 600"),
    ],
)
def test_value_of_wrong_form_is_refused_with_what_to_write(value: Any, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(value)

    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {told}"]


def test_longest_text_is_taken() -> None:
    assert len(read("x" * MAX_WORDS).text("en")) == MAX_WORDS


def test_stored_words_are_read_as_they_were() -> None:
    words = read({"bn": "অসুস্থ গরু", "en": "Sick cattle"})

    assert read(words.model_dump(mode="json")) == words


@given(st.text(max_size=MAX_WORDS))
def test_any_text_is_taken_clean_or_refused(text: str) -> None:
    if clean_line(text):
        assert read(text).text("bn") == clean_line(text)
    else:
        with pytest.raises(ValidationError):
            read(text)
