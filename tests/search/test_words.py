"""How texts are cut into words, the same for both databases."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.search.words import LONGEST_WORD, asked_words, index_text, plain_text, words_in
from showcase.text import nfc


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ভূমি সেবা", ["ভূমি", "সেবা"]),
        ("উদ্ভাবন", ["উদ্ভাবন"]),
        ("উদ্", ["উদ্"]),
        ("ক্ষুদ্র, উদ্ভাবন।", ["ক্ষুদ্র", "উদ্ভাবন"]),
        ("e-Mutation at UDC", ["e", "mutation", "at", "udc"]),
        ("৳২,৫০০+ টাকা", ["2500", "টাকা"]),
        ("12,34,567", ["1234567"]),
        ("7,8 and 1,2,3", ["7", "8", "and", "1", "2", "3"]),
        ("৭৭% আর 77%", ["77", "আর"]),
        ("snake_case", ["snake", "case"]),
        ("“'(*:^\"", []),
    ],
)
def test_words_are_whole_in_both_scripts(text: str, words: list[str]) -> None:
    assert asked_words(text) == words


def test_both_encodings_of_a_letter_are_one_word() -> None:
    composed, decomposed = "সময়", unicodedata.normalize("NFD", "সময়")

    assert asked_words(composed) == asked_words(decomposed)


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_tell_no_two_words_apart(joiner: str) -> None:
    assert asked_words(f"র{joiner}্যাব") == asked_words("র্যাব")


def test_digits_of_both_scripts_are_the_same() -> None:
    assert asked_words("২০২৭") == asked_words("2027")


def test_a_word_knows_its_place() -> None:
    text = "নতুন ভূমি সেবা"

    assert [text[place.start : place.end] for place in words_in(text)] == text.split()


def test_index_holds_each_word_once() -> None:
    assert index_text("ভূমি সেবা", "ভূমি অফিস") == "ভূমি সেবা অফিস"


def test_word_of_a_thousand_letters_is_cut() -> None:
    assert asked_words("ক" * 1_000) == ["ক" * LONGEST_WORD]


def test_plain_text_has_no_tags_and_no_entities() -> None:
    html = "<h2>Tea &amp; <em>time</em></h2>\n<p>One<br>two</p><!--tcv-->"

    assert plain_text(html) == "Tea & time One two"


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cf", "Cs"]) | st.sampled_from("ভূমিসেবা ২,৫০০্য়র")
    )
)
def test_words_of_a_whole_text_are_those_found_one_by_one(text: str) -> None:
    text = nfc(text)

    assert asked_words(text) == list(dict.fromkeys(place.word for place in words_in(text)))


@given(st.text())
def test_words_hold_nothing_that_a_database_would_read_as_its_own(text: str) -> None:
    for word in asked_words(text):
        assert word.strip()
        assert not set(word) & set("\"'*():^&|!<>\\- ")
