from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask

from showcase.db import now
from showcase.outbox.commands import retry, status
from showcase.outbox.leases import claim_due, mark_failed, mark_sent, release
from tests.outbox.builders import owe, owe_crowd, states
from tests.registrations.people import NOON

pytestmark = pytest.mark.usefixtures("context")

CANARY = "Canary Wharfinger"


def told(command: object, *arguments: str) -> str:
    result = CliRunner().invoke(command, arguments)  # type: ignore[arg-type]
    assert result.exit_code == 0, result.output
    return result.output


def test_an_empty_outbox_counts_nothing() -> None:
    assert told(status) == (
        "        0 waiting\n"
        "        0 sent\n"
        "        0 given up\n"
        "        0 taken back, since no longer true\n"
    )


def test_status_counts_and_names_errors_and_nobody(app: Flask) -> None:
    owe_crowd(app, [f"visitor{number}@example.com" for number in range(5)])
    owe(app, name=CANARY, at=now() - timedelta(hours=3, minutes=5))
    sent, dead, gone, later, away, _ = claim_due(limit=9, at=now())
    mark_sent(sent, at=now())
    mark_failed(dead, error="RefusedForGood", for_good=True, at=now())
    mark_failed(gone, error="RefusedForGood", for_good=True, at=now())
    mark_failed(later, error="TimeoutError", for_good=False, at=now())
    release([away], error="ConnectionRefusedError")
    settled = told(status)
    mark_sent(away, at=now())
    oldest = told(status)

    assert settled.splitlines()[:4] == [
        "        3 waiting",
        "        1 sent",
        "        2 given up",
        "        0 taken back, since no longer true",
    ]
    assert "To be tried again after ConnectionRefusedError: 1" in settled
    assert "To be tried again after TimeoutError: 1" in settled
    assert "Given up after RefusedForGood: 2" in settled
    assert "The oldest has been due for 3 h 5 min." in oldest
    for secret in (CANARY, "visitor", "1711000000"):
        assert secret not in settled + oldest


def test_retry_tells_how_many_will_be_tried(app: Flask) -> None:
    owe_crowd(app, ["a@example.com", "b@example.com"])
    for claim in claim_due(limit=9, at=NOON):
        mark_failed(claim, error="RefusedForGood", for_good=True, at=NOON)

    other = told(retry, "--kind", "reminder")
    ours = told(retry, "--kind", "confirmation")
    again = told(retry)

    assert other == again == "0 messages will be tried again\n"
    assert ours == "2 messages will be tried again\n"
    assert states(app) == ["ready", "ready"]
