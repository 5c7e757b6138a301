"""Fields that are read again only when their document has changed."""

from datetime import timedelta

import pytest
from flask import Flask
from pydantic import BaseModel, ConfigDict

from showcase.db import now
from showcase.documents import checked as module
from showcase.documents.checked import checked
from showcase.stories.queries import find_story
from tests.documents.folder import Folder, publish


class Fields(BaseModel):
    model_config = ConfigDict(frozen=True)
    title: str


class Others(Fields):
    pass


@pytest.fixture
def engine() -> str:
    """The database plays no part in what is shown here."""
    return "sqlite"


def test_fields_of_the_same_document_are_the_same_object(context: None) -> None:
    at = now()
    first = checked(Fields, 1, at, {"title": "A"})

    assert checked(Fields, 1, at, {"title": "A"}) is first


def test_fields_of_a_changed_document_are_read_again(context: None) -> None:
    at = now()
    checked(Fields, 1, at, {"title": "A"})

    changed = checked(Fields, 1, at + timedelta(microseconds=1), {"title": "B"})

    assert changed == Fields(title="B")


def test_another_schema_is_another_reading(context: None) -> None:
    at = now()
    checked(Fields, 1, at, {"title": "A"})

    assert isinstance(checked(Others, 1, at, {"title": "A"}), Others)


def test_only_the_newest_are_kept(
    context: None, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEPT", 2)
    at = now()
    for number in (1, 2, 1, 3):
        checked(Fields, number, at, {"title": "A"})

    kept = [key[0] for key in app.extensions["checked_fields"].fields]
    assert kept == [1, 3]


def test_publish_shows_the_new_fields_at_once(app: Flask, folder: Folder) -> None:
    titles = []
    for office in ("First office", "Second office"):
        folder.story(office=office)
        with app.test_request_context("/en/"):
            publish(folder)
            story = find_story("health-camp")
            assert story
            assert story.fields.office
            titles.append(story.fields.office.text("en"))

    assert titles == ["First office", "Second office"]
