"""``/healthz``: the process answers. ``/readyz``: it can do its work."""

import logging
import shutil
from http import HTTPStatus

import sqlalchemy as sa
from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from showcase import migrations
from showcase.access import PUBLIC, access
from showcase.db import write
from showcase.errors import ShowcaseError

log = logging.getLogger(__name__)
health = Blueprint("health", __name__)

# Below this share of free disk, a database may soon be unable to commit.
LEAST_FREE_DISK = 0.05


def init_app(app: Flask) -> None:
    app.register_blueprint(health)


@health.get("/healthz")
@access(PUBLIC)
def alive() -> ResponseReturnValue:
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}


@health.get("/readyz")
@access(PUBLIC)
def ready() -> ResponseReturnValue:
    faults = [name for name, works in _CHECKS.items() if not works()]
    status = HTTPStatus.SERVICE_UNAVAILABLE if faults else HTTPStatus.OK
    answer = "".join(f"{name}: {'failed' if name in faults else 'ok'}\n" for name in _CHECKS)
    return answer, status, {"Content-Type": "text/plain; charset=utf-8"}


def _database_takes_writes() -> bool:
    try:
        with write() as session:
            session.execute(sa.text("UPDATE site_marks SET value = value WHERE name = 'site'"))
            session.rollback()
    except (SQLAlchemyError, ShowcaseError):
        log.exception("the database takes no writes")
        return False
    return True


def _tables_are_current() -> bool:
    try:
        return migrations.is_current()
    except SQLAlchemyError:
        log.exception("the state of the tables cannot be read")
        return False


def _disk_has_room() -> bool:
    usage = shutil.disk_usage(current_app.config["INSTANCE"])
    return usage.free / usage.total >= LEAST_FREE_DISK


_CHECKS = {
    "database": _database_takes_writes,
    "tables": _tables_are_current,
    "disk": _disk_has_room,
}
