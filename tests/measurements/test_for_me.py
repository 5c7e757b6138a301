"""What a story's visits would mean on the reader's own way: an illustration, never a figure."""

from urllib.parse import urlencode

import pytest

from tests.measurements.stories import CHEAPER, FASTER, Site, texts

ONE_SIDE = "{service: Cattle, source: A page, before: {visits: 2+}}"


def address(slug: str = "cattle", language: str = "en", **typed: str) -> str:
    return f"/{language}/stories/{slug}/for-me?{urlencode(typed)}"


def test_visits_are_told_on_the_readers_way(site_of: Site) -> None:
    page = site_of.story("cattle", FASTER).published().page(address(km="12.5", fare="30"))

    assert texts(page, ".for-me tbody tr") == [
        "Before Visits 2 visits Your way, there and back 50 km Your fare ৳120",
        "After Visits 1 visit Your way, there and back 25 km Your fare ৳60",
    ]
    assert texts(page, "#illustration") == ["An illustration, not a measurement"]


def test_fare_may_be_left_out(site_of: Site) -> None:
    page = site_of.story("cattle", FASTER).published().page(address(km="10"))

    assert texts(page, ".for-me tbody tr")[1] == (
        "After Visits 1 visit Your way, there and back 20 km Your fare –"
    )


def test_one_side_is_told_as_one_side(site_of: Site) -> None:
    page = site_of.story("cattle", ONE_SIDE).published().page(address(km="10", fare="5"))

    assert texts(page, ".for-me tbody tr") == [
        "Before Visits 2+ visits Your way, there and back 40+ km Your fare ৳20+"
    ]
    assert texts(page, ".note") == [
        "The visits were counted on one side only, so what you would save cannot be said."
    ]


def test_bangla_digits_are_read_and_written(site_of: Site) -> None:
    page = site_of.story("cattle", FASTER).published().page(address(language="bn", km="১২.৫"))

    assert "৫০" in texts(page, ".for-me tbody td")[1]


def test_story_without_visits_says_why_nothing_is_told(site_of: Site) -> None:
    page = site_of.story("cattle", CHEAPER).published().page(address(km="10"))

    assert texts(page, ".note") == [
        "This story does not say how often somebody had to go, so nothing can be told for your "
        "own way."
    ]
    assert page.query("main form") == []


@pytest.mark.parametrize("km", ["", "0", "-5", "far", "1001", "1e3", "1" * 5000, "\0", "<b>"])
def test_distance_that_cannot_be_is_refused(site_of: Site, km: str) -> None:
    page = site_of.story("cattle", FASTER).published().page(address(km=km, fare="30"))

    assert texts(page, ".error-summary li") == [
        "Write the distance in kilometres, a number up to 1,000, like 12.5."
    ]
    assert page.query(".for-me") == []


@pytest.mark.parametrize("fare", ["cheap", "-1", "100001"])
def test_fare_that_cannot_be_is_refused(site_of: Site, fare: str) -> None:
    page = site_of.story("cattle", FASTER).published().page(address(km="10", fare=fare))

    assert texts(page, ".error-summary li") == [
        "Write the fare in taka, a number up to 1,00,000, or leave it empty."
    ]


def test_form_alone_complains_of_nothing(site_of: Site) -> None:
    page = site_of.story("cattle", FASTER).published().page("/en/stories/cattle/for-me")

    assert page.query(".wrong, .for-me") == []


def test_what_is_typed_is_kept_by_nobody(site_of: Site) -> None:
    response = site_of.story("cattle", FASTER).published().get(address(km="10"))

    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_no_story_is_not_found(site_of: Site) -> None:
    assert site_of.published().get(address("nowhere", km="10")).status_code == 404
