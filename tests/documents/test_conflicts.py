"""Two doors to one document: what happens where a file and the studio have both changed."""

import pytest

from showcase.db import db, write
from showcase.documents.checking import check_file
from showcase.documents.kinds import kind_called
from showcase.documents.publishing import Outcome, Take
from showcase.documents.queries import find, site_mark
from showcase.documents.reading import ContentFile
from showcase.documents.storing import Storage, take_turn
from tests.documents.folder import Folder, everything, publish, sources

pytestmark = pytest.mark.usefixtures("context")

PATH = "stories/health-camp/index.md"


def edit_in_studio(source: str, path: str = PATH) -> None:
    """What the studio stores when an editor saves."""
    kind, slug, name = path.split("/")
    language = name.split(".")[1] if name != "index.md" else ""
    file = ContentFile("studio", path, kind_called("story"), slug, language, source.encode())
    text = check_file(file)
    with write() as session:
        assert take_turn(session, seen=site_mark())
        Storage(session, by="editor", origin="studio").store([text], ["<p>Studio.</p>"], {})


def title(language: str = "en") -> str:
    db.session.rollback()
    reading = find("story", "health-camp", language)
    assert reading
    return reading.title


@pytest.fixture
def both_changed(folder: Folder) -> Folder:
    folder.story(title="As imported")
    publish(folder)
    edit_in_studio(folder.story(title="From the studio").read_text())
    folder.story(title="From the file")
    return folder


def test_document_changed_at_both_doors_is_listed_and_left_alone(both_changed: Folder) -> None:
    both_changed.page()

    outcome = publish(both_changed)

    assert outcome == Outcome(new=1, conflicts=[f"{both_changed.root}/{PATH}"])
    assert title() == "From the studio"
    assert publish(both_changed).conflicts == [f"{both_changed.root}/{PATH}"]


def test_take_files_publishes_the_file(both_changed: Folder) -> None:
    assert publish(both_changed, take=Take.FILES) == Outcome(changed=1)
    assert title() == "From the file"
    assert publish(both_changed) == Outcome(unchanged=1)
    assert [origin for origin, *_ in sources(PATH)] == ["files", "studio", "files"]


def test_take_studio_keeps_its_text_and_asks_no_more(both_changed: Folder) -> None:
    assert publish(both_changed, take=Take.STUDIO) == Outcome(unchanged=1)
    assert title() == "From the studio"
    before = everything()

    assert publish(both_changed) == Outcome(unchanged=1)
    assert everything() == before


def test_file_changed_after_take_studio_is_a_conflict_again(both_changed: Folder) -> None:
    publish(both_changed, take=Take.STUDIO)
    both_changed.story(title="Once more from the file")

    assert publish(both_changed).conflicts == [f"{both_changed.root}/{PATH}"]


def test_file_that_has_not_changed_is_no_conflict(folder: Folder) -> None:
    path = folder.story(title="As imported")
    publish(folder)
    imported = path.read_text()
    edit_in_studio(folder.story(title="From the studio").read_text())
    folder.write(PATH, imported)

    assert publish(folder) == Outcome(unchanged=1)
    assert title() == "From the studio"


def test_file_that_says_what_the_studio_says_is_no_conflict(folder: Folder) -> None:
    folder.story(title="As imported")
    publish(folder)
    edit_in_studio(folder.story(title="From the studio").read_text())

    assert publish(folder) == Outcome(unchanged=1)


def test_document_made_in_the_studio_meets_a_file_of_its_name(folder: Folder) -> None:
    edit_in_studio(folder.story(title="From the studio").read_text())
    folder.story(title="From the file")

    assert publish(folder).conflicts == [f"{folder.root}/{PATH}"]


def test_conflict_of_a_translation_leaves_the_main_file_free(folder: Folder) -> None:
    folder.story(title="As imported")
    folder.translation(title="আমদানি")
    publish(folder)
    studio = folder.translation(title="স্টুডিও থেকে").read_text()
    edit_in_studio(studio, "stories/health-camp/index.bn.md")
    folder.translation(title="ফাইল থেকে")
    folder.story(title="From the file")

    outcome = publish(folder)

    assert (outcome.changed, len(outcome.conflicts)) == (1, 1)
    assert (title("en"), title("bn")) == ("From the file", "স্টুডিও থেকে")


def test_bad_file_in_conflict_is_not_told_until_it_is_taken(both_changed: Folder) -> None:
    both_changed.story(title="From the file", stage="unknown")

    assert len(publish(both_changed).conflicts) == 1


def test_rendering_again_renders_the_studios_text(both_changed: Folder) -> None:
    outcome = publish(both_changed, again=True)

    assert len(outcome.conflicts) == 1
    assert title() == "From the studio"
    assert [origin for origin, *_ in sources(PATH)] == ["files", "studio"]
    reading = find("story", "health-camp", "en")
    assert reading
    assert reading.html == ""


def test_revisions_say_who_and_from_where(both_changed: Folder) -> None:
    publish(both_changed, take=Take.FILES)

    assert [source[:2] for source in sources(PATH)] == [("files", 1), ("studio", 2), ("files", 3)]


def test_storing_after_somebody_else_is_refused(folder: Folder) -> None:
    folder.story()
    publish(folder)
    seen = site_mark()
    folder.story(title="Another title")
    publish(folder)

    with write() as session:
        assert not take_turn(session, seen=seen)
        assert take_turn(session, seen=seen + 1)
