"""From the bytes of a file to lines of text, refusing what no later step could place or show."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from showcase.documents.problems import DocumentError, Problem
from showcase.text import nfc

MAX_FILE = 1024 * 1024
MAX_PART = 256 * 1024  # front matter and body, each
MAX_LINE = 20_000
_MOST_REPORTED = 20

_LINE_END = re.compile("\r\n?")
# Controls but tab and newline; separators that YAML counts as line ends and editors do not;
# non-characters.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NAMES = {
    "\0": "NUL",
    "\x85": "next line",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\ufeff": "byte-order mark",
}


@dataclass(frozen=True)
class Source:
    """A document in its two parts; ``front_line`` and ``body_line`` are where each begins."""

    path: str
    front: str
    front_line: int
    body: str
    body_line: int


def decode(path: str, raw: bytes) -> str:
    """The text in normal form with ``\\n`` line ends; the bytes themselves stay as they are."""
    if len(raw) > MAX_FILE:
        size = f"{len(raw) / MAX_FILE:.1f} MiB"
        raise DocumentError(
            [Problem(path, 1, 1, f"the file is {size} large; split it, at most 1 MiB is read")]
        )
    text = nfc(_LINE_END.sub("\n", _unicode(path, raw)))
    problems = [*_invisible_characters(path, text), *_long_lines(path, text)]
    if problems:
        raise DocumentError(problems)
    return text


def split(path: str, raw: bytes) -> Source:
    """The two parts of a document: what stands between ``---`` lines, and what follows."""
    lines = decode(path, raw).split("\n")
    end = _end_of_front(path, lines)
    source = Source(
        path=path,
        front="\n".join([*lines[1:end], ""]),
        front_line=2,
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
    )
    problems = [
        *_too_large(path, 1, "front matter", source.front),
        *_too_large(path, source.body_line, "text", source.body),
    ]
    if problems:
        raise DocumentError(problems)
    return source


def _unicode(path: str, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "the file is UTF-16; save it as UTF-8"
        raise DocumentError([Problem(path, 1, 1, message)])
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = _LINE_END.sub("\n", raw[: error.start].decode("utf-8").removeprefix("\ufeff"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"the byte 0x{raw[error.start]:02X} is no UTF-8; save the file as UTF-8"
        raise DocumentError([Problem(path, line, column, message)]) from None


def _invisible_characters(path: str, text: str) -> list[Problem]:
    """The first few, at most one a line: a picture saved as text has thousands."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    problems: dict[int, Problem] = {}
    for match in _INVISIBLE.finditer(text):
        line = bisect_right(starts, match.start())
        if line not in problems:
            column = match.start() - starts[line - 1] + 1
            problems[line] = Problem(path, line, column, _invisible(match.group()))
        if len(problems) == _MOST_REPORTED:
            break
    return list(problems.values())


def _invisible(character: str) -> str:
    name = _NAMES.get(character, "control character")
    return f"an invisible character stands here (U+{ord(character):04X}, {name}); delete it"


def _long_lines(path: str, text: str) -> list[Problem]:
    long = [
        Problem(
            path,
            number,
            MAX_LINE + 1,
            f"the line has {len(line):,} characters; break it, at most {MAX_LINE:,} are read",
        )
        for number, line in enumerate(text.split("\n"), 1)
        if len(line) > MAX_LINE
    ]
    return long[:_MOST_REPORTED]


def _end_of_front(path: str, lines: list[str]) -> int:
    if not _is_fence(lines[0]):
        raise DocumentError([Problem(path, *_no_front(lines))])
    for number, line in enumerate(lines[1:], 1):
        if _is_fence(line):
            return number
    message = "the front matter has no end; write a line “---” below its last key"
    raise DocumentError([Problem(path, 1, 1, message)])


def _is_fence(line: str) -> bool:
    return line.rstrip() == "---"


def _no_front(lines: list[str]) -> tuple[int, int, str]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if _is_fence(line):
            return 1, 1, "there are empty lines above “---”; delete them"
        if set(line.strip()) <= set("-–—"):
            return (
                number,
                1,
                f"“{line.strip()[:9]}” opens no front matter; write three hyphens, “---”",
            )
        break
    return 1, 1, "the front matter is missing; begin with “---”, then “title: …”, then “---”"


def _too_large(path: str, line: int, name: str, part: str) -> list[Problem]:
    size = len(part.encode())
    if size <= MAX_PART:
        return []
    message = f"the {name} is {size // 1024} KiB large; shorten it, at most 256 KiB is read"
    return [Problem(path, line, 1, message)]
