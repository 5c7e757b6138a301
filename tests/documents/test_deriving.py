"""What follows from the documents: written at each publish, and anew after an upgrade."""

import pytest
import sqlalchemy as sa

from showcase.db import db, write
from showcase.documents.deriving import EDITION, bring_up_to_date, is_up_to_date
from showcase.documents.models import SiteMark
from showcase.documents.queries import site_mark
from showcase.search.queries import find
from showcase.stories.models import StoryEntry, TcvEntry
from tests.documents.folder import TCV, Folder, everything, publish

DERIVED = ("story_entries", "tcv_entries", "search_entries", "search_texts", "events", "seat_pools")


@pytest.fixture
def published(context: None, folder: Folder) -> Folder:
    folder.districts("kurigram")
    folder.story("camp", "The pond.", district="kurigram", tcv=TCV)
    folder.translation("stories/camp")
    folder.event("fair", registration="{opens: 2026-01-01, closes: 2090-01-13 18:00, seats: 5}")
    publish(folder)
    return folder


def derived() -> dict[str, list[str]]:
    """Without the numbers of the entries, which are new each time."""
    rows = everything()
    return {name: [row.split(",", 1)[1] for row in rows.get(name, [])] for name in DERIVED}


def forget() -> None:
    """As after an upgrade whose tables are new and empty."""
    with write() as session:
        for table in ("tcv_entries", "story_entries", "search_words", "search_texts"):
            session.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - names from here
        session.execute(sa.text("DELETE FROM search_entries"))
        session.execute(sa.update(SiteMark).where(SiteMark.name == "derived").values(value=0))


def test_new_database_is_up_to_date(context: None) -> None:
    assert is_up_to_date()
    assert bring_up_to_date() == 0


def test_everything_is_derived_anew_after_an_upgrade(published: Folder) -> None:
    before, mark = derived(), site_mark()
    forget()
    emptied = (find("pond").total, is_up_to_date())

    count = bring_up_to_date()

    assert emptied == (0, False)
    assert count == 3
    assert derived() == before
    assert (find("pond").total, is_up_to_date()) == (1, True)
    assert site_mark() == mark + 1


def test_deriving_twice_changes_nothing(published: Folder) -> None:
    before = derived()
    with write() as session:
        session.execute(
            sa.update(SiteMark).where(SiteMark.name == "derived").values(value=EDITION - 1)
        )

    bring_up_to_date()

    assert derived() == before


def test_record_that_is_gone_from_a_story_is_gone_from_the_register(published: Folder) -> None:
    published.story("camp", district="kurigram")
    publish(published)

    entry = db.session.scalars(sa.select(StoryEntry)).one()
    assert (entry.measured, entry.evidence, entry.time_change) == (False, 0, None)
    assert db.session.scalars(sa.select(TcvEntry)).all() == []


def test_story_tells_its_best_change_and_its_strongest_evidence(
    context: None, folder: Folder
) -> None:
    folder.story(
        "camp",
        tcv="[{service: A, source: S, change: {time: -40%}},"
        " {service: B, source: S, method: independent, sample: 9,"
        " before: {time: 2 hours, visits: 1}, after: {time: 3 hours, visits: 1}}]",
    )
    publish(folder)

    entry = db.session.scalars(sa.select(StoryEntry)).one()
    records = db.session.scalars(sa.select(TcvEntry).order_by(TcvEntry.number)).all()

    assert (entry.time_change, entry.cost_change, entry.visits_change) == (-40.0, None, 0.0)
    assert (entry.measured, entry.evidence) == (True, 5)
    assert [(r.number, r.measured, r.time_change) for r in records] == [
        (1, False, -40.0),
        (2, True, 50.0),
    ]


@pytest.mark.parametrize(
    ("keys", "phase", "year"),
    [
        ({"stage": "idea"}, "initiation", None),
        ({"stage": "scaling"}, "celebration", None),
        (
            {
                "stage": "scaling",
                "timeline": "[{date: 2016-02, phase: execution, what: B},"
                " {date: 2014, phase: initiation, what: A}]",
            },
            "execution",
            2014,
        ),
        (
            {"timeline": "[{date: unknown, phase: initiation, what: A}]"},
            "initiation",
            None,
        ),
    ],
)
def test_phase_and_year_follow_from_the_timeline(
    context: None, folder: Folder, keys: dict[str, str], phase: str, year: int | None
) -> None:
    folder.story("camp", **keys)
    publish(folder)

    entry = db.session.scalars(sa.select(StoryEntry)).one()
    assert (entry.phase, entry.year) == (phase, year)
