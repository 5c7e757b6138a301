"""From all stories to the right one, as a reader finds it: in Bangla, on a phone, with and without
script."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.test_journey import expect_to_fit

pytestmark = pytest.mark.browser


def test_reader_narrows_sorts_and_goes_back(visitor: Page) -> None:
    visitor.goto("/bn/stories")
    expect(visitor.locator("#count")).to_have_text("৬টি গল্প")
    expect_to_fit(visitor)

    choose(visitor, "প্রাণিসম্পদ")
    expect(visitor).to_have_url(re.compile(r"/bn/stories\?sector=livestock$"))
    expect(visitor.locator("#count")).to_have_text("২টি গল্প")
    expect(visitor.locator(".story-card")).to_have_count(2)
    expect_to_fit(visitor)

    visitor.get_by_role("link", name="খরচ বেশি কমেছে").click()
    expect(visitor).to_have_url(re.compile(r"\?sector=livestock&sort=cost$"))
    expect(visitor.locator(".story-card").first).to_contain_text("খরচ ৯৭% কম")

    go_back(visitor)
    expect(visitor).to_have_url(re.compile(r"\?sector=livestock$"))
    expect(visitor.get_by_role("link", name="খরচ বেশি কমেছে")).to_be_visible()
    go_back(visitor)
    expect(visitor.locator("#count")).to_have_text("৬টি গল্প")


def go_back(page: Page) -> None:
    """To the page before, without waiting for its load: with script it is asked for anew at once,
    and the first load is given up."""
    page.go_back(wait_until="commit")


def choose(page: Page, value: str) -> None:
    page.locator(".facets").get_by_role("link", name=re.compile(value)).click()


def test_count_is_read_out_where_the_list_is_swapped(chromium: Browser, server: str) -> None:
    """The status stays the same element: a new one would not be read."""
    page = chromium.new_page(base_url=server, viewport=PHONE)
    page.goto("/en/stories")
    page.evaluate("window.status_ = document.querySelector('#count')")

    choose(page, "Livestock")
    expect(page.locator("#count")).to_have_text("2 stories")

    assert page.evaluate("window.status_ === document.querySelector('#count')")
    expect(page.locator("#count")).to_have_attribute("role", "status")
    page.close()


def test_reader_is_told_what_to_give_up(visitor: Page) -> None:
    visitor.goto("/bn/stories?sector=livestock&pain=queue")
    expect(visitor.locator("#count")).to_have_text("সব শর্ত মেলে, এমন গল্প নেই")

    visitor.locator(".empty li a").first.click()

    expect(visitor.locator("#count")).to_have_text("১টি গল্প")


def test_reader_searches_for_the_beginning_of_a_word(visitor: Page) -> None:
    visitor.goto("/bn/")
    visitor.locator("#q").fill("কুড়িগ")
    visitor.get_by_role("button", name="খুঁজুন").click()
    expect(visitor).to_have_url(re.compile("/bn/search"))
    expect_to_fit(visitor)

    visitor.locator(".hits").get_by_role("link", name="কুড়িগ্রাম", exact=True).click()

    expect(visitor).to_have_url(re.compile("/bn/districts/kurigram$"))
    expect(visitor.get_by_role("link", name=re.compile("পশু চিকিৎসা")).first).to_be_visible()
    expect_to_fit(visitor)


def test_reader_opens_a_district_from_the_map_by_keyboard(visitor: Page) -> None:
    visitor.goto("/bn/districts")
    expect_to_fit(visitor)
    square = visitor.locator("svg a[href='/bn/districts/kurigram']")

    square.focus()
    visitor.keyboard.press("Enter")

    expect(visitor).to_have_url(re.compile("/bn/districts/kurigram$"))


def test_officer_compares_two_records(visitor: Page) -> None:
    visitor.goto("/bn/tcv")
    expect_to_fit(visitor)
    boxes = visitor.locator("input[name=r]")
    boxes.nth(0).check()
    boxes.nth(1).check()

    visitor.get_by_role("button", name=re.compile("তুলনা|মিলিয়ে")).first.click()

    expect(visitor).to_have_url(re.compile(r"/bn/tcv/compare\?r=.+&r=.+"))
    expect_to_fit(visitor)


def test_officer_calculates_and_is_given_the_lines_to_copy(visitor: Page) -> None:
    visitor.goto("/bn/tcv/calculator")
    visitor.locator("#service").fill("গরুর চিকিৎসা")
    visitor.locator("#before_time").fill("৪")
    visitor.locator("#after_time").fill("১")
    visitor.locator("#source").fill("উপজেলা দপ্তরের খাতা")
    visitor.locator("#source").press("Enter")

    expect(visitor.locator("figure.tcv")).to_contain_text("৭৫% কম")
    expect(visitor.locator("#source-lines")).to_have_value(re.compile("before:"))
    expect(visitor.locator("#service")).to_have_value("গরুর চিকিৎসা")
    expect_to_fit(visitor)


def test_numbers_are_worked_out_while_they_are_typed(chromium: Browser, server: str) -> None:
    """And the field that is typed in keeps its focus."""
    page = chromium.new_page(base_url=server, viewport=PHONE)
    page.goto("/en/tcv/calculator")
    page.locator("#service").fill("Treating cattle")
    page.locator("#before_time").fill("4")
    page.locator("#after_time").press_sequentially("1")

    expect(page.locator("figure.tcv")).to_contain_text("75% less")
    expect(page.locator("#after_time")).to_be_focused()

    page.locator("#after_time").press_sequentially("0")
    expect(page.locator("figure.tcv")).to_contain_text("150% more")
    page.close()


def test_card_shows_on_another_site(chromium: Browser, server: str, tmp_path: Path) -> None:
    frame = f'<iframe src="{server}/embed/tcv/animal-health-camp?lang=bn"></iframe>'
    (tmp_path / "index.html").write_text(frame, "utf-8")
    page = chromium.new_page(viewport=PHONE)

    with another_site(tmp_path) as address:
        page.goto(address)
        card = page.frame_locator("iframe").locator("figure.tcv")
        expect(card).to_contain_text("৯৭% কম")

    page.close()


@contextmanager
def another_site(folder: Path) -> Iterator[str]:
    """A server of its own: a browser keeps made-up answers away from this machine."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{other.server_port}/"
        other.shutdown()
