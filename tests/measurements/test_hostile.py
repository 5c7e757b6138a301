"""Whatever stands in an address, a normal page comes of it that says so."""

from urllib.parse import quote, urlencode

import pytest

from tests.measurements.stories import FASTER, Site, texts

HOSTILE = [
    "unknown",
    "x" * 5000,
    "\0",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    '"; DROP TABLE tcv_entries; --',
    "\u202e",
    "ক্",
    "%",
    "../../etc/passwd",
]


@pytest.fixture
def site(site_of: Site) -> Site:
    return site_of.story("cattle", FASTER).published()


@pytest.mark.parametrize("value", HOSTILE)
def test_register_leaves_out_what_it_does_not_know(site: Site, value: str) -> None:
    for name in ("evidence", "sector", "district", "measure", "method", "sort", "page", value):
        page = site.page(f"/en/tcv?{urlencode({name: value})}")

        assert texts(page, "#register .count") == ["1 record"]


def test_register_says_what_it_left_out(site: Site) -> None:
    query = urlencode({"evidence": "9", "sort": "<b>", "colour": "red"})

    assert site.texts(f"/en/tcv?{query}", "#register .note") == [
        "This list knows nothing of “colour”, “9”, “<b>”, so that was left out."
    ]


@pytest.mark.parametrize("page", ["1000000000", "-1", "0", "1e9", "৯৯৯", "9" * 5000])
def test_register_finds_a_page_for_every_number(site: Site, page: str) -> None:
    assert site.texts(f"/en/tcv?page={quote(page)}", "#register .count") == ["1 record"]


def test_second_value_of_a_filter_is_left_out(site: Site) -> None:
    page = site.page("/en/tcv?evidence=4&evidence=1")

    assert texts(page, "#register .count") == ["1 record"]
    assert texts(page, "#register .note") == [
        "This list knows nothing of “1”, so that was left out."
    ]


@pytest.mark.parametrize("value", HOSTILE)
def test_comparison_names_what_it_does_not_find(site: Site, value: str) -> None:
    for query in ({"r": value}, {"r": f"{value}.1"}, {"r": f"cattle.{value}"}, {value: "1"}):
        page = site.page(f"/en/tcv/compare?{urlencode(query)}")

        assert texts(page, "h2") == ["Tick two or three records"]


def test_comparison_reads_no_endless_list(site: Site) -> None:
    query = urlencode([("r", f"story.{n}") for n in range(500)])

    assert len(site.texts(f"/en/tcv/compare?{query}", ".note")) == 1


@pytest.mark.parametrize("value", HOSTILE)
def test_calculator_answers_everything(site: Site, value: str) -> None:
    for name in ("service", "before_time", "before_parts", "method", "note", value):
        typed = urlencode({"after_visits": "2", name: value})

        assert site.get(f"/en/tcv/calculator?{typed}").status_code == 200


@pytest.mark.parametrize("value", HOSTILE)
def test_card_and_oembed_answer_everything(site: Site, value: str) -> None:
    assert site.get(f"/embed/tcv/cattle?{urlencode({'lang': value})}").status_code == 200
    assert site.get(f"/embed/tcv/{quote(value, safe='')}").status_code == 404
    assert site.get(f"/oembed?{urlencode({'url': value, 'maxwidth': value})}").status_code == 404
