"""Chores: as often as they were asked for, each on its own, and without telling whom they touch."""

from datetime import UTC, datetime

import pytest
from flask import Flask, current_app

from showcase import chores
from showcase.chores import every, run_due

AT = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)


class Clock:
    """Seconds of the process, which a test moves on."""

    seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(chores, "time", clock)
    return clock


@pytest.fixture
def bare() -> Flask:
    """An app without features, whose chores are this test's own."""
    return Flask("bare")


def test_a_chore_is_done_at_once_and_then_when_its_time_has_passed(
    bare: Flask, clock: Clock
) -> None:
    done: list[float] = []
    every(bare, 30, "count", lambda _: done.append(clock.seconds))

    for _ in range(61):
        run_due(bare, AT)
        clock.seconds += 1

    assert done == [1000.0, 1030.0, 1060.0]


def test_a_chore_is_told_the_moment_and_finds_the_site(bare: Flask) -> None:
    seen: list[tuple[datetime, str]] = []
    every(bare, 30, "look", lambda at: seen.append((at, current_app.name)))

    run_due(bare, AT)

    assert seen == [(AT, "bare")]


def test_each_chore_has_its_own_pace(bare: Flask, clock: Clock) -> None:
    done: list[str] = []
    every(bare, 10, "often", lambda _: done.append("often"))
    every(bare, 60, "rarely", lambda _: done.append("rarely"))

    for _ in range(120):
        run_due(bare, AT)
        clock.seconds += 1

    assert (done.count("often"), done.count("rarely")) == (12, 2)


def test_one_that_fails_stops_no_other_and_is_done_again(
    bare: Flask, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    told_by_the_error = "cannot reach Canary Wharfinger at +8801711000000"

    def fail(_: datetime) -> None:
        done.append("failed")
        raise RuntimeError(told_by_the_error)

    every(bare, 30, "broken", fail)
    every(bare, 30, "sound", lambda _: done.append("sound"))

    run_due(bare, AT)
    clock.seconds += 30
    run_due(bare, AT)

    assert done == ["failed", "sound", "failed", "sound"]
    assert "chore broken failed: RuntimeError" in caplog.text
    assert "test_chores.py" in caplog.text
    assert "Canary" not in caplog.text
    assert "1711000000" not in caplog.text


def test_one_that_fails_is_not_done_at_every_round(bare: Flask, clock: Clock) -> None:
    tries: list[float] = []

    def fail(_: datetime) -> None:
        tries.append(clock.seconds)
        raise RuntimeError

    every(bare, 30, "broken", fail)

    for _ in range(30):
        run_due(bare, AT)
        clock.seconds += 1

    assert tries == [1000.0]


def test_a_slow_chore_is_counted_from_its_start(bare: Flask, clock: Clock) -> None:
    started: list[float] = []

    def slow(_: datetime) -> None:
        started.append(clock.seconds)
        clock.seconds += 40

    every(bare, 30, "slow", slow)

    for _ in range(3):
        run_due(bare, AT)

    assert started == [1000.0, 1040.0, 1080.0]


def test_two_chores_of_one_name_are_refused(bare: Flask) -> None:
    every(bare, 30, "purge", lambda _: None)

    with pytest.raises(ValueError, match="'purge'"):
        every(bare, 60, "purge", lambda _: None)


def test_an_app_without_chores_has_nothing_to_do(bare: Flask) -> None:
    run_due(bare, AT)
