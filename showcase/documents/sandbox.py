"""Rendering in child processes with limits: no document can stop or slow the site.

A child is a fresh Python, not a fork: a server has threads, and a fork copies their locks. It knows
neither the database nor the settings, and may write to nothing but its answer.
"""

import json
import os
import queue
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from showcase.documents.render import Heading, Rendered
from showcase.documents.sandbox_child import SIZE_BYTES, frame

SECONDS: Final = 2.0
# Loading Markdown takes 0.15 s on an idle machine; a busy one may be fifty times slower.
_START_SECONDS: Final = 10.0
_WAIT_SECONDS: Final = 30.0
# A table of empty cells is about ten times as long in HTML as in Markdown.
_MOST_ANSWERED: Final = 8 * 1024 * 1024
_PACKAGE: Final = Path(__file__).parent

TOO_SLOW: Final = (
    "the text takes too long to turn into a page; shorten this paragraph or table, or split it"
)
CRASHED: Final = "the text cannot be turned into a page; make its lists flatter, or split it"
BUSY: Final = "too many texts are being turned into pages; try again in a minute"

# The packages are stood in for: the real ones would load the whole site into each child.
_CHILD: Final = """
import sys, types
for name, folder in (("showcase", sys.argv[1]), ("showcase.documents", sys.argv[2])):
    package = types.ModuleType(name)
    package.__path__ = [folder]
    sys.modules[name] = package
from showcase.documents.sandbox_child import serve
serve()
"""


class Renderer:
    """Turns bodies into HTML, a few at a time. Safe to share between threads; to be closed."""

    def __init__(self, children: int | None = None, seconds: float = SECONDS) -> None:
        self._count = children or os.cpu_count() or 1
        self._seconds = seconds
        self._idle: queue.LifoQueue[_Child] = queue.LifoQueue()
        for _ in range(self._count):
            self._idle.put(_Child())
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def render(self, body: str, language: str = "bn") -> Rendered | str:
        """The page, or a sentence that says why there is none."""
        try:
            child = self._idle.get(timeout=_WAIT_SECONDS)
        except queue.Empty:
            return BUSY
        try:
            return child.render(body, language, self._seconds)
        finally:
            self._idle.put(child)
            if self._closed.is_set():
                self._stop_idle()

    def render_many(
        self, bodies: Iterable[str], languages: Iterable[str] | None = None
    ) -> Iterator[Rendered | str]:
        """Each body in turn, as ``render`` does it; ``languages`` go with them, else Bangla."""
        with ThreadPoolExecutor(self._count) as pool:
            yield from pool.map(self.render, bodies, languages or repeat("bn"))

    def close(self) -> None:
        """Stop the children and wait for them; one at work stops when it is done."""
        self._closed.set()
        self._stop_idle()

    def _stop_idle(self) -> None:
        while True:
            try:
                self._idle.get_nowait().stop()
            except queue.Empty:
                return


class _Child:
    """One process, started when first needed and again after each that had to be ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def render(self, body: str, language: str, seconds: float) -> Rendered | str:
        try:
            process = self._running()
            _send(process, {"body": body, "language": language, "seconds": seconds})
            return _rendered(_receive(process, seconds))
        except TimeoutError:
            self.stop()
            return TOO_SLOW
        except (OSError, EOFError, ValueError, KeyError):
            self.stop()
            return CRASHED

    def stop(self) -> None:
        """End the process and reap it."""
        process, self._process = self._process, None
        if process:
            with process:  # closes its pipes and waits
                process.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self.stop()
        self._process = subprocess.Popen(  # noqa: S603 (our own code, in the Python that runs us)
            [sys.executable, "-c", _CHILD, str(_PACKAGE.parent), str(_PACKAGE)],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Nothing else of ours: the environment holds the site's secrets.
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
        _receive(self._process, _START_SECONDS)
        return self._process


def _send(process: subprocess.Popen[bytes], message: dict[str, object]) -> None:
    if process.stdin:
        rest = memoryview(frame(message))
        while rest:
            rest = rest[os.write(process.stdin.fileno(), rest) :]


def _receive(process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
    """The next message; raises TimeoutError, or EOFError when the child has ended."""
    deadline = time.monotonic() + seconds
    size = int.from_bytes(_read(process, SIZE_BYTES, deadline), "big")
    if size > _MOST_ANSWERED:
        raise ValueError("the answer is too long")
    answer: dict[str, Any] = json.loads(_read(process, size, deadline))
    return answer


def _read(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    if not process.stdout:
        raise EOFError
    descriptor = process.stdout.fileno()
    read = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while len(read) < size:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            piece = os.read(descriptor, size - len(read))
            if not piece:
                raise EOFError
            read += piece
    return bytes(read)


def _rendered(answer: dict[str, Any]) -> Rendered:
    headings = tuple(Heading(*heading) for heading in answer["headings"])
    return Rendered(answer["html"], headings, answer["words"])
