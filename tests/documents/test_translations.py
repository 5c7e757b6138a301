"""A document in two languages: the data once, the words twice, and which of them is behind."""

import pytest

from showcase.documents.queries import Reading, find
from tests.documents.folder import TCV, Folder, publish, refused

pytestmark = pytest.mark.usefixtures("context")


def read(language: str) -> Reading:
    reading = find("story", "health-camp", language)
    assert reading
    return reading


def test_translation_has_the_words_and_the_main_file_the_data(folder: Folder) -> None:
    folder.story()
    folder.translation(title="শিবির")
    publish(folder)

    assert (read("en").title, read("bn").title) == ("Animal health camp", "শিবির")
    assert read("bn").fields == read("en").fields
    assert read("bn").languages == ("bn", "en")


def test_text_is_read_in_the_language_there_is(folder: Folder) -> None:
    folder.story()
    publish(folder)

    assert (read("bn").title, read("bn").language) == ("Animal health camp", "en")
    assert read("bn").languages == ("en",)


def test_data_in_a_translation_is_told(folder: Folder) -> None:
    folder.story()
    folder.translation(stage="scaling")

    assert refused(folder) == [
        "stories/health-camp/index.bn.md:4:1: there is no key “stage”; delete it. "
        "The keys here are: summary, title"
    ]


def test_translation_in_the_language_of_the_main_file_is_told(folder: Folder) -> None:
    folder.story()
    folder.translation(code="en")
    expected = [
        "stories/health-camp/index.en.md:1:1: "
        "index.md is in this language already (language: en); "
        "delete one of the two or name this file after its own language"
    ]

    assert refused(folder) == expected


def test_translation_that_has_not_changed_meets_a_main_file_that_has(folder: Folder) -> None:
    folder.story()
    folder.translation()
    publish(folder)
    folder.story(language="bn")

    assert refused(folder) == [
        "stories/health-camp/index.bn.md:1:1: "
        "index.md is in this language already (language: bn); "
        "delete one of the two or name this file after its own language"
    ]


def test_translation_is_outdated_when_only_the_main_file_changes(folder: Folder) -> None:
    folder.story()
    folder.translation()
    publish(folder)
    assert not read("bn").is_outdated

    folder.story(title="Another title")
    publish(folder)
    assert read("bn").is_outdated
    assert not read("en").is_outdated

    folder.translation(title="আরেক শিরোনাম")
    publish(folder)
    assert not read("bn").is_outdated


def test_translation_published_with_its_main_file_is_up_to_date(folder: Folder) -> None:
    folder.story()
    folder.translation()
    publish(folder)
    folder.story(title="Another title")
    folder.translation(title="আরেক শিরোনাম")
    publish(folder)

    assert not read("bn").is_outdated


def test_rendering_again_leaves_a_translation_as_old_as_it_is(folder: Folder) -> None:
    folder.story()
    folder.translation()
    publish(folder)
    folder.story(title="Another title")
    publish(folder)

    publish(folder, again=True)

    assert read("bn").is_outdated


def test_languages_change_places(folder: Folder) -> None:
    folder.story()
    folder.translation()
    publish(folder)
    folder.story(language="bn", title="শিবির")
    folder.delete("stories/health-camp/index.bn.md")
    folder.translation(code="en", title="A camp in the village")
    publish(folder)

    assert [read(code).title for code in ("bn", "en")] == ["শিবির", "A camp in the village"]
    assert not read("en").is_outdated
    assert publish(folder).unchanged == 2


def test_main_file_in_another_language_leaves_no_text_of_the_old_one(folder: Folder) -> None:
    folder.story()
    publish(folder)
    folder.story(language="bn", title="শিবির")
    publish(folder)

    assert read("en").title == "শিবির"
    assert read("en").languages == ("bn",)


def test_record_that_a_text_shows_is_there(folder: Folder) -> None:
    folder.story(body=":::tcv 2\n", tcv=TCV)
    folder.translation(body="\n:::tcv 1\n\n:::tcv 3\n")
    told = "index.md has only one record under tcv; write the record there or delete this block"

    assert refused(folder) == [
        f"stories/health-camp/index.bn.md:8:1: “:::tcv 3” has nothing to show: {told}",
        f"stories/health-camp/index.md:15:1: “:::tcv 2” has nothing to show: {told}",
    ]


def test_record_that_only_a_new_translation_shows_is_there(folder: Folder) -> None:
    folder.story(tcv=TCV)
    publish(folder)
    folder.translation(body=":::tcv 2\n")

    assert [line.split(": ")[0] for line in refused(folder)] == [
        "stories/health-camp/index.bn.md:5:1"
    ]


def test_record_that_an_unchanged_translation_shows_stays(folder: Folder) -> None:
    folder.story(tcv=TCV)
    folder.translation(body=":::tcv\n")
    publish(folder)
    folder.story()

    assert refused(folder) == [
        "stories/health-camp/index.bn.md:1:1: “:::tcv” has nothing to show: "
        "index.md has no record under tcv; write the record there or delete this block"
    ]


def test_record_may_go_together_with_the_block_that_shows_it(folder: Folder) -> None:
    folder.story(tcv=TCV)
    folder.translation(body=":::tcv\n")
    publish(folder)
    folder.story()
    folder.translation()

    assert publish(folder).changed == 2


def test_record_in_a_document_that_has_none_is_told(folder: Folder) -> None:
    folder.page(body=":::tcv\n")

    assert [line.split(": ")[0] for line in refused(folder)] == ["pages/about/index.md:8:1"]


def test_broken_main_file_says_nothing_of_its_records(folder: Folder) -> None:
    folder.story(stage="unknown")
    folder.translation(body=":::tcv\n")

    assert [line.split(": ")[0] for line in refused(folder)] == ["stories/health-camp/index.md:6:8"]
