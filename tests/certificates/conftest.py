"""It is noon of the fair's second day unless a test travels on."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.voice.fair import NOON


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
