"""The same content folder as for documents."""

from tests.documents.conftest import folder

__all__ = ["folder"]
