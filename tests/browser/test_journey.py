"""From a story to a ticket in hand, as a visitor walks it: in Bangla, on a phone, with and
without script."""

import itertools
import re

import pytest
from playwright.sync_api import Page, expect

from showcase.text import bangla_digits
from tests.browser.conftest import PHONE

# Another one each time: the journeys share one server, and a number registers once.
NUMBERS = itertools.count(100001)

pytestmark = pytest.mark.browser


def test_visitor_reads_registers_and_cancels(visitor: Page) -> None:
    open_story(visitor)
    open_registration(visitor)
    send_with_a_mistake(visitor)
    send(visitor)
    open_ticket(visitor)
    cancel(visitor)


def open_story(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/bn/$"))
    expect_to_fit(page)
    page.get_by_role("link", name="উদ্ভাবনের গল্প").click()
    page.get_by_role("link", name=re.compile("পশু চিকিৎসা")).click()
    expect(page.get_by_text("৭৭% কম").first).to_be_visible()
    expect_to_fit(page)


def open_registration(page: Page) -> None:
    page.get_by_role("link", name=re.compile("কুড়িগ্রাম জেলা উদ্ভাবনী মেলা")).click()
    expect(page.get_by_text(re.compile("আসন খালি আছে"))).to_be_visible()
    expect_to_fit(page)
    page.get_by_role("link", name="বিনা খরচে নিবন্ধন করুন").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect_to_fit(page)


def send_with_a_mistake(page: Page) -> None:
    """What was typed stays, the mistake is told beside its field, and the focus is on the list."""
    page.locator("#name").fill("রহিমা খাতুন")
    page.locator("#phone").fill("১২৩")
    page.locator("#party").fill("৪")
    page.locator("#consent").check()
    page.get_by_role("button").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^ভুল"))
    expect(page.locator("#name")).to_have_value("রহিমা খাতুন")
    expect(page.locator("#party")).to_have_value("৪")
    expect_to_fit(page)


def send(page: Page) -> None:
    page.locator("#phone").fill(bangla_digits(f"01711{next(NUMBERS)}"))
    page.get_by_role("button").click()
    expect(page).to_have_url(re.compile("/register/sent$"))
    expect_to_fit(page)


def open_ticket(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile("mailbox|ডাকবাক্স|বাক্স")).click()
    page.get_by_role("main").get_by_role("link").first.click()
    page.locator("main a[href*='/t']").first.click()
    expect(page).to_have_url(re.compile("/bn/tickets/"))
    expect(page.get_by_role("img", name=re.compile("QR|কিউআর"))).to_be_visible()
    expect(page.get_by_text("রহিমা খাতুন")).to_be_visible()
    expect_to_fit(page)


def cancel(page: Page) -> None:
    page.get_by_role("link", name=re.compile("বাতিল")).click()
    page.get_by_role("button", name=re.compile("বাতিল")).click()
    expect(page).to_have_url(re.compile("/bn/tickets/[^/]+$"))
    expect(page.get_by_role("img", name=re.compile("QR|কিউআর"))).to_have_count(0)
    expect(page.get_by_text(re.compile("বাতিল")).first).to_be_visible()


def expect_to_fit(page: Page) -> None:
    """Nothing scrolls sideways on a phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
