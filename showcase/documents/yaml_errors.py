"""What the YAML parser complains about, in words for somebody who has never heard of YAML."""

import unicodedata

import yaml

_Place = tuple[int, int]  # line and column, from 0

# The parser's sentence (the beginning of it), ours, and whether the fault is where the piece began.
_WORDS: tuple[tuple[str, str, bool], ...] = (
    (
        "mapping values are not allowed",
        "a “:” stands where none can; put the text before or after it in quotation marks",
        False,
    ),
    (
        "could not find expected ':'",
        "this is no “key: text”; write the key, a colon and a space before the text",
        True,
    ),
    (
        "found unexpected end of stream",
        "the quotation mark is never closed; close it at the end of the text",
        True,
    ),
    (
        "did not find expected ',' or ']'",
        "the list “[” is not closed, or a comma is missing; write [one, two]",
        True,
    ),
    (
        "did not find expected ',' or '}'",
        "the bracket “{” is not closed, or a comma is missing; write {key: text, key: text}",
        True,
    ),
    (
        "did not find expected '-' indicator",
        "this line stands in a list but is no item; begin it with “- ” or move it",
        False,
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here; put “- …” on a line of its own below the key",
        False,
    ),
    (
        "did not find expected key",
        "this line does not fit those above; check its indentation, quotation marks and “key: ”",
        False,
    ),
    (
        "did not find expected <document start>",
        "this line does not continue the one above; write “key: text”, a space after the colon",
        False,
    ),
    (
        "exceeded maximum nesting depth",
        "lists and keys stand too deep; write them flatter",
        False,
    ),
    (
        "found unknown escape character",
        "“\\” has a meaning of its own in double quotation marks; write “\\\\” or use single ones",
        False,
    ),
    (
        "did not find expected alphabetic",
        "a text cannot begin with “*” or “&”; put it in quotation marks",
        True,
    ),
)
_NO_BEGINNING = ("found character that cannot start", "did not find expected node content")
_TAB = "a tab stands at the beginning of the line; indent with spaces"


def in_plain_words(error: yaml.YAMLError, text: str) -> tuple[_Place, str]:
    """Where it is, counted from 0, and what to write instead."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _unreadable(error, text)
    told = str(getattr(error, "problem", ""))
    if _begins_with_tab(text, mark.line):
        return (mark.line, 0), _TAB
    for beginning, message, at_start in _WORDS:
        if told.startswith(beginning):
            start = getattr(error, "context_mark", None) or mark if at_start else mark
            return (start.line, start.column), message
    if told.startswith(_NO_BEGINNING):
        return (mark.line, mark.column), _odd_beginning(text, mark.line, mark.column)
    message = f"this cannot be read ({told}); check quotation marks, brackets and indentation"
    return (mark.line, mark.column), message


def _begins_with_tab(text: str, line: int) -> bool:
    lines = text.split("\n")
    if line >= len(lines):
        return False
    written = lines[line]
    return "\t" in written[: len(written) - len(written.lstrip())]


def _odd_beginning(text: str, line: int, column: int) -> str:
    character = "".join(text.split("\n")[line : line + 1])[column : column + 1]
    if not character:
        return "a list “[” or bracket “{” above is not closed; close it"
    return f"a text cannot begin with “{character}”; put it in quotation marks"


def _unreadable(error: yaml.YAMLError, text: str) -> tuple[_Place, str]:
    position = int(getattr(error, "position", 0))
    before = text[:position]
    character = text[position : position + 1]
    name = unicodedata.name(character, "an invisible character") if character else "the end"
    place = before.count("\n"), position - before.rfind("\n") - 1
    return place, f"{name} cannot be read here; delete it"
