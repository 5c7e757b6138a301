"""It is noon of the fair's second day unless a test travels on."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from tests.documents.conftest import folder
from tests.voice.fair import NOON, Visitor, come, make_fair

__all__ = ["folder"]


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def event(app: Flask) -> int:
    return make_fair(app)


@pytest.fixture
def visitor(app: Flask, event: int) -> Visitor:
    return come(app, event)
