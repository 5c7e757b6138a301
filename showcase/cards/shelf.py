"""Cards that were made, kept in memory until a publish, and one made at a time.

Not the page cache's work: it compresses what it keeps, and a PNG is compressed already.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from showcase.cards.errors import TooManyAtOnce

# Some 25 kB each: the cards of about 600 stories.
MOST_BYTES: Final = 16 * 1024 * 1024
# One takes a tenth of a second. Who would wait for ten others is asked to come again, so that
# hundreds who ask for cards cannot take all threads from those who read.
LONGEST_WAIT_SECONDS: Final = 1.0

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished card, good as long as the mark of the site stays."""

    mark: int
    png: bytes
    etag: str


class Shelf:
    """The cards used last, up to ``most`` bytes."""

    def __init__(self, most: int = MOST_BYTES, wait: float = LONGEST_WAIT_SECONDS) -> None:
        self.most = most
        self.wait = wait
        self.size = 0
        self.cards: OrderedDict[Key, Kept] = OrderedDict()
        self._changing = threading.Lock()
        self._making = threading.Lock()

    def get(self, key: Key, mark: int, make: Callable[[], bytes | None]) -> Kept | None:
        """The card from the shelf, or made now; None where ``make`` finds nothing to draw.

        Raises:
            TooManyAtOnce: Others are being made, for longer than anybody should wait.
        """
        card = self._kept(key, mark)
        if card:
            return card
        with self._alone():
            # Somebody who asked for the same may have made it in the meantime.
            card = self._kept(key, mark)
            return card or self._made(key, mark, make())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._making.acquire(timeout=self.wait):
            raise TooManyAtOnce
        try:
            yield
        finally:
            self._making.release()

    def _kept(self, key: Key, mark: int) -> Kept | None:
        with self._changing:
            card = self.cards.get(key)
            if card is None or card.mark != mark:
                return None
            self.cards.move_to_end(key)
            return card

    def _made(self, key: Key, mark: int, png: bytes | None) -> Kept | None:
        if png is None:
            return None
        card = Kept(mark, png, hashlib.blake2b(png, digest_size=12).hexdigest())
        with self._changing:
            old = self.cards.pop(key, None)
            self.size += len(png) - (len(old.png) if old else 0)
            self.cards[key] = card
            while self.size > self.most:
                _, oldest = self.cards.popitem(last=False)
                self.size -= len(oldest.png)
        return card
