"""What a document mentions is there: districts, stories, figures."""

import pytest

from showcase.documents.publishing import Outcome
from tests.documents.folder import Folder, publish, refused

pytestmark = pytest.mark.usefixtures("context")


def test_unknown_district_is_told_at_its_line_with_the_nearest(folder: Folder) -> None:
    folder.districts("kurigram", "rangpur")
    folder.story(district="kurigrm", replicated_in="[rangpur, bogra]")

    assert refused(folder) == [
        "stories/health-camp/index.md:13:11: "
        "there is no district “kurigrm”; did you mean “kurigram”?",
        "stories/health-camp/index.md:14:26: "
        "there is no district “bogra”; write one that exists or leave it out",
    ]


def test_unknown_story_at_a_stall_is_told_at_its_line(folder: Folder) -> None:
    folder.story("health-camp")
    folder.event(
        stalls="\n  - {number: 1, office: Livestock}\n  - number: 2\n    office: Land\n"
        "    story: helth-camp"
    )

    assert refused(folder) == [
        "events/fair/index.md:15:12: there is no story “helth-camp”; did you mean “health-camp”?"
    ]


def test_unknown_figure_is_told_at_its_line_in_both_languages(folder: Folder) -> None:
    folder.figures("pilots-begun")
    folder.story(body="Text.\n\n:::figure pilot-begun\n")
    folder.translation(body="\n:::figure pilots-begun\n\n:::figure pilot-begun\n")

    told = "there is no figure “pilot-begun”; did you mean “pilots-begun”?"
    assert refused(folder) == [
        f"stories/health-camp/index.bn.md:8:1: {told}",
        f"stories/health-camp/index.md:16:1: {told}",
    ]


def test_what_was_published_earlier_is_known(folder: Folder) -> None:
    folder.districts("kurigram")
    folder.figures("pilots")
    folder.story("health-camp")
    publish(folder)
    folder.event(
        body=":::figure pilots\n",
        district="kurigram",
        stalls="[{number: 1, office: Livestock, story: health-camp}]",
    )

    assert publish(folder) == Outcome(new=1, unchanged=3)


def test_draft_may_be_mentioned(folder: Folder) -> None:
    folder.story("health-camp", status="draft")
    folder.event(stalls="[{number: 1, office: Livestock, story: health-camp}]")

    assert publish(folder) == Outcome(new=2)


def test_broken_table_is_told_alone(folder: Folder) -> None:
    folder.write("districts.csv", "nothing")
    folder.story("one", district="kurigram")
    expected = [
        "districts.csv:1:1: the first line must name the columns; "
        "write key,iso,division,name_en,name_bn,x,y and, if you like, site"
    ]

    assert refused(folder) == expected


def test_table_that_broke_since_is_told_alone(folder: Folder) -> None:
    folder.districts("kurigram")
    publish(folder)
    folder.write("districts.csv", "nothing")
    folder.story("one", district="rangpur")

    assert [line.split(": ")[0] for line in refused(folder)] == ["districts.csv:1:1"]


def test_broken_story_may_be_mentioned(folder: Folder) -> None:
    folder.story("health-camp", stage="unknown")
    folder.event(stalls="[{number: 1, office: Livestock, story: health-camp}]")

    assert [line.split(": ")[0] for line in refused(folder)] == ["stories/health-camp/index.md:6:8"]


def test_row_that_an_unchanged_document_mentions_cannot_go(folder: Folder) -> None:
    folder.districts("kurigram", "rangpur", "bogura")
    folder.figures("pilots", "trained")
    folder.story("one", district="kurigram")
    folder.event("two", district="rangpur", body=":::figure pilots\n")
    publish(folder)
    folder.districts("dhaka")
    folder.figures("begun")
    first = "put it back, or change the"

    assert refused(folder) == [
        "districts.csv:1:1: "
        f"the row “kurigram” is gone, but story “one” mentions it; {first} story first",
        "districts.csv:1:1: "
        f"the row “rangpur” is gone, but event “two” mentions it; {first} event first",
        "figures.yaml:1:1: "
        f"the row “pilots” is gone, but event “two” mentions it; {first} event first",
    ]


def test_row_may_go_together_with_its_mention(folder: Folder) -> None:
    folder.districts("kurigram", "rangpur")
    folder.story("one", district="kurigram")
    publish(folder)
    folder.districts("rangpur")
    folder.story("one", district="rangpur")

    assert publish(folder) == Outcome(changed=2)


def test_new_mention_of_a_row_that_goes_is_told_at_its_line(folder: Folder) -> None:
    folder.districts("kurigram", "rangpur")
    publish(folder)
    folder.districts("rangpur")
    folder.story("one", district="kurigram")

    assert [line.split(": ")[0] for line in refused(folder)] == ["stories/one/index.md:13:11"]
