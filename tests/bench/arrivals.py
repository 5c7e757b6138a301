"""People who come one after another, each with a form of its own, as to a national summit.

A process of its own, as ``client.py``. ``python -m tests.bench.arrivals HOST PORT PATH PEOPLE
SECONDS``; nobody waits for anybody else's answer.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import asdict
from typing import Final

from tests.bench.client import NoForm, Seen, Visitor, open_many_files

# Told by the page itself.
FULL: Final = "full"


async def arrive(host: str, port: int, path: str, people: int, seconds: float) -> Seen:
    statuses: Counter[str] = Counter()
    times: list[float] = []
    started = time.perf_counter()

    async def come(number: int) -> None:
        await asyncio.sleep(number * seconds / people)
        asked = time.perf_counter()
        try:
            statuses[await register(Visitor(host, port, path), number)] += 1
            times.append(time.perf_counter() - asked)
        except (OSError, EOFError, TimeoutError):
            statuses["none"] += 1

    await asyncio.gather(*map(come, range(people)))
    return Seen(dict(statuses), times, time.perf_counter() - started)


async def register(visitor: Visitor, number: int) -> str:
    """The status of the last answer: whoever finds no seat left has no form to send."""
    try:
        await visitor.open_form()
    except NoForm as told:
        return FULL if str(told) == "200" else str(told)
    await visitor.connect()
    try:
        return await visitor.register(number)
    finally:
        visitor.leave()


def main(host: str, port: str, path: str, people: str, seconds: str) -> None:
    open_many_files()
    seen = asyncio.run(arrive(host, int(port), path, int(people), float(seconds)))
    print(json.dumps(asdict(seen)))


if __name__ == "__main__":
    main(*sys.argv[1:])
