"""One commit for all who wait. Each commit waits for the disk, and SQLite makes one at a time.

Whoever comes first serves; those who come while it writes are served together by the next of them,
and all are answered after their common commit. Whoever is refused is undone alone.
"""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from showcase.db import PATIENCE_SECONDS, write
from showcase.errors import Busy
from showcase.registrations.errors import PoolRefuses

Purchase = Callable[[Session], int]

# One wait of everybody behind must stay short: a purchase takes about half a millisecond.
_AT_ONCE: Final = 64


class _Customer:
    """Somebody who waits: for the number of a registration, or for why there is none."""

    def __init__(self, purchase: Purchase) -> None:
        self.purchase = purchase
        self.is_served = False
        self.bought: int | None = None
        self.error: BaseException | None = None

    def answer(self) -> int:
        if self.error is not None:
            raise self.error
        assert self.bought is not None  # noqa: S101 - served without an error
        return self.bought


class Till:
    """One for each database of a process."""

    def __init__(self) -> None:
        self._waiting: deque[_Customer] = deque()
        self._serving = Lock()

    def buy(self, purchase: Purchase) -> int:
        """What ``purchase`` returns, once it is committed.

        Raises:
            IntegrityError, PoolRefuses: As the purchase did; what it wrote is undone.
            Busy: The database was held by others for too long.
        """
        customer = _Customer(purchase)
        self._waiting.append(customer)
        if not self._serving.acquire(timeout=PATIENCE_SECONDS):
            self._leave(customer)
            raise Busy
        try:
            while not customer.is_served:
                self._serve(self._next_in_line())
        finally:
            self._serving.release()
        return customer.answer()

    def _leave(self, customer: _Customer) -> None:
        """Who is being served at this moment may still get a seat: the same form, sent again,
        then finds it."""
        with suppress(ValueError, IndexError):
            self._waiting.remove(customer)

    def _next_in_line(self) -> list[_Customer]:
        customers: list[_Customer] = []
        with suppress(IndexError):
            while len(customers) < _AT_ONCE:
                customers.append(self._waiting.popleft())
        return customers

    def _serve(self, customers: list[_Customer]) -> None:
        try:
            with write() as session:
                for customer in customers:
                    _try(customer, session)
        except BaseException as error:
            # Nothing was committed, so nobody may believe it was.
            for customer in customers:
                customer.error = error
        finally:
            for customer in customers:
                customer.is_served = True


def _try(customer: _Customer, session: Session) -> None:
    connection = session.connection()
    # As plain statements: SQLAlchemy's own savepoints cost as much as a purchase's statements.
    connection.exec_driver_sql("SAVEPOINT customer")
    try:
        customer.bought = customer.purchase(session)
    except (IntegrityError, PoolRefuses) as refused:
        connection.exec_driver_sql("ROLLBACK TO customer")
        customer.error = refused
    connection.exec_driver_sql("RELEASE customer")
