"""The site without the guard of its seats: the control that shows that the races race.

It sells as code without the guard would: it looks how many seats are left, and then takes some.
"""

import sys
from typing import Final

import sqlalchemy as sa
from flask import Flask
from granian import Granian

from showcase import server
from showcase.db import db
from showcase.registrations import actions, queries
from showcase.registrations.seats import purchase

_HERE: Final = "tests.bench.unguarded:build"


def build() -> Flask:
    take_seats = actions._take_seats

    def look_and_take(asked: purchase.Row) -> actions.Receipt | None:
        left = queries.seats_left(asked["event_id"]) or 0
        db.session.rollback()
        return take_seats(asked) if left >= asked["party"] else None

    replacement = {
        "TAKE_SEATS": purchase.take_seats(sa.true()),
        "IN_ONE_STATEMENT": {
            kind: purchase.in_one_statement(sa.true(), kind) for kind in purchase.IN_ONE_STATEMENT
        },
    }
    vars(purchase).update(replacement)
    vars(actions).update(_take_seats=look_and_take)
    return server.build()


def main(port: str, workers: str) -> None:
    """As ``showcase serve`` starts it, but for the application."""
    vars(server)["Granian"] = lambda _, **settings: Granian(_HERE, **settings)
    server.serve(host="127.0.0.1", port=int(port), workers=int(workers))


if __name__ == "__main__":
    main(*sys.argv[1:])
