"""``showcase publish``: what is counted, what is stored, and that errors store nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from showcase.db import db, now
from showcase.documents.models import Document
from showcase.documents.publishing import Outcome
from showcase.documents.queries import find, readings, site_mark
from tests.documents.folder import Folder, everything, publish, refused, slugs, sources

pytestmark = pytest.mark.usefixtures("context")


def title(slug: str = "health-camp", language: str = "en") -> str:
    reading = find("story", slug, language)
    return reading.title if reading else ""


def test_new_changed_and_unchanged_files_are_counted(folder: Folder) -> None:
    folder.districts("kurigram")
    folder.figures("pilots")
    folder.story("one")
    folder.story("two")

    assert publish(folder) == Outcome(new=4)

    folder.story("one", title="Another title")
    folder.story("three")
    assert publish(folder) == Outcome(new=1, changed=1, unchanged=3)
    assert title("one") == "Another title"


def test_second_publish_changes_nothing_in_the_database(folder: Folder) -> None:
    folder.districts("kurigram")
    folder.story(body="Text.", district="kurigram")
    folder.translation(body="লেখা।")
    folder.event(registration="{opens: 2026-01-01, closes: 2090-01-01, seats: 5}")
    publish(folder)
    before = everything()

    assert publish(folder) == Outcome(unchanged=4)
    assert everything() == before


def test_publish_moves_the_mark_by_one_and_keeps_every_text(folder: Folder) -> None:
    folder.story(title="First title")
    publish(folder)
    mark = site_mark()
    path = folder.story(title="Second title")
    publish(folder)

    assert site_mark() == mark + 1
    old, new = sources("stories/health-camp/index.md")
    assert old[:2] == ("files", 1)
    assert "title: First title" in old[2]
    assert new == ("files", 2, path.read_text())


def test_file_changed_back_is_a_new_revision(folder: Folder) -> None:
    for name in ("First title", "Second title", "First title"):
        folder.story(title=name)
        assert publish(folder).unchanged == 0

    assert [number for _, number, _ in sources("stories/health-camp/index.md")] == [1, 2, 3]
    assert title() == "First title"


def test_every_error_of_every_file_is_told_at_once(folder: Folder) -> None:
    folder.story("one", sector="cattle", stage="piloted", body="# Title\n\n:::tvc\n")
    folder.event("two", ends="2090-01-13 09:00")
    folder.districts("kurigram", "kurigram")
    folder.write("pages/about/index.md", "title: About\n")

    told = [line.split("; write one of")[0] for line in refused(folder)]

    assert told == [
        "districts.csv:3:1: kurigram has the key of kurigram; use each once",
        "events/two/index.md:8:7: ends: the event ends before it starts; swap the two",
        "pages/about/index.md:1:1: "
        "the front matter is missing; begin with “---”, then “title: …”, then “---”",
        "stories/one/index.md:5:9: sector: “cattle” is not known",
        "stories/one/index.md:6:8: stage: “piloted” is not known",
        "stories/one/index.md:14:1: “#” is the title of the page; start headings with “##”",
        "stories/one/index.md:16:1: unknown block “:::tvc”; did you mean “:::tcv”?",
    ]


def test_missing_language_is_told_once(folder: Folder) -> None:
    folder.story(language=None, office="Livestock office", where_today="In the village")

    assert refused(folder) == [
        "stories/health-camp/index.md:2:1: the key “language” is missing; write “language: …”"
    ]


def test_bad_file_takes_no_good_page_down_and_stores_nothing(folder: Folder) -> None:
    folder.story("good", title="First title")
    folder.story("bad")
    publish(folder)
    before = everything()
    folder.story("good", title="Second title")
    folder.story("bad", stage="unknown")
    folder.story("new")

    assert [line.split(": ")[0] for line in refused(folder)] == ["stories/bad/index.md:6:8"]
    assert everything() == before
    assert title("good") == "First title"


def test_body_that_cannot_be_rendered_is_told_and_stores_nothing(folder: Folder) -> None:
    folder.story("good", body="Text.\n")
    deep = "\n".join(" " * 4 * depth + "- a" for depth in range(350))
    folder.story("deep", body=deep)
    before = everything()

    # On a busy machine its time is over before its depth is too much.
    assert [line.split(": ")[0] for line in refused(folder)] == ["stories/deep/index.md:14:1"]
    assert everything() == before


@pytest.mark.parametrize("status", ["draft", "review"])
def test_unpublished_document_is_stored_and_not_seen(folder: Folder, status: str) -> None:
    folder.story("seen")
    folder.story("unseen", status=status, published=None)
    publish(folder)

    assert slugs("story") == ["seen", "unseen"]
    assert find("story", "unseen", "en") is None
    assert [reading.slug for reading in readings("story", "en")] == ["seen"]


def test_published_document_says_since_when(folder: Folder) -> None:
    folder.story(published=None)

    assert refused(folder) == [
        "stories/health-camp/index.md:11:9: "
        "status: a published document says since when; write published: 2026-03-01"
    ]


def test_document_is_seen_from_its_moment_on(folder: Folder) -> None:
    tomorrow, yesterday = (
        (now() + timedelta(days=days)).strftime("%Y-%m-%d %H:%M") for days in (1, -1)
    )
    folder.story("later", publish_at=tomorrow)
    folder.story("sooner", publish_at=yesterday)
    publish(folder)

    assert [reading.slug for reading in readings("story", "en")] == ["sooner"]
    assert find("story", "later", "en") is None


def test_moment_of_publishing_is_read_in_dhaka(folder: Folder) -> None:
    folder.story(publish_at="২০৯০-০১-১৪ ০৯:০০")
    publish(folder)

    stored = db.session.scalar(sa.select(Document.publish_at))

    assert stored == datetime(2090, 1, 14, 3, 0, tzinfo=UTC)


def test_document_taken_back_to_draft_is_no_longer_seen(folder: Folder) -> None:
    folder.story()
    publish(folder)
    assert title() == "Animal health camp"

    folder.story(status="draft")
    publish(folder)
    assert title() == ""


def test_file_taken_out_of_the_folder_leaves_its_page(folder: Folder) -> None:
    folder.story("one")
    folder.story("two")
    publish(folder)
    folder.delete("stories/one/index.md")
    (folder.root / "stories/one").rmdir()

    assert publish(folder) == Outcome(unchanged=1)
    assert title("one") == "Animal health camp"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_are_kept(folder: Folder, ends: str, mark: str) -> None:
    text = mark + folder.story(body="Text.\n").read_text().replace("\n", ends)
    folder.write("stories/health-camp/index.md", text)
    publish(folder)

    assert [source for *_, source in sources("stories/health-camp/index.md")] == [text]
    reading = find("story", "health-camp", "en")
    assert reading
    assert reading.html == "<p>Text.</p>"
    assert publish(folder) == Outcome(unchanged=1)


def test_bangla_document_reads_in_normal_form(folder: Folder) -> None:
    folder.story("মেলা", language="bn", title="ব\u09dc মেলা")
    publish(folder)

    found = find("story", "মেলা", "bn")

    assert found
    assert found.title == "ব\u09a1\u09bc মেলা"


def test_page_is_found_by_the_address_in_either_normal_form(folder: Folder) -> None:
    folder.story("ব\u09dc-মেলা")
    publish(folder)

    assert find("story", "ব\u09dc-মেলা", "en") == find("story", "ব\u09a1\u09bc-মেলা", "en")
    assert find("story", "ব\u09dc-মেলা", "en")
    assert find("story", "মেলা\0", "en") is None


def test_render_again_makes_no_new_revisions(folder: Folder) -> None:
    folder.story(body="Text.")
    folder.translation(body="লেখা।")
    publish(folder)
    before = everything()
    with_html = sa.text("UPDATE document_texts SET html = 'from an older renderer'")
    with db.engines["write"].begin() as connection:
        connection.execute(with_html)

    assert publish(folder, again=True) == Outcome(unchanged=2)

    after = everything()
    # The index of words is made anew with it, under new numbers.
    anew = {"search_entries", "search_texts"}
    assert {name for name in before if before[name] != after[name]} - anew == {"site_marks"}


def test_render_again_takes_a_file_that_has_changed(folder: Folder) -> None:
    folder.story("one", title="First title")
    folder.story("two")
    publish(folder)
    folder.story("one", title="Second title")

    assert publish(folder, again=True) == Outcome(changed=1, unchanged=1)
    assert title("one") == "Second title"
    assert [number for _, number, _ in sources("stories/one/index.md")] == [1, 2]


def test_render_again_also_what_is_no_longer_in_the_folder(folder: Folder) -> None:
    folder.story(body="Text.")
    publish(folder)
    folder.delete("stories/health-camp/index.md")
    (folder.root / "stories/health-camp").rmdir()
    with db.engines["write"].begin() as connection:
        connection.execute(sa.text("UPDATE document_texts SET html = ''"))

    assert publish(folder, again=True) == Outcome()

    reading = find("story", "health-camp", "en")
    assert reading
    assert reading.html == "<p>Text.</p>"
