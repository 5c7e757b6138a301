"""``showcase serve``: the real server, its worker inside, and how it stops."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from showcase.config import ROOT, SettingsError
from showcase.server import serve

pytestmark = pytest.mark.server

# Much more than a start takes, on a machine that has other things to do.
PATIENCE_SECONDS = 30


@pytest.fixture
def engine() -> str:
    """The server is the same on both."""
    return "sqlite"


@contextmanager
def serving(
    database_url: str, instance: Path, *words: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = Path(sys.executable).with_name("showcase")
    process = subprocess.Popen(  # noqa: S603 - our own command
        [script, "serve", "--port", str(port), *words],
        env={
            "DATABASE_URL": database_url,
            "SHOWCASE_INSTANCE": str(instance),
            "SHOWCASE_CONTENT": str(instance / "content"),
            "PYTHONPATH": str(ROOT),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    with process:
        try:
            wait_for(address)
            yield address, process
        finally:
            process.kill()


def wait_for(address: str) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            assert get(f"{address}/healthz") == (200, b"ok\n")
            return
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)


def get(address: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 - our own server
        return response.status, response.read()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_site_is_served_and_stops_when_asked(
    database_url: str, tmp_path: Path, workers: str
) -> None:
    with serving(database_url, tmp_path, "--workers", workers) as (address, process):
        status, page = get(f"{address}/en/")
        ready = get(f"{address}/readyz")
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=PATIENCE_SECONDS)

    assert status == 200
    assert page.startswith(b"<!doctype html>")
    assert ready == (200, b"database: ok\ntables: ok\ndisk: ok\n")
    assert code == 0


def test_port_that_is_taken_is_refused_in_words() -> None:
    with socket.socket() as other:
        # As granian opens its own: two of these may share a port, silently.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SettingsError, match=f"127.0.0.1:{port}"):
            serve(host="127.0.0.1", port=port, workers=1)
