import time

import pytest
import sqlalchemy as sa
from flask import Flask

from showcase.db import db, write
from showcase.documents.models import SiteMark
from showcase.events.models import Event
from showcase.registrations import published
from showcase.registrations.published import published_event
from tests.registrations.builders import make_event

pytestmark = pytest.mark.usefixtures("context")


def publish_as_cancelled(*, moves_the_mark: bool = True) -> None:
    with write() as session:
        session.execute(sa.update(Event).values(announced="cancelled"))
        if moves_the_mark:
            session.execute(sa.update(SiteMark).values(value=SiteMark.value + 1))


def announced() -> str:
    event = published_event("kurigram-fair")
    assert event is not None
    return event.announced


def test_a_publish_is_seen_at_the_next_look(app: Flask) -> None:
    make_event(app)
    before = announced()

    publish_as_cancelled()
    time.sleep(published.LOOK_EVERY_SECONDS)

    assert (before, announced()) == ("announced", "cancelled")


def test_between_publishes_the_event_is_remembered(app: Flask) -> None:
    make_event(app)
    announced()

    publish_as_cancelled(moves_the_mark=False)
    time.sleep(published.LOOK_EVERY_SECONDS)

    assert announced() == "announced"


def test_an_event_is_found_as_soon_as_it_is_published(app: Flask) -> None:
    before = published_event("kurigram-fair")

    make_event(app)
    # As at the end of a request.
    db.session.rollback()

    assert before is None
    assert announced() == "announced"
