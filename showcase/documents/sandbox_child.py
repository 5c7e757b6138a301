"""The child process of the sandbox: reads bodies, writes pages, under limits it cannot raise.

Messages are JSON with their length in front; nothing a child says can run in its parent.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final

from showcase.documents.render import render

SIZE_BYTES: Final = 4
_HEADROOM: Final = 512 * 1024 * 1024


def frame(message: dict[str, Any]) -> bytes:
    raw = json.dumps(message, ensure_ascii=False).encode()
    return len(raw).to_bytes(SIZE_BYTES, "big") + raw


def serve() -> None:
    """Answer until the parent closes the pipe, or is gone."""
    answers = sys.stdout.buffer
    _limit_memory_and_files()
    _answer(answers, {"ready": True})
    while head := sys.stdin.buffer.read(SIZE_BYTES):
        task = json.loads(sys.stdin.buffer.read(int.from_bytes(head, "big")))
        _limit_time(task["seconds"])
        _answer(answers, _page(task["body"], task["language"]))


def _page(body: str, language: str) -> dict[str, Any]:
    """An answer without a page where Markdown gives up: its parser recurses and asserts."""
    try:
        page = render(body, language)
    except Exception as error:
        return {"error": type(error).__name__}
    headings = [[heading.level, heading.id, heading.text] for heading in page.headings]
    return {"html": page.html, "headings": headings, "words": page.words}


def _answer(answers: BinaryIO, message: dict[str, Any]) -> None:
    answers.write(frame(message))
    answers.flush()


def _limit_memory_and_files() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    pages = Path("/proc/self/statm")
    if pages.exists():  # Linux; elsewhere the time limit alone must do
        now = int(pages.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (now + _HEADROOM, now + _HEADROOM))


def _limit_time(seconds: float) -> None:
    """For the case that the parent, which has the clock, is killed meanwhile."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
