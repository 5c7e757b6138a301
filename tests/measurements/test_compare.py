"""Records side by side on a page: what may be compared, and the reason where it may not."""

import pytest

from tests.documents.folder import counted_queries
from tests.measurements.stories import CHEAPER, FASTER, NO_NUMBER, PERCENT_ONLY, Site, texts

PAGE = "/en/tcv/compare"


@pytest.fixture
def site(site_of: Site) -> Site:
    site_of.story("cattle", FASTER, NO_NUMBER)
    site_of.story("pension", CHEAPER, PERCENT_ONLY)
    return site_of.published()


def lines(site: Site, query: str) -> list[str]:
    return site.texts(f"{PAGE}{query}", ".compare tbody tr")


def test_like_records_stand_side_by_side(site: Site) -> None:
    found = lines(site, "?r=cattle.1&r=cattle.1&r=pension.2")

    assert found[:4] == [
        "Time",
        "Before 1. 4 days 2. not given Nothing to compare.",
        "After 1. 1 day 2. not given Nothing to compare.",
        "Change 1. 75% less 2. 77% less Not to be compared. They count different times: calendar "
        "time, from the first step to the last; and not stated.",
    ]


def test_unlike_units_are_refused_with_the_reason(site_of: Site) -> None:
    working = "{service: Pension, source: A, before: {time: 28 working days}, basis: elapsed}"
    site = site_of.story("cattle", FASTER, working, FASTER).published()

    assert lines(site, "?r=cattle.1&r=cattle.2&r=cattle.3")[1] == (
        "Before 1. 4 days 2. 28 working days 3. 4 days "
        "1 and 2: not to be compared. Working days do not compare with hours or calendar days. "
        "2 and 3: not to be compared. Working days do not compare with hours or calendar days."
    )
    assert lines(site, "?r=cattle.1&r=cattle.3")[1] == (
        "Before 1. 4 days 2. 4 days These may be compared."
    )


def test_evidence_stands_below_the_numbers(site: Site) -> None:
    assert lines(site, "?r=cattle.1&r=pension.1")[-4:] == [
        "Evidence 1. Evidence 4 of 5: measured before and after 2. Evidence 1 of 5: claimed",
        "Method 1. measured before and after 2. stated by the source, no method given",
        "Sample 1. 120 2. not stated",
        "Measured in 1. June 2014 2. not stated",
    ]


@pytest.mark.parametrize("query", ["", "?r=cattle.1", "?r=cattle.1&r=cattle.1"])
def test_fewer_than_two_records_are_asked_for_more(site: Site, query: str) -> None:
    page = site.page(f"{PAGE}{query}")

    assert texts(page, "h2") == ["Tick two or three records"]
    assert len(page.query("input[name=r]")) == 4
    assert [box.attrs["value"] for box in page.query("input[checked]")] == (
        ["cattle.1"] if query else []
    )


def test_unknown_records_are_named(site: Site) -> None:
    page = site.page(f"{PAGE}?r=cattle.1&r=cattle.9&r=nowhere.1&r=pension.1")

    assert texts(page, ".note") == [
        "No published record is called “cattle.9”, “nowhere.1”; it may have been renamed or "
        "taken back."
    ]
    assert len(texts(page, ".compare thead th")) == 4


def test_more_than_three_records_leave_the_rest_out_and_say_so(site: Site) -> None:
    page = site.page(f"{PAGE}?r=cattle.1&r=cattle.2&r=pension.1&r=pension.2")

    assert texts(page, ".note") == [
        "At most 3 records stand side by side: the first 3 are shown, 1 more is left out."
    ]
    assert len(texts(page, ".compare thead th")) == 5


def test_number_in_bangla_digits_is_the_same_record(site: Site) -> None:
    assert site.texts(f"{PAGE}?r=cattle.১&r=pension.১", ".note") == []


def test_number_of_queries_does_not_grow_with_the_records(site: Site) -> None:
    site.get(PAGE)  # the first request of all looks for changed files
    counts = []
    for query in ("?r=cattle.1&r=pension.1", "?r=cattle.1&r=pension.1&r=pension.2"):
        with site.app.app_context(), counted_queries() as asked:
            site.get(f"{PAGE}{query}&x=1")
        counts.append(len(asked))

    assert counts[0] == counts[1]
