"""Which page an address asks for."""

import pytest

from showcase.paging import asked_page, page_count


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("1", 1),
        ("7", 7),
        (" ১২ ", 12),
        ("", 1),
        ("0", 1),
        ("-3", 1),
        ("1.5", 1),
        ("two", 1),
        ("²", 1),
        ("1000000000", 100_000),
        ("9" * 400, 1),
    ],
)
def test_page_is_a_number_that_can_be_asked_for(text: str, page: int) -> None:
    assert asked_page(text) == page


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (24, 1), (25, 2), (48, 2), (49, 3)])
def test_last_page_may_be_short(total: int, pages: int) -> None:
    assert page_count(total, 24) == pages
