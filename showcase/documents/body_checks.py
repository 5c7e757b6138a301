"""What is wrong with a body that Markdown would never tell, found line by line.

Every pattern here is linear: it runs in the web process on whatever was typed.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from showcase.documents import blocks
from showcase.documents.clean import is_link, is_picture
from showcase.documents.fences import fenced_lines, fences
from showcase.documents.problems import Problem, shown

# Python-Markdown takes time by the square of these; no honest text comes near.
MAX_BRACKETS: Final = 400
MAX_QUOTE_DEPTH: Final = 10
_MOST_REPORTED: Final = 100

_BACKTICKS: Final = re.compile("`+")
_HEADING: Final = re.compile(" {0,3}#(?!#)[ \t]*[^# \t]")
_UNDERLINE: Final = re.compile(r"=+[ \t]*")
_PICTURE: Final = re.compile(r"!\[([^\[\]]{0,1000})\](\(\s{0,9}<?([^\s()<>]{0,2000}))?")
_LINK: Final = re.compile(r"(?<!!)\[[^\[\]]{0,1000}\]\(\s{0,9}<?([^\s()<>]{0,2000})")
_DEFINED: Final = re.compile(r"^ {0,3}\[(?!\^)[^\[\]]{1,1000}\]:\s{0,9}<?([^\s<>]{1,2000})")
_HTML: Final = re.compile(
    "<(?:!--|/?(?:a|abbr|article|aside|audio|b|base|big|blockquote|body|br|button|canvas|center|cite"
    "|code|col|dd|del|details|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame"
    "|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|map|mark"
    "|math|meta|nav|noscript|object|ol|option|p|param|picture|pre|q|s|samp|script|section|select"
    "|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea"
    "|tfoot|th|thead|title|tr|track|u|ul|var|video)(?=[\\s/>]|$))",
    re.IGNORECASE,
)
_QUOTES: Final = re.compile(rf"(?:[ \t]{{0,3}}>){{{MAX_QUOTE_DEPTH + 1}}}")


class _Line(NamedTuple):
    number: int
    text: str  # with code blanked out


def check_body(path: str, body: str, first_line: int) -> list[Problem]:
    """Blocks, headings, pictures, links, raw HTML and what would take too long, by line."""
    lines = body.split("\n")
    found = blocks.scan(lines, path, first_line)
    problems = found.problems
    yaml = {n for block in found.blocks if block.steps.rows for n in range(block.first, block.last)}
    for number, column, message in _complaints(lines, fenced_lines(lines) | yaml):
        problems.append(Problem(path, first_line + number, column, message))
        if len(problems) >= _MOST_REPORTED:
            break
    return sorted(set(problems))


def _complaints(lines: list[str], code: set[int]) -> Iterator[tuple[int, int, str]]:
    yield from _open_fences(lines)
    text = [_Line(n, _without_code(line)) for n, line in enumerate(lines) if n not in code]
    yield from _headings(text, lines)
    for line in text:
        if line.text:
            yield from _line(line)
    yield from _crowded(text)


def _without_code(line: str) -> str:
    """``a `<b>` c`` with the code as spaces; a backtick that nothing closes stays."""
    if "`" not in line:
        return line
    pieces, done = [], 0
    for mark, closing in _code_marks(line):
        if closing is None or mark.start() < done:
            continue
        pieces += [line[done : mark.start()], " " * (closing.end() - mark.start())]
        done = closing.end()
    return "".join([*pieces, line[done:]])


def _code_marks(line: str) -> list[tuple[re.Match[str], re.Match[str] | None]]:
    """Each run of backticks with the next one of its length."""
    later: dict[str, re.Match[str]] = {}
    pairs = []
    for mark in reversed(list(_BACKTICKS.finditer(line))):
        pairs.append((mark, later.get(mark[0])))
        later[mark[0]] = mark
    return pairs[::-1]


def _open_fences(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    for start, end in fences(lines):
        if end is None:
            mark = lines[start].strip()[:3]
            yield start, 1, f"the code that begins here has no end; write “{mark}” below it"
            return


def _headings(text: list[_Line], lines: list[str]) -> Iterator[tuple[int, int, str]]:
    for line in text:
        if _HEADING.match(line.text):
            column = line.text.index("#") + 1
            yield line.number, column, "“#” is the title of the page; start headings with “##”"
        above = lines[line.number - 1].strip() if line.number else ""
        if above and _UNDERLINE.fullmatch(line.text):
            message = "a line of “=” makes a title of the page; start the heading with “##” instead"
            yield line.number, 1, message


def _line(line: _Line) -> Iterator[tuple[int, int, str]]:
    number, text = line
    if _QUOTES.match(text):
        yield number, 1, f"quotations stand more than {MAX_QUOTE_DEPTH} deep; write them flatter"
    for match in _HTML.finditer(text):
        what = f"HTML such as {shown(match[0])} is printed as it stands"
        yield number, match.start() + 1, f"{what}; write Markdown, or put code between “`”"
    if "[" in text:
        for match in _PICTURE.finditer(text):
            yield from _picture(number, match)
        yield from _links(line)


def _links(line: _Line) -> Iterator[tuple[int, int, str]]:
    found = [*_LINK.finditer(line.text), *_DEFINED.finditer(line.text)]
    for match in found:
        if not is_link(match[1]):
            what = f"{shown(match[1])} is no link that a page may carry"
            yield line.number, match.start(1) + 1, f"{what}; write https://… or a path such as /bn/"


def _picture(number: int, match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    column = match.start() + 1
    if not match[1].strip():
        message = "the picture has no text for those who cannot see it; write ![What it shows](…)"
        yield number, column, message
    if match[2] is None:
        return
    if not is_picture(match[3]):
        what = f"{shown(match[3])} is no picture of this document"
        yield number, match.start(3) + 1, f"{what}; put the file beside it and write its bare name"


def _crowded(text: list[_Line]) -> Iterator[tuple[int, int, str]]:
    """Paragraphs that would keep the renderer busy for seconds."""
    brackets, start = 0, 0
    for line in text:
        if not line.text.strip():
            brackets = 0
            continue
        if not brackets:
            start = line.number
        brackets += line.text.count("[")
        if brackets > MAX_BRACKETS:
            message = f"this paragraph has more than {MAX_BRACKETS} “[”; split it by empty lines"
            yield start, 1, message
            return
