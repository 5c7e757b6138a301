"""The steps in a story and its TCV records: one follows from the other, or publish refuses."""

import pytest
import sqlalchemy as sa
from flask import Flask

from showcase.db import db
from showcase.documents.models import Document
from showcase.documents.publishing import Outcome
from showcase.stories.fields import StoryFields
from showcase.stories.queries import find_story
from showcase.tcv.records import TcvRecord
from tests.documents.folder import Folder, publish, refused

pytestmark = pytest.mark.usefixtures("context")

BEFORE = """:::steps before
- what: Ask
  time: 2 hours
  cost: 100 BDT
  visits: 1
- what: Wait
  time: 30 minutes
  pain: nobody says when
:::
"""
AFTER = ":::steps after\n- what: Ask nearby\n  time: 1 hour\n  visits: 1\n:::\n"
RECORD = "service: Treating cattle, source: A study"


def records() -> list[TcvRecord]:
    stored = db.session.scalar(sa.select(Document.fields).where(Document.kind == "story"))
    return StoryFields.model_validate(stored).tcv


def test_record_has_from_the_steps_what_it_leaves_out(folder: Folder) -> None:
    folder.story(body=BEFORE + AFTER, tcv=f"[{{{RECORD}, before: {{cost: 250 BDT}}}}]")

    assert publish(folder) == Outcome(new=1)
    (record,) = records()
    assert {measure: str(record.before.of(measure)) for measure in ("time", "cost", "visits")} == {
        "time": "2.5 hours",
        "cost": "250 BDT",
        "visits": "1+ visits",
    }
    assert (str(record.after.time), record.after.cost, str(record.after.visits)) == (
        "1 hours",
        None,
        "1 visits",
    )


def test_steps_belong_to_the_record_of_their_number(folder: Folder) -> None:
    second = f"{{{RECORD}}}"
    folder.story(
        body=AFTER.replace("after", "after 2"),
        tcv=f"[{{{RECORD}, after: {{time: 3 days}}}}, {second}]",
    )

    publish(folder)

    assert [str(record.after.time) for record in records()] == ["3 days", "1 hours"]


def test_record_that_contradicts_its_steps_is_told_at_their_line(folder: Folder) -> None:
    folder.story(
        body=f"Text.\n\n{BEFORE}\n{AFTER}",
        tcv=f"[{{{RECORD}, before: {{time: 2 hours, visits: 2}}, after: {{visits: 2}}}}]",
    )

    remedy = "there, leave it out there to have it from the steps, or mend the steps"
    assert refused(folder) == [
        "stories/health-camp/index.md:17:1: the steps come to 2.5 hours, "
        f"but before.time of record 1 is 2 hours; write 2.5 hours {remedy}",
        "stories/health-camp/index.md:27:1: the steps come to 1 visits, "
        f"but after.visits of record 1 is 2 visits; write 1 visits {remedy}",
    ]


def test_steps_without_their_record_are_told(folder: Folder) -> None:
    folder.story("one", body=AFTER)
    folder.story(
        "two", body=AFTER.replace("after", "after 2"), tcv=f"[{{{RECORD}, change: {{time: -5%}}}}]"
    )

    remedy = (
        "write the record there, its service and source are enough, "
        "or write “:::steps” alone for steps without a record"
    )
    assert refused(folder) == [
        "stories/one/index.md:14:1: “:::steps after” has no record to belong to: "
        f"index.md has 0 under tcv; {remedy}",
        "stories/two/index.md:15:1: “:::steps after 2” has no record to belong to: "
        f"index.md has 1 under tcv; {remedy}",
    ]


def test_value_that_is_none_is_told_at_its_place(folder: Folder) -> None:
    folder.story(
        body=":::steps after\n- what: Ask\n  time: soon\n  visits: 1\n:::\n",
        tcv=f"[{{{RECORD}, after: {{visits: 1}}}}]",
    )

    assert refused(folder) == [
        "stories/health-camp/index.md:17:9: time: “soon” is no duration; "
        "write a number and one of minutes, hours, days, working days, "
        "or leave the line out if it was not measured"
    ]


def test_percentage_beside_steps_of_both_sides_is_told_at_its_place(folder: Folder) -> None:
    folder.story(body=BEFORE + AFTER, tcv=f"\n  - {{{RECORD}, change: {{time: -50%}}}}")

    assert refused(folder) == [
        "stories/health-camp/index.md:14:64: time: "
        "remove change.time; it follows from before and after"
    ]


def test_large_change_from_the_steps_needs_its_note(folder: Folder) -> None:
    long = BEFORE.replace("2 hours", "900 hours")
    folder.story(body=long + AFTER, tcv=f"[{{{RECORD}}}]")

    (problem,) = refused(folder)

    assert problem == (
        "stories/health-camp/index.md:13:7: tcv: a change of 99.9% is rare; "
        "write a note: that says how so much was possible"
    )


def test_sum_that_no_source_could_write_is_told(folder: Folder) -> None:
    rows = "- what: Pay\n  cost: 999999999999 BDT\n" * 2
    folder.story(body=f":::steps after\n{rows}:::\n", tcv=f"[{{{RECORD}}}]")

    (problem,) = refused(folder)

    assert problem.startswith(
        "stories/health-camp/index.md:13:7: tcv: “1999999999998 BDT” is no amount of taka;"
    )


@pytest.mark.parametrize(
    ("tcv", "place"),
    [
        ("nothing", "13:6: tcv: write a list here"),
        ("[nothing]", "13:7: tcv: write keys with texts here"),
        ("[{service: A, source: B, after: nothing}]", "13:38: after: write keys with texts here"),
    ],
)
def test_malformed_record_is_told_as_without_steps(folder: Folder, tcv: str, place: str) -> None:
    folder.story(body=AFTER, tcv=tcv)

    (problem,) = refused(folder)

    assert problem.startswith(f"stories/health-camp/index.md:{place}")


def test_translation_tells_the_same_numbers_in_its_own_words(folder: Folder) -> None:
    folder.story(body=AFTER, tcv=f"[{{{RECORD}}}]")
    folder.translation(body=":::steps after\n- what: কাছেই\n  time: ৬০ মিনিট\n  visits: ১\n:::\n")

    assert publish(folder) == Outcome(new=2)


def test_translation_that_tells_other_numbers_is_refused(folder: Folder) -> None:
    folder.story(body=AFTER, tcv=f"[{{{RECORD}}}]")
    folder.translation(body=":::steps after\n- what: কাছেই\n  time: ২ ঘণ্টা\n  visits: ১\n:::\n")

    (problem,) = refused(folder)

    assert problem.startswith(
        "stories/health-camp/index.bn.md:5:1: the steps come to 2 hours, "
        "but after.time of record 1 is 1 hours;"
    )


def test_translation_alone_is_held_against_what_is_published(folder: Folder) -> None:
    folder.story(body=AFTER, tcv=f"[{{{RECORD}}}]")
    publish(folder)
    folder.translation(body=":::steps after\n- what: কাছেই\n  visits: ২\n:::\n")

    (problem,) = refused(folder)

    assert problem.startswith("stories/health-camp/index.bn.md:5:1: the steps come to 2 visits,")


def test_translation_that_did_not_follow_is_told(folder: Folder) -> None:
    folder.story(body=AFTER, tcv=f"[{{{RECORD}}}]")
    folder.translation(body=AFTER)
    publish(folder)
    folder.story(body=AFTER.replace("1 hour", "3 hours"), tcv=f"[{{{RECORD}}}]")

    (problem,) = refused(folder)

    assert problem.startswith("stories/health-camp/index.bn.md:1:1: the steps come to 1 hours,")


def test_steps_published_again_say_the_same(app: Flask, folder: Folder) -> None:
    folder.story(body=BEFORE + AFTER, tcv=f"[{{{RECORD}}}]")
    publish(folder)
    before = records()

    assert publish(folder, again=True) == Outcome(unchanged=1)
    assert records() == before
    with app.test_request_context("/en/stories/health-camp"):
        assert find_story("health-camp")
