"""Cards are made once, one at a time, and kept within bounds."""

import threading
import time

import pytest

from showcase.cards.errors import TooManyAtOnce
from showcase.cards.shelf import Key, Shelf


class Maker:
    """Counts how often a card is made."""

    def __init__(self, png: bytes | None = b"x" * 100) -> None:
        self.png = png
        self.times = 0

    def __call__(self) -> bytes | None:
        # As a drawing does, it lets others run meanwhile.
        time.sleep(0.01)
        self.times += 1
        return self.png


def key(slug: str) -> Key:
    return ("bn", "story", slug)


def test_card_is_made_once_as_long_as_nothing_is_published() -> None:
    shelf, make = Shelf(), Maker()

    cards = [shelf.get(key("a"), mark, make) for mark in (1, 1, 1)]

    assert make.times == 1
    assert {card.png for card in cards if card} == {make.png}


def test_card_is_made_anew_after_a_publish() -> None:
    shelf = Shelf()
    shelf.get(key("a"), 1, Maker(b"old"))

    card = shelf.get(key("a"), 2, Maker(b"new"))

    assert card
    assert (card.png, shelf.size) == (b"new", 3)


def test_shelf_holds_no_more_than_it_may() -> None:
    shelf = Shelf(most=250)
    for slug in ("a", "b", "a", "c"):
        shelf.get(key(slug), 1, Maker())

    assert list(shelf.cards) == [key("a"), key("c")]
    assert shelf.size == 200


def test_what_is_not_there_takes_no_room() -> None:
    shelf = Shelf()

    assert shelf.get(key("a"), 1, Maker(None)) is None
    assert (shelf.size, len(shelf.cards)) == (0, 0)


def test_many_who_ask_for_one_card_have_it_made_once() -> None:
    shelf, make, started = Shelf(wait=10), Maker(), threading.Barrier(8)

    def ask() -> None:
        started.wait()
        shelf.get(key("a"), 1, make)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert make.times == 1


def test_who_would_wait_too_long_is_told_to_come_again() -> None:
    shelf = Shelf(wait=0.01)
    making, done = threading.Event(), threading.Event()

    def slow() -> bytes:
        making.set()
        done.wait(10)
        return b"slow"

    thread = threading.Thread(target=shelf.get, args=[key("slow"), 1, slow])
    thread.start()
    making.wait(10)
    try:
        with pytest.raises(TooManyAtOnce):
            shelf.get(key("other"), 1, Maker())
    finally:
        done.set()
        thread.join()

    assert list(shelf.cards) == [key("slow")]


def test_drawing_that_fails_lets_the_next_one_in() -> None:
    shelf = Shelf(wait=0.01)

    def broken() -> bytes:
        raise OSError("no font")

    with pytest.raises(OSError, match="no font"):
        shelf.get(key("a"), 1, broken)

    assert shelf.get(key("a"), 1, Maker())
