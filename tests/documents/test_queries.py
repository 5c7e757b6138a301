"""Reading documents: order, languages, and as many queries for three as for one."""

import pytest

from showcase.documents.models import Document
from showcase.documents.queries import find, readings, site_mark, table
from tests.documents.folder import Folder, counted_queries, publish
from tests.documents.photos import encoded

pytestmark = pytest.mark.usefixtures("context")


def test_newest_come_first_and_equals_by_address(folder: Folder) -> None:
    for slug, published in (("b", "2026-01-01"), ("a", "2026-01-01"), ("c", "2026-02-01")):
        folder.story(slug, published=published)
    publish(folder)

    assert [reading.slug for reading in readings("story", "en")] == ["c", "a", "b"]
    assert [reading.slug for reading in readings("story", "en", limit=2)] == ["c", "a"]
    assert [r.slug for r in readings("story", "en", Document.slug.in_(["b"]))] == ["b"]


def test_three_stories_take_as_many_queries_as_one(folder: Folder) -> None:
    folder.story("one")
    publish(folder)
    with counted_queries() as for_one:
        assert len(readings("story", "en")) == 1
    folder.story("two")
    folder.story("three")
    folder.translation("stories/three")
    publish(folder)
    with counted_queries() as for_three:
        assert len(readings("story", "en")) == 3

    assert len(for_three) == len(for_one) == 2


def test_list_brings_no_html_and_the_page_does(folder: Folder) -> None:
    folder.story(body="Text.")
    publish(folder)
    reading = find("story", "health-camp", "en")

    assert [reading.html for reading in readings("story", "en")] == [""]
    assert reading
    assert reading.html == "<p>Text.</p>"


def test_page_with_pictures_takes_one_query_more(folder: Folder) -> None:
    folder.story("plain", body="Text.")
    body = "![One](one.jpg) ![Two](two.jpg)"
    folder.story("pictures", body=body)
    for name in ("one", "two"):
        folder.write(f"stories/pictures/{name}.jpg", encoded((400, 300)))
    publish(folder)

    with counted_queries() as plain:
        find("story", "plain", "en")
    with counted_queries() as pictures:
        find("story", "pictures", "en")

    assert (len(plain), len(pictures)) == (2, 3)


def test_kinds_do_not_mix(folder: Folder) -> None:
    folder.story("about")
    folder.page("about", title="About the site")
    publish(folder)
    page = find("page", "about", "en")

    assert page
    assert page.title == "About the site"
    assert find("event", "about", "en") is None


def test_rows_of_a_table_come_in_the_order_of_the_file(folder: Folder) -> None:
    assert table("district") == []
    folder.districts("kurigram", "bogura")
    publish(folder)

    assert [row["key"] for row in table("district")] == ["kurigram", "bogura"]


def test_mark_is_there_before_the_first_publish() -> None:
    assert site_mark() == 1
