"""The register: every record a row, narrowed and ordered by its address."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.documents.folder import counted_queries
from tests.measurements.stories import CHEAPER, FASTER, NO_NUMBER, PERCENT_ONLY, Site, texts
from tests.pages import parse

SERVICES = ".register tbody label > span:not(.hidden)"


@pytest.fixture
def site(site_of: Site) -> Site:
    site_of.folder.districts("kurigram", "rangpur")
    site_of.story("cattle", FASTER, NO_NUMBER, district="kurigram", published="2026-01-01")
    site_of.story("pension", CHEAPER, sector="land", published="2026-02-01")
    site_of.story("window", published="2026-03-01")
    return site_of.published()


def services(site: Site, query: str = "") -> list[str]:
    return site.texts(f"/en/tcv{query}", SERVICES)


def test_every_record_is_a_row_the_newest_story_first(site: Site) -> None:
    assert services(site) == ["Cheaper", "Faster", "Told"]


def test_row_says_everything_about_its_record(site: Site) -> None:
    rows = site.texts("/en/tcv", ".register tbody tr")

    assert rows[1] == (
        "Compare: Faster Animal health camp kurigram, Livestock "
        "Time 4 days → then 1 day 75% less Cost not measured "
        "Visits 2 visits → then 1 visit 50% less "
        "Evidence 4 of 5: measured before and after measured before and after "
        "Sample: 120 · measured: June 2014"
    )


def test_percentage_without_values_says_so(site_of: Site) -> None:
    site = site_of.story("cattle", PERCENT_ONLY).published()

    assert (
        "Time 77% less Percent only: the source does not give the values behind it."
        in (site.texts("/en/tcv", ".register tbody tr")[0])
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?evidence=4", ["Faster"]),
        ("?evidence=1", ["Cheaper", "Told"]),
        ("?evidence=৪", ["Faster"]),
        ("?sector=land", ["Cheaper"]),
        ("?district=kurigram", ["Faster", "Told"]),
        ("?measure=time", ["Faster"]),
        ("?measure=cost", ["Cheaper"]),
        ("?method=before-and-after", ["Faster"]),
        ("?district=kurigram&measure=visits", ["Faster"]),
        ("?district=rangpur", []),
        ("?evidence=&sector=", ["Cheaper", "Faster", "Told"]),
    ],
)
def test_filters_narrow_the_register(site: Site, query: str, found: list[str]) -> None:
    assert services(site, query) == found


def test_order_by_time_puts_records_without_a_number_last_and_says_so(site: Site) -> None:
    rows = site.texts("/en/tcv?sort=time", ".register tbody tr")

    assert [row.split(" ")[1] for row in rows] == ["Faster", "records", "Cheaper", "Told"]
    assert rows[1] == "These records give no change for time, so they come last."


def test_order_by_evidence_puts_the_best_first(site: Site) -> None:
    assert services(site, "?sort=evidence") == ["Faster", "Cheaper", "Told"]


def test_form_shows_what_is_chosen(site: Site) -> None:
    page = site.page("/en/tcv?evidence=4&sort=time")

    assert texts(page, "option[selected]") == [
        "4: measured before and after",
        "All",
        "All",
        "All",
        "All",
        "Most time saved",
    ]


def test_districts_without_a_story_are_not_offered(site: Site) -> None:
    assert site.texts("/en/tcv", "#district option") == ["All", "kurigram"]


def test_unpublished_stories_are_in_no_row(site_of: Site) -> None:
    site = site_of.story("cattle", FASTER, status="draft").published()

    assert site.texts("/en/tcv", ".empty") == ["No record has been published yet."]


def test_nothing_found_says_what_to_loosen(site: Site) -> None:
    page = site.page("/en/tcv?evidence=5")

    assert texts(page, ".empty p") == [
        "No record fits all of this",
        "Set one of the lists above to “All”, or start over.",
        "Show all records",
    ]


def test_pages_keep_the_choice(site_of: Site) -> None:
    many = ", ".join(FASTER.replace("Faster", f"Faster {n}") for n in range(30))
    site = site_of.story("cattle", many).published()

    first, last = site.page("/en/tcv?evidence=4&sort=time"), site.page("/en/tcv?evidence=4&page=2")

    assert len(texts(first, SERVICES)) == 25
    assert len(texts(last, SERVICES)) == 5
    (forward,) = first.query("nav.pagination a")
    assert parse_qs(urlsplit(forward.attrs["href"]).query) == {
        "evidence": ["4"],
        "sort": ["time"],
        "page": ["2"],
    }


def test_page_beyond_the_last_is_the_last_and_says_so(site: Site) -> None:
    assert site.texts("/en/tcv?page=1000000000", "#register .note") == [
        "There is only 1 page; here it is."
    ]


def test_htmx_is_given_the_register_alone(site: Site) -> None:
    response = site.get("/en/tcv?measure=cost", **{"HX-Request": "true"})

    page = parse(response.text, fragment=True)
    assert texts(page, "title") == ["Time, cost and visits – Showcase"]
    assert texts(page, SERVICES) == ["Cheaper"]
    assert page.query("h1") == []


def test_number_of_queries_does_not_grow_with_the_rows(site_of: Site) -> None:
    counts = []
    for count in (1, 3):
        for number in range(count):
            site_of.story(f"story-{number}", FASTER)
        site_of.published()
        with site_of.app.app_context():
            site_of.get("/en/tcv?page=1&x=1")  # the catalogue of stories is made anew once
            with counted_queries() as asked:
                site_of.get("/en/tcv?page=1&x=1")
            counts.append(len(asked))

    assert counts[0] == counts[1]


def test_coverage_counts_stories_and_not_records(site: Site) -> None:
    assert site.texts("/en/tcv", "#coverage + .lead") == ["2 of 3 stories have a measured after."]


def test_medians_are_told_over_like_records_only(site_of: Site) -> None:
    for number, time in enumerate((10, 20, 100)):
        record = FASTER.replace("4 days", f"{time} days").replace("1 day,", "5 days,")
        site_of.story(f"story-{number}", record)
    site = site_of.story("pension", CHEAPER).published()

    assert site.texts("/en/tcv", ".medians tbody tr") == [
        "Time calendar time, from the first step to the last Evidence 4 Records 3 "
        "Before 20 days After 5 days Change 75% less",
        "Visits Evidence 4 Records 3 Before 2 visits After 1 visit Change 50% less",
        "Cost fees, travel Evidence 1 Records 1 too few to say: at least 3 are needed",
    ]


def test_medians_follow_a_publish(site_of: Site) -> None:
    site = site_of.story("one", FASTER).published()
    before = site.texts("/en/tcv?x=1", ".medians tbody tr")

    site.story("two", CHEAPER).published()

    assert len(before) == 2
    assert len(site.texts("/en/tcv?x=1", ".medians tbody tr")) == 3


def test_page_tells_machines_of_the_whole_register(site: Site) -> None:
    (script,) = site.page("/en/tcv?evidence=4").query('script[type="application/ld+json"]')

    dataset = json.loads(script.to_text())
    assert (dataset["@type"], dataset["size"]) == ("Dataset", "3")
    assert {one["contentUrl"] for one in dataset["distribution"]} == {
        "http://127.0.0.1:8000/tcv.csv",
        "http://127.0.0.1:8000/tcv.json",
    }


def test_page_is_kept_by_the_cache_and_sets_no_cookie(site: Site) -> None:
    response = site.get("/en/tcv?evidence=4&sort=time")

    assert response.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in response.headers


def test_register_speaks_bangla(site: Site) -> None:
    page = site.page("/bn/tcv?measure=time")

    assert texts(page, "tbody .tone-less") == ["৭৫% কম", "৫০% কম"]
