"""What the figures were taken on, and which core does what."""

import os
import platform
import sqlite3
import subprocess
from pathlib import Path
from typing import Final

_CORES: Final = sorted(os.sched_getaffinity(0))
# The server has one core to itself; whoever asks has the other, where there are two.
SERVER_CORE: Final = _CORES[0]
CLIENT_CORE: Final = _CORES[-1]


def run(command: list[str], *, seconds: float, environ: dict[str, str] | None = None) -> str:
    """What the command prints; its errors go to the terminal."""
    done = subprocess.run(  # noqa: S603 - commands of ours
        command, env=environ, stdout=subprocess.PIPE, text=True, check=True, timeout=seconds
    )
    return done.stdout


def on_core(core: int, command: list[str]) -> list[str]:
    return ["taskset", "-c", str(core), *command]


def pss_mib(pid: int) -> float:
    """Memory of one process, with pages that are shared counted in part."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kib = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kib / 1024


def description(postgresql: str) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    parts = (
        f"{len(_CORES)} × {_processor()}",
        f"{memory:.0f} GiB",
        _system(),
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"PostgreSQL {postgresql}",
        _version("/usr/sbin/nginx", "-v"),
        _version("wrk", "-v"),
    )
    return ", ".join(parts)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")


def _version(*command: str) -> str:
    """Both print it to where errors go, wrk with a status of 1."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    first = (done.stdout + done.stderr).strip().splitlines()[0]
    return first.removeprefix("nginx version: ").split(" Copyright")[0].split(" [")[0]
