"""Adds to one number from several threads of a process: ``python -m tests.counting URL HOW``."""

import os
import sys
import tempfile
import threading
import time

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from showcase import create_app
from showcase.db import write
from showcase.documents.models import SiteMark

PROCESSES = 2
THREADS = 4
TIMES = 10

_READ = sa.select(SiteMark.value).where(SiteMark.name == "site")


def add_one(session: Session, *, lock: bool) -> None:
    """Read, think, write: what goes wrong where two may read before either writes."""
    value = session.scalar(_READ.with_for_update() if lock else _READ) or 0
    time.sleep(0.001)
    session.execute(sa.update(SiteMark).where(SiteMark.name == "site").values(value=value + 1))


def add_guarded(app: Flask) -> None:
    with app.app_context():
        for _ in range(TIMES):
            with write() as session:
                add_one(session, lock=True)


def add_plainly(engine: sa.Engine) -> None:
    """The negative control: the engine as SQLAlchemy makes it, which starts SQLite's transaction
    late and takes no lock for what it reads."""
    for _ in range(TIMES):
        try:
            with Session(engine) as session:
                if engine.dialect.name == "sqlite":
                    session.connection().exec_driver_sql("BEGIN")
                add_one(session, lock=False)
                session.commit()
        except OperationalError:
            continue


def main(url: str, how: str) -> None:
    if how == "guarded":
        instance = tempfile.mkdtemp()
        app = create_app({**os.environ, "DATABASE_URL": url, "SHOWCASE_INSTANCE": instance})
        threads = [threading.Thread(target=add_guarded, args=[app]) for _ in range(THREADS)]
    else:
        engine = sa.create_engine(url)
        threads = [threading.Thread(target=add_plainly, args=[engine]) for _ in range(THREADS)]
    print("ready", flush=True)
    sys.stdin.readline()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
