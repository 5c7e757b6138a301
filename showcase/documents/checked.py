"""Stored fields as the typed data they were checked as, kept while the document stays the same.

Reading them again costs a third of a millisecond a document, and a page shows many. What a schema
gives is frozen, so requests can share it.
"""

import threading
from collections import OrderedDict
from datetime import datetime
from typing import Any, Final, TypeVar

from flask import current_app
from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)

# Some ten kilobytes each: what is read now, not everything there is.
_KEPT: Final = 512
_EXTENSION: Final = "checked_fields"


class _Shelf:
    """The newest last; several threads of a process share it."""

    def __init__(self) -> None:
        self.fields: OrderedDict[tuple[int, datetime], BaseModel] = OrderedDict()
        self.changing = threading.Lock()


def checked(model: type[Model], document_id: int, updated_at: datetime, stored: Any) -> Model:
    """The fields of a document; ``updated_at`` moves whenever they change."""
    shelf: _Shelf = current_app.extensions.setdefault(_EXTENSION, _Shelf())
    key = document_id, updated_at
    with shelf.changing:
        found = shelf.fields.get(key)
        if isinstance(found, model):
            shelf.fields.move_to_end(key)
            return found
    made = model.model_validate(stored)
    with shelf.changing:
        shelf.fields[key] = made
        while len(shelf.fields) > _KEPT:
            shelf.fields.popitem(last=False)
    return made
