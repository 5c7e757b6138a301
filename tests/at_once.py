"""Processes that do something at the same moment."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from showcase.config import ROOT


class Ended(NamedTuple):
    code: int
    errors: str


def run_at_once(
    asked: Sequence[tuple[Sequence[str], Mapping[str, str]]], *, patience: float = 60
) -> list[Ended]:
    """Start Python with each of the arguments and settings; once all of them have said that they
    are ready, let them go on, and wait for their end.

    Args:
        patience: Seconds for each to end.
    """
    processes = [
        subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for arguments, environ in asked
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=patience)[1] for process in processes]
    return [
        Ended(process.returncode, errors) for process, errors in zip(processes, told, strict=True)
    ]
