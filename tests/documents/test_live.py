"""In development a changed file shows at the next request, a wrong one never."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import AppMaker
from tests.documents.folder import Folder, publish
from tests.pages import parse, words

PAGE = "/en/stories/health-camp"


def heading(client: FlaskClient, path: str = PAGE) -> str:
    response = client.get(path)
    return words(parse(response.text).query("h1")[0]) if response.status_code == 200 else "none"


@pytest.fixture
def site(make: AppMaker, folder: Folder) -> FlaskClient:
    folder.story(title="First title", body="Text.")
    app = make()
    with app.app_context():
        publish(folder)
    return app.test_client()


def test_changed_file_shows_at_the_next_request(site: FlaskClient, folder: Folder) -> None:
    assert heading(site) == "First title"
    folder.story(title="Second title")

    assert heading(site) == "Second title"


def test_new_and_deleted_files_are_seen(site: FlaskClient, folder: Folder) -> None:
    assert heading(site, "/en/about") == "none"
    folder.page(title="About this site")
    assert heading(site, "/en/about") == "About this site"

    folder.delete("pages/about/index.md")
    assert heading(site, "/en/about") == "About this site"


def test_file_of_the_same_length_is_seen(site: FlaskClient, folder: Folder) -> None:
    folder.story(title="First style")

    assert heading(site) == "First style"


def test_bad_file_leaves_the_page_and_is_told_with_its_place(
    site: FlaskClient, folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    path = folder.story(title="Second title", stage="unknown")

    with caplog.at_level(logging.ERROR):
        assert heading(site) == "First title"

    (record,) = caplog.records
    assert record.getMessage().split("; write one of")[0].splitlines() == [
        "content has problems; pages stay as they were:",
        f"{path}:6:8: stage: “unknown” is not known",
    ]


def test_bad_file_is_told_once_and_shows_when_it_is_mended(
    site: FlaskClient, folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    folder.story(title="Second title", stage="unknown")
    with caplog.at_level(logging.ERROR):
        assert heading(site) == heading(site) == "First title"
    assert len(caplog.records) == 1

    folder.story(title="Second title")
    assert heading(site) == "Second title"


def test_request_that_changes_nothing_publishes_nothing(
    site: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        heading(site)
        heading(site)

    assert [record for record in caplog.records if "publish" in record.getMessage()] == []


def test_folder_that_is_gone_leaves_the_pages(
    site: FlaskClient, folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    folder.root.rename(folder.root.with_name("elsewhere"))

    with caplog.at_level(logging.ERROR):
        assert heading(site) == "First title"

    assert [record.getMessage().splitlines()[1] for record in caplog.records] == [
        f"{folder.root}:1:1: no such folder; name the content folder"
    ]


def test_production_publishes_nothing_by_itself(make: AppMaker, folder: Folder) -> None:
    folder.story(title="First title")
    app: Flask = make(
        SHOWCASE_ENV="production", SHOWCASE_PUBLIC_URL="http://localhost", SHOWCASE_TRUSTED_HOSTS=""
    )
    with app.app_context():
        publish(folder)
    client = app.test_client()
    assert heading(client) == "First title"
    folder.story(title="Second title")

    assert heading(client) == "First title"
