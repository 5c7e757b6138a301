"""Thanks to who came."""

from datetime import datetime, timedelta

from flask import Flask

from showcase.gate.actions import check_in
from showcase.gate.thanking import thank
from tests.registrations.builders import make_event
from tests.registrations.people import KARIM, ask, owed, registration

ENDS = datetime.fromisoformat("2090-01-16T18:00:00+06:00")


def test_who_was_at_the_gate_is_thanked_once_when_it_is_over(app: Flask) -> None:
    event = make_event(app)
    with app.app_context():
        ask(event)
        ask(event, phone=KARIM)
        check_in(event_id=event, code=registration(1).code, admitted=None, at=ENDS)

        thank(ENDS - timedelta(seconds=1))
        before = len(owed(1))
        thank(ENDS)
        thank(ENDS + timedelta(hours=1))

        assert before == 1
        assert owed(1)[1:] == [("thanks", "sms", "ready")]
        assert len(owed(2)) == 1


def test_a_sheet_typed_in_days_later_is_still_thanked_for(app: Flask) -> None:
    event = make_event(app)
    with app.app_context():
        ask(event)
        thank(ENDS)
        check_in(event_id=event, code=registration(1).code, admitted=None, at=ENDS)
        thank(ENDS + timedelta(days=3))
        on_time = owed(1)[1:]
        thank(ENDS + timedelta(days=300))

        assert on_time == [("thanks", "sms", "ready")]
        assert owed(1)[1:] == on_time


def test_nobody_is_thanked_for_an_event_that_did_not_take_place(app: Flask) -> None:
    event = make_event(app, state="cancelled")
    with app.app_context():
        ask(event)
        check_in(event_id=event, code=registration(1).code, admitted=None, at=ENDS)
        thank(ENDS)

        assert len(owed(1)) == 1
