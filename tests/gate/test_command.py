"""``showcase check-in``: a paper sheet of the gate, typed in."""

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from showcase.gate.commands import check_in
from showcase.gate.queries import Arrivals, arrivals_at
from tests.voice.fair import SLUG, make_fair, register


def run(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(check_in, arguments, obj=lambda: app)


@pytest.fixture
def event(app: Flask) -> int:
    return make_fair(app)


def test_each_code_is_told_in_a_line(app: Flask, event: int) -> None:
    one, family = register(app, event), register(app, event, party=3)

    first = run(app, SLUG, one.code, family.code)
    again = run(app, SLUG, one.code)

    assert first.exit_code == 0
    assert first.stdout.splitlines() == [
        f"{one.code}: in, 1 from this ticket",
        f"{family.code}: in, 3 from this ticket",
    ]
    assert again.exit_code == 0
    assert again.stdout.startswith(f"{one.code}: already in since ")
    with app.app_context():
        assert arrivals_at(event) == Arrivals(tickets=2, people=4)


def test_an_unknown_code_is_told_and_the_others_come_in(app: Flask, event: int) -> None:
    visitor = register(app, event)

    result = run(app, SLUG, "CCCC", visitor.code)

    assert result.exit_code == 1
    assert "CCCC: No ticket of this event has this code." in result.stdout
    assert f"{visitor.code}: in" in result.stdout
    assert result.stderr == "1 of 2 not let in.\n"


def test_an_unknown_event_is_told(app: Flask, event: int) -> None:
    result = run(app, "nowhere", "CCCC")

    assert result.exit_code == 1
    assert "no published event “nowhere”" in result.stderr
