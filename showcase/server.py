"""``showcase serve``: granian, with the outbox worker inside."""

from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from showcase import create_app
from showcase.outbox.worker import start_in_background

# Measured: one or four threads make little difference for cached pages; four keep a slow write
# from holding up the readers behind it.
THREADS = 4
# Long enough for a visitor's POST that waits for its turn at the database.
STOP_SECONDS = 10


def build() -> Flask:
    """The site of one server process, sending its own messages."""
    app = create_app()
    start_in_background(app)
    return app


def serve(*, host: str, port: int, workers: int) -> None:
    Granian(
        "showcase.server:build",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_SECONDS,
        respawn_failed_workers=True,
        working_dir=Path.cwd(),
        websockets=False,
    ).serve()
