"""The words around what was found."""

import pytest

from showcase.search.snippets import finds, marked, snippet


def told(pieces: object) -> str:
    """With what was found in brackets."""
    return "".join(f"[{p.text}]" if p.found else p.text for p in pieces)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "words", "marks"),
    [
        ("ভূমি সেবা ভূমিহীনের", ["ভূমি"], "[ভূমি] সেবা [ভূমিহীনের]"),
        ("The Pond, the pond", ["pond"], "The [Pond], the [pond]"),
        ("খরচ ২,৫০০ টাকা", ["2500"], "খরচ [২,৫০০] টাকা"),
        ("nothing here", ["pond"], "nothing here"),
        ("", ["pond"], ""),
        ("র\u200d্যাব", ["র্য"], "[র\u200d্যাব]"),
    ],
)
def test_found_words_are_marked_whole(text: str, words: list[str], marks: str) -> None:
    assert told(marked(text, words)) == marks


def test_snippet_is_cut_between_words() -> None:
    text = "first " * 40 + "the pond was saved " + "last " * 60

    found = told(snippet(text, ["pond"]))

    assert found.startswith("… first first")
    assert "the [pond] was saved" in found
    assert found.endswith("last …")
    assert len(found) < 230


def test_snippet_without_a_find_is_the_beginning() -> None:
    assert told(snippet("word " * 100, ["pond"])) == "word " * 27 + "word …"


def test_short_text_is_whole() -> None:
    assert told(snippet("The pond was saved.", ["pond"])) == "The [pond] was saved."


@pytest.mark.parametrize(("text", "answer"), [("The pond", True), ("Upon", False), ("", False)])
def test_text_is_known_to_have_a_word(text: str, answer: bool) -> None:
    assert finds(text, ["pon"]) is answer
