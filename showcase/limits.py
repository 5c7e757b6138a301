"""How often an address may do what costs others something.

A mobile operator puts a whole district behind one address, and a school its five hundred pupils.
So no limit by address is low enough for neighbours to shut each other out; what must be rare is
counted by number (of a telephone), or only where it fails.

The library ``limits`` counts, in the memory of each process or for all of them in Redis
(``SHOWCASE_RATE_LIMIT_URL``). Flask-Limiter, which is built on it, took 0.12 ms of every request.
"""

import ipaddress
import logging
import math
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, NamedTuple, TypeVar

from flask import Flask, Response, current_app, request
from limits import RateLimitItem, parse
from limits.errors import ConfigurationError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter, RateLimiter

from showcase.access import PUBLIC, SECRET_LINK, Rule, rule_of
from showcase.config import SettingsError
from showcase.errors import ShowcaseError, tell
from showcase.failures import log_failure
from showcase.i18n import _l

log = logging.getLogger(__name__)

Value = TypeVar("Value")


class Limit(NamedTuple):
    name: str
    item: RateLimitItem


# Forms that anybody may send. The burst of a summit, 10,000 people in a minute, passes three times
# over even if all of them had one address; what is stopped is a program that runs all night.
FORMS: Final = Limit("forms", parse("30000 per 10 minutes"))

# Wrong addresses of tickets, certificates and buttons in messages. People mistype one or two. From
# here on a wrong one is told to wait; a right one opens, since its owner stands at the gate, and
# whoever tries at random finds none: a ticket's secret has 136 bits.
WRONG_LINKS: Final = Limit("wrong links", parse("60 per 10 minutes"))
# Ten a second are no people: from here on nothing at all is looked up for this address.
WRONG_LINKS_IN_ALL: Final = Limit("wrong links in all", parse("6000 per 10 minutes"))

# An IPv6 subscriber has all addresses that begin alike, and may change them as often as he likes.
_IPV6_SUBSCRIBER: Final = 64

_TEN_MINUTES: Final = 600
_IN_TEN_MINUTES: Final = _l(
    "There were too many tries from your network or for this number. "
    "Nothing is lost: wait ten minutes and try again."
)
_IN_AN_HOUR: Final = _l(
    "There were too many tries from your network or for this number. "
    "Nothing is lost: wait an hour and try again."
)


class TooMany(ShowcaseError):
    """Too many in a short time: nothing else is wrong with this one.

    Args:
        reset_at: When to try again, in seconds since 1970.
    """

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, reset_at: float) -> None:
        super().__init__()
        self.retry_after = max(1, math.ceil(reset_at - time.time()))
        is_soon = self.retry_after <= _TEN_MINUTES
        self.sentence = _IN_TEN_MINUTES if is_soon else _IN_AN_HOUR


class Counter:
    """Counts in Redis, and by itself for a while when that is away: nobody is refused for it."""

    AWAY_SECONDS: Final = 30.0
    # Of a visitor's time, until Redis counts as away.
    PATIENCE_SECONDS: Final = 1

    def __init__(self, url: str) -> None:
        patience = dict.fromkeys(
            ("socket_timeout", "socket_connect_timeout"), self.PATIENCE_SECONDS
        )
        self.shared = FixedWindowRateLimiter(storage_from_string(url, **patience))
        self.own = FixedWindowRateLimiter(MemoryStorage())
        self.away_until = 0.0

    def ask(self, question: Callable[[RateLimiter], Value]) -> Value:
        if time.monotonic() >= self.away_until:
            try:
                return question(self.shared)
            except Exception as error:  # whatever ails it, visitors have done nothing
                log_failure(log, "the counter of limits is away", error)
                self.away_until = time.monotonic() + self.AWAY_SECONDS
        return question(self.own)


def init_app(app: Flask) -> None:
    """
    Raises:
        SettingsError: Redis is asked for, and its library is not installed.
    """
    try:
        app.extensions[_EXTENSION] = Counter(app.config["RATE_LIMIT_URL"])
    except ConfigurationError as error:
        raise SettingsError("SHOWCASE_RATE_LIMIT_URL: install showcase[redis] first") from error
    app.before_request(_refuse)
    app.after_request(_count_wrong_links)


_EXTENSION: Final = "limits"


def counter() -> Counter:
    found: Counter = current_app.extensions[_EXTENSION]
    return found


def address() -> str:
    """Whom a limit counts: the sender's address, as far as proxies are trusted to tell it."""
    sender = request.remote_addr or ""
    try:
        found = ipaddress.ip_address(sender)
    except ValueError:
        # A socket of this machine has no address; all of them count as one.
        return "unknown"
    if found.version == 4:
        return sender
    return str(ipaddress.ip_network((sender, _IPV6_SUBSCRIBER), strict=False))


def spend(limit: Limit, whose: str | None = None) -> None:
    """Count one more of this address, or of what ``whose`` names.

    Raises:
        TooMany: It was one too many.
    """
    key = whose or address()
    if not counter().ask(lambda counts: counts.hit(limit.item, limit.name, key)):
        raise _too_many(limit, key)


def refuse_if_spent(limit: Limit, whose: str | None = None) -> None:
    """Count nothing: for what counts only when it fails.

    Raises:
        TooMany: There were too many before.
    """
    key = whose or address()
    if not counter().ask(lambda counts: counts.test(limit.item, limit.name, key)):
        raise _too_many(limit, key)


def _too_many(limit: Limit, key: str) -> TooMany:
    # The endpoint, and nothing of whom it was refused to.
    log.warning("too many requests to %s: %s", request.endpoint, limit.name)
    stats = counter().ask(lambda counts: counts.get_window_stats(limit.item, limit.name, key))
    return TooMany(stats.reset_time)


def _refuse() -> None:
    if request.method == "POST" and _is_under(PUBLIC):
        spend(FORMS)
    elif _is_under(SECRET_LINK):
        refuse_if_spent(WRONG_LINKS_IN_ALL)


def _count_wrong_links(response: Response) -> Response:
    if response.status_code != HTTPStatus.NOT_FOUND or not _is_under(SECRET_LINK):
        return response
    try:
        spend(WRONG_LINKS_IN_ALL)
        spend(WRONG_LINKS)
    except TooMany as error:
        return current_app.make_response(tell(error))
    return response


def _is_under(rule: Rule) -> bool:
    return request.endpoint is not None and rule_of(current_app, request.endpoint) is rule
