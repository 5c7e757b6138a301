"""Which lines of a body are code, where nothing has a meaning of its own."""

import re
from bisect import bisect_right
from collections import defaultdict

# As Python-Markdown's fenced_code has it: at the margin, closed by exactly the same marks.
_FENCE = re.compile(
    r"(~{3,}|`{3,})[ ]*"
    r"(?:\{.*\}|\.?[0-9A-Za-z_#.+-]*[ ]*(?:hl_lines=(?:\"[^\"]*\"|'[^']*')[ ]*)?)"
)
_CLOSING = re.compile(r"(~{3,}|`{3,})[ ]*")


def fences(lines: list[str]) -> list[tuple[int, int | None]]:
    """Each fence that opens and the line that closes it, or None: then it is no fence."""
    closings: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if match := _CLOSING.fullmatch(line):
            closings[match[1]].append(number)
    found: list[tuple[int, int | None]] = []
    number = 0
    while number < len(lines):
        match = _FENCE.fullmatch(lines[number])
        if match:
            later = closings[match[1]]
            at = bisect_right(later, number)
            end = later[at] if at < len(later) else None
            found.append((number, end))
            number = end if end is not None else number
        number += 1
    return found


def fenced_lines(lines: list[str]) -> set[int]:
    """The numbers of all lines that belong to a closed fence, its marks included."""
    return {
        number
        for start, end in fences(lines)
        if end is not None
        for number in range(start, end + 1)
    }
