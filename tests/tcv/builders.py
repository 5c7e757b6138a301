"""TCV records as a story would hold them, and what is refused about them."""

from typing import Any

import pytest
from pydantic import ValidationError

from showcase.tcv import TcvRecord


def source(**fields: Any) -> dict[str, Any]:
    """The least a record holds; every scalar is a string, as front matter gives it."""
    return {"service": "Treating sick cattle", "source": "A study", **fields}


def record(**fields: Any) -> TcvRecord:
    return TcvRecord.model_validate(source(**fields), context={"language": "en"})


def refusals(**fields: Any) -> list[tuple[tuple[int | str, ...], str]]:
    """Where and what is wrong, without pydantic's own prefix."""
    with pytest.raises(ValidationError) as caught:
        record(**fields)
    return [
        (error["loc"], error["msg"].removeprefix("Value error, "))
        for error in caught.value.errors()
    ]
