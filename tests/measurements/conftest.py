"""Stories with records, published, and the pages made of them."""

import pytest
from flask import Flask

from tests.documents.conftest import folder
from tests.documents.folder import Folder
from tests.measurements.stories import Site

__all__ = ["folder"]


@pytest.fixture
def site_of(app: Flask, folder: Folder) -> Site:
    return Site(app, folder)
