"""axe finds nothing on any type of page, in either language, at 320 and 1280 px, light and dark;
and nothing scrolls sideways, on a telephone or on a page of 640 px at 200 %."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text("utf-8")
# WCAG 2.2 AA and what axe's makers hold to be good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = (
    "/",
    "/stories",
    "/stories/animal-health-camp",
    "/stories/union-digital-centres",
    "/events",
    "/events?month=2027-01",
    "/events?district=bhola",
    "/events/innovation-summit-2027",
    "/events/kurigram-fair-2027",
    "/events/gaibandha-fair-2018",
    "/events/kurigram-fair-2027/register",
    "/events/kurigram-fair-2027/register/sent",
    "/events/bogura-fair-2027/register",
    "/tickets/lost",
    "/tickets/lost/sent",
    "/how-tcv-is-measured",
    "/stories?sector=livestock&sort=cost",
    "/stories?sector=livestock&pain=queue",
    "/stories/animal-health-camp/share",
    "/stories/animal-health-camp/poster",
    "/stories/animal-health-camp/for-me?km=30&fare=200",
    "/search?q=উদ্ভাবন",
    "/search?q=zebra",
    "/districts",
    "/districts?shade=measured",
    "/districts/kurigram",
    "/districts/bhola",
    "/pilots",
    "/figures",
    "/tcv",
    "/tcv/data",
    "/tcv/compare?r=animal-health-camp.1&r=monthly-pension.1",
    "/tcv/calculator?service=x&before-time=2&after-time=1",
    "/no-such-page",
)


@pytest.fixture(scope="module")
def pages(chromium: Browser, server: str) -> Iterator[dict[tuple[int, Scheme], Page]]:
    """One page a width and colour scheme, since opening one costs more than looking at it."""
    looks: tuple[tuple[int, Scheme], ...] = ((320, "light"), (1280, "dark"))
    opened = {
        (width, scheme): chromium.new_context(
            base_url=server,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        ).new_page()
        for width, scheme in looks
    }
    yield opened
    for page in opened.values():
        page.context.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["bn", "en"])
def test_page_has_no_violation(
    pages: dict[tuple[int, Scheme], Page], language: str, path: str
) -> None:
    for (width, _scheme), page in pages.items():
        page.goto(f"/{language}{path}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/embed/tcv/animal-health-camp?lang=", "/gallery?lang="])
@pytest.mark.parametrize("language", ["bn", "en"])
def test_page_without_a_language_of_its_own_has_no_violation(
    pages: dict[tuple[int, Scheme], Page], language: str, path: str
) -> None:
    for page in pages.values():
        page.goto(f"{path}{language}")
        assert violations(page) == []


def test_form_with_errors_has_no_violation(pages: dict[tuple[int, Scheme], Page]) -> None:
    for page in pages.values():
        page.goto("/bn/events/kurigram-fair-2027/register")
        page.get_by_role("button").click()
        page.get_by_role("alert").wait_for()
        assert violations(page) == []


def test_ticket_has_no_violation(pages: dict[tuple[int, Scheme], Page]) -> None:
    page = pages[320, "light"]
    page.goto("/en/events/kurigram-fair-2027/register")
    page.locator("#name").fill("Axe")
    page.locator("#email").fill("axe@example.com")
    page.locator("#consent").check()
    page.get_by_role("button").click()
    page.wait_for_url("**/sent")
    address = address_in_newest_message(page)
    for other in pages.values():
        for step in ("", "/cancel"):
            other.goto(address + step)
            assert violations(other) == []


def address_in_newest_message(page: Page) -> str:
    """Where the ticket's link leads, once the worker has written the message."""
    letters = page.locator("main ul a")
    for _ in range(20):
        page.goto("/mailbox")
        if letters.count():
            break
        page.wait_for_timeout(250)
    letters.first.click()
    page.locator("main a[href*='/t']").first.click()
    page.wait_for_url("**/tickets/*")
    return page.url


def violations(page: Page) -> list[str]:
    """Each as rule: the first elements; evaluated from outside, so the page's policy stands."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{rule['id']}: {[node['html'][:120] for node in rule['nodes'][:3]]}"
        for rule in found["violations"]
    ]
