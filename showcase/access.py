"""Who may open which address. A route that declares no rule is open to nobody."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from flask import Flask, abort, current_app, request

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True)
class Rule:
    """A named condition, asked before the view runs."""

    name: str
    allows: Callable[[], bool]


def _anybody() -> bool:
    return True


PUBLIC: Final = Rule("public", _anybody)
# The address is the key: the view looks its secret up and answers 404 to a wrong one.
SECRET_LINK: Final = Rule("secret-link", _anybody)
DEVELOPMENT: Final = Rule(
    "development", lambda: bool(current_app.config["ENVIRONMENT"] == "development")
)


def access(rule: Rule) -> Callable[[View], View]:
    """Declare who may use a view. It goes directly above the function, below the routes."""

    def declare(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return declare


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    return getattr(app.view_functions[endpoint], "access_rule", None)


def init_app(app: Flask) -> None:
    app.before_request(_refuse_undeclared)


def _refuse_undeclared() -> None:
    if request.endpoint is None:
        return
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        log.error("%s declares no access rule, so it is open to nobody", request.endpoint)
        abort(403)
    if not rule.allows():
        abort(404)
