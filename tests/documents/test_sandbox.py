"""The sandbox: a bomb costs its own page two seconds, and nobody else anything."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from showcase.documents.render import Rendered, render
from showcase.documents.sandbox import CRASHED, TOO_SLOW, Renderer

HONEST = "## ভূমি\n\nText with *care*.\n\n:::tcv\n"

# Each keeps Python-Markdown busy for longer than 2 s.
BOMBS = {
    "brackets": "[" * 8_000,
    "pictures": "![" * 8_000,
    "links": "[](" * 6_000,
    "emphasis": "*_**__" * 40_000,
    "open fences": "```a\n" * 50_000,
    "empty cells": "|a" * 1_000 + "\n" + "|-" * 1_000 + "\n" + "|\n" * 20_000,
    "rules": "***\n" * 60_000,
    "headings": "## a\n" * 50_000,
    "footnotes": "[^1]" * 20_000 + "\n\n[^1]: a",
    "footnotes apart": "\n\n".join(f"[^{n}]: a\n\nb[^{n}]" for n in range(9_000)),
}


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    with Renderer(children=1) as renderer:
        yield renderer


def children() -> set[int]:
    """Every child of this process, the dead that nobody waited for included."""
    return {
        int(stat.parent.name)
        for stat in Path("/proc").glob("[0-9]*/stat")
        if _parent(stat) == os.getpid()
    }


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def test_a_child_renders_as_we_do(renderer: Renderer) -> None:
    assert renderer.render(HONEST, "en") == render(HONEST, "en")


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_in_time_and_the_next_page_is_made(body: str) -> None:
    with Renderer(children=1, seconds=1) as renderer:
        renderer.render("")
        began = time.monotonic()

        assert renderer.render(body) == TOO_SLOW

        assert time.monotonic() - began < 3
        assert renderer.render(HONEST) == render(HONEST)


def test_a_text_that_overflows_the_parser_is_refused() -> None:
    lists = "\n".join(" " * 4 * depth + "- a" for depth in range(350))

    with Renderer(children=1, seconds=20) as renderer:
        assert renderer.render(lists) == CRASHED
        assert renderer.render(HONEST) == render(HONEST)


def test_others_are_rendered_beside_a_bomb() -> None:
    bodies = [HONEST, "[" * 8_000, *[f"Page {number}" for number in range(20)]]

    with Renderer(children=2) as renderer:
        answers = list(renderer.render_many(bodies))

    assert answers == [render(HONEST), TOO_SLOW, *[render(body) for body in bodies[2:]]]


def test_pages_come_in_order_each_in_its_language() -> None:
    bodies = [f":::steps\n- what: {number}\n  time: 1\n:::" for number in range(10)]
    languages = ["bn", "en"] * 5

    with Renderer(children=2) as renderer:
        answers = list(renderer.render_many(bodies, languages))

    assert answers == [render(*page) for page in zip(bodies, languages, strict=True)]


def test_threads_share_a_renderer(renderer: Renderer) -> None:
    answers: list[Rendered | str] = []
    threads = [
        threading.Thread(target=lambda: answers.append(renderer.render(HONEST))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [render(HONEST)] * 8


def test_nothing_is_left_when_a_renderer_is_closed() -> None:
    before = children()

    with Renderer(children=2) as renderer:
        list(renderer.render_many(["[" * 8_000, HONEST, HONEST]))
        assert len(children() - before) >= 1

    assert children() == before


def test_a_child_that_was_killed_is_replaced(renderer: Renderer) -> None:
    before = children()
    renderer.render(HONEST)
    (child,) = children() - before
    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)  # dead, and not yet waited for

    assert renderer.render(HONEST) == render(HONEST)


def test_a_child_has_limits_and_none_of_our_secrets(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "hidden")
    before = children()
    renderer.render(HONEST)
    (child,) = children() - before

    limits = {
        line[:26].strip(): line[26:].split()[0]
        for line in Path(f"/proc/{child}/limits").read_text().splitlines()
    }

    assert int(limits["Max address space"]) < 1024**3
    assert int(limits["Max cpu time"]) < 10
    assert (limits["Max file size"], limits["Max core file size"]) == ("0", "0")
    assert b"SECRET_KEY" not in Path(f"/proc/{child}/environ").read_bytes()


def test_an_answer_that_cannot_be_sent_is_a_refusal(renderer: Renderer) -> None:
    assert renderer.render("\ud800") == CRASHED
    assert renderer.render(HONEST) == render(HONEST)


def test_a_page_of_1500_words_is_no_work(renderer: Renderer) -> None:
    words = "নাগরিক সেবা এখন **সহজ** [হয়েছে](/bn/) " * 20
    body = "\n\n".join([words, "| a | b |\n|---|---|\n| 1 | 2 |"] * 15)
    renderer.render("")
    began = time.monotonic()

    page = renderer.render(body)

    assert isinstance(page, Rendered)
    assert page.words >= 1_500
    # 0.012 s on an idle core.
    assert time.monotonic() - began < 1
