"""``showcase serve``: granian, with the outbox worker inside."""

import resource
import socket
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from showcase import create_app
from showcase.config import SettingsError
from showcase.outbox.worker import start_in_background

# Measured: cached pages are fastest with one thread and a third slower with four, which keep a
# slow write from holding up the readers behind it; sixteen halve them.
THREADS = 4
# Of one process. A browser keeps its connection open for half a minute, and whoever finds no place
# waits for one to close: by default, 4 processes had 256 places each and let some wait for 30 s.
CONNECTIONS = 4096
# Long enough for a visitor's POST that waits for its turn at the database.
STOP_SECONDS = 10


def build() -> Flask:
    """The site of one server process, sending its own messages."""
    app = create_app()
    start_in_background(app)
    return app


def serve(*, host: str, port: int, workers: int) -> None:
    """Until stopped.

    Raises:
        SettingsError: The address cannot be listened on.
    """
    _refuse_taken_port(host, port)
    _allow_open_files()
    Granian(
        "showcase.server:build",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        workers_kill_timeout=STOP_SECONDS,
        respawn_failed_workers=True,
        working_dir=Path.cwd(),
        websockets=False,
    ).serve()


def _refuse_taken_port(host: str, port: int) -> None:
    """granian would share it, and two sites would answer by turns.

    Raises:
        SettingsError: Somebody else listens there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # What a server that has just stopped left behind is nobody.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = f"PORT: cannot listen on {host}:{port} ({error}); choose another port"
            raise SettingsError(reason) from error


def _allow_open_files() -> None:
    """As many as the system lets us: each connection is one, and 1,024 is a common default."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
