"""A content folder for each test."""

from pathlib import Path

import pytest

from tests.documents.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "content")
