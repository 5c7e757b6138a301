"""A fair as its visitors walk through it: in Bangla, on a phone, with and without script."""

import itertools
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from showcase.config import ROOT
from showcase.i18n import DHAKA
from showcase.text import bangla_digits
from tests.browser.conftest import (
    PHONE,
    SHOWCASE,
    START_SECONDS,
    free_port,
    wait_for,
    watched_page,
)
from tests.browser.test_accessibility import violations
from tests.browser.test_journey import expect_to_fit

pytestmark = pytest.mark.browser

NUMBERS = itertools.count(200001)
SECONDS_FOR_A_MESSAGE = 15

FAIR = """\
---
title: {title}
summary: এই মেলা শুধু পরীক্ষার জন্য; এখানে আসন অল্প, তাই তালিকাও লাগে।
language: bn
kind: fair
district: kurigram
venue: {{name: কলেজ মাঠ, address: কুড়িগ্রাম সদর}}
starts: {starts}
ends: {ends}
registration:
  {{opens: 2020-01-01, closes: {closes}, seats: 40, waiting_list: yes, approval: no}}
sessions:
  - {{key: land, title: জমির কাগজ, starts: {first}, ends: {second}, seats: 4}}
  - {{key: pensions, title: পেনশন, starts: {second}, ends: {third}, seats: 20}}
stalls:
  - {{number: 1, office: ভূমি অফিস, services: [নামজারির আবেদন]}}
  - {{number: 2, office: হিসাবরক্ষণ কার্যালয়, services: [পেনশনের কাগজ]}}
voting:
  opens: {opened}
  closes: {ends}
  categories: [{{key: useful, label: সবচেয়ে কাজের স্টল}}]
sample: yes
state: announced
status: published
published: 2026-01-01
---
মেলার কথা।
"""


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    content = tmp_path_factory.mktemp("fairs") / "content"
    shutil.copytree(ROOT / "content", content)
    for way in ("with-script", "without-script"):
        write_fair(content, f"small-fair-{way}", starts_in=timedelta(days=20))
        write_fair(content, f"open-fair-{way}", starts_in=timedelta(hours=-30))
    return {
        **os.environ,
        "SHOWCASE_INSTANCE": str(tmp_path_factory.mktemp("instance")),
        "SHOWCASE_CONTENT": str(content),
        "PORT": str(free_port()),
    }


def write_fair(content: Path, slug: str, *, starts_in: timedelta) -> None:
    starts = datetime.now(DHAKA) + starts_in
    moments = {
        "starts": starts,
        "opened": starts + timedelta(hours=1),
        "first": starts + timedelta(hours=40),
        "second": starts + timedelta(hours=41),
        "third": starts + timedelta(hours=42),
        "closes": starts + timedelta(hours=46),
        "ends": starts + timedelta(hours=48),
    }
    told = {name: f"{moment:%Y-%m-%d %H:%M}" for name, moment in moments.items()}
    folder = content / "events" / slug
    folder.mkdir()
    (folder / "index.md").write_text(FAIR.format(title=f"মেলা {slug}", **told), "utf-8")


@pytest.fixture(scope="module")
def fairs(environ: dict[str, str]) -> Iterator[str]:
    run(environ, "setup")
    process = subprocess.Popen(  # noqa: S603 - our own
        [SHOWCASE, "serve"], env=environ, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{environ['PORT']}"
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def run(environ: dict[str, str], *arguments: str) -> None:
    subprocess.run([SHOWCASE, *arguments], env=environ, cwd=ROOT, check=True)  # noqa: S603 - our own


@pytest.fixture(params=["with-script", "without-script"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(way: str, chromium: Browser, fairs: str) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=fairs,
        viewport=PHONE,
        locale="bn-BD",
        timezone_id="Asia/Dhaka",
        java_script_enabled=way == "with-script",
    )
    yield from watched_page(context)


def test_family_and_another_share_the_seats_of_a_session(page: Page, way: str) -> None:
    slug = f"small-fair-{way}"
    family, neighbour = new_number(), new_number()

    fill(page, slug, "রহিমা খাতুন", family, people="৪", sessions=("জমির কাগজ", "পেনশন"))
    page.get_by_role("button", name="বিনা খরচে নিবন্ধন করুন").click()
    expect(page).to_have_url(re.compile("/register/sent$"))
    expect_to_fit(page)
    open_ticket(page, family)
    expect(page.locator(".ticket li")).to_have_count(2)

    fill(page, slug, "করিম মিয়া", neighbour, people="২", sessions=("জমির কাগজ",))
    page.get_by_role("button", name="বিনা খরচে নিবন্ধন করুন").click()
    expect(page.get_by_role("alert")).to_contain_text("যথেষ্ট আসন নেই এখানে: জমির কাগজ")
    expect(page.locator("#name")).to_have_value("করিম মিয়া")
    expect_to_fit(page)
    page.get_by_role("button", name="ভরে যাওয়া অংশের জন্য অপেক্ষা করুন").click()
    expect(page).to_have_url(re.compile("/register/sent$"))
    open_ticket(page, neighbour)
    expect(page.get_by_text("আপনিই সবার আগে।")).to_be_visible()
    expect_no_violation(page, way)
    expect_to_fit(page)
    neighbours_ticket = page.url

    open_ticket(page, family)
    page.get_by_role("link", name="নিবন্ধন বদলান").click()
    page.locator("#party").fill("২")
    expect_to_fit(page)
    expect_no_violation(page, way)
    page.get_by_role("button", name="বদলগুলো রাখুন").click()
    expect(page.locator(".ticket")).to_contain_text("২")

    page.goto(neighbours_ticket)
    expect(page.get_by_role("heading", name="আপনার জন্য আসন")).to_be_visible()
    expect_no_violation(page, way)
    expect_to_fit(page)
    page.get_by_role("button", name="আসন নিন").click()
    expect(page.locator(".ticket li")).to_contain_text(["জমির কাগজ"])

    page.get_by_role("link", name="নিবন্ধন বদলান").click()
    page.locator("#name").fill("করিম উদ্দিন")
    page.get_by_role("button", name="বদলগুলো রাখুন").click()
    expect(page.locator(".ticket")).to_contain_text("করিম উদ্দিন")
    page.get_by_role("link", name="নিবন্ধন বাতিল করুন").click()
    page.get_by_role("button", name=re.compile("বাতিল")).click()
    expect(page.get_by_text(re.compile("নিবন্ধনটি বাতিল|বাতিল করা হয়েছে|বাতিল হয়েছে"))).to_be_visible()


def test_visitor_votes_and_tells_what_a_service_took(
    page: Page, way: str, environ: dict[str, str]
) -> None:
    slug, number = f"open-fair-{way}", new_number()
    fill(page, slug, "রহিমা খাতুন", number, people="১", sessions=())
    page.get_by_role("button", name="বিনা খরচে নিবন্ধন করুন").click()
    expect(page).to_have_url(re.compile("/register/sent$"))
    open_ticket(page, number)
    ticket, code = page.url, page.locator(".ticket-code").inner_text()

    page.goto(f"{ticket}/vote")
    expect(page.locator("form")).to_have_count(0)
    run(environ, "check-in", slug, code)

    page.goto(ticket)
    page.locator(".ticket-extras a[href$='/vote']").click()
    expect_to_fit(page)
    expect_no_violation(page, way)
    page.get_by_role("radio", name=re.compile("ভূমি অফিস")).check()
    page.locator("main form button").click()
    expect(page.get_by_role("radio", name=re.compile("ভূমি অফিস"))).to_be_checked()

    page.goto(ticket)
    page.locator(".ticket-extras a[href$='/slip']").click()
    expect_to_fit(page)
    expect_no_violation(page, way)
    page.locator("#stall").select_option(index=1)
    page.locator("#minutes").fill("২০")
    page.locator("#taka").fill("০")
    page.locator("#visits").fill("১")
    page.locator("main form button").click()
    expect(page.get_by_text(re.compile("ধন্যবাদ")).first).to_be_visible()

    page.goto(ticket)
    page.locator(".ticket-extras a[href*='/certificates/']").click()
    expect(page.get_by_text("রহিমা খাতুন")).to_be_visible()
    expect_no_violation(page, way)


def expect_no_violation(page: Page, way: str) -> None:
    """axe is a script, so it looks at the page of those who have it."""
    if way == "with-script":
        assert violations(page) == []


def new_number() -> str:
    return f"01711{next(NUMBERS)}"


def fill(
    page: Page, slug: str, name: str, number: str, *, people: str, sessions: tuple[str, ...]
) -> None:
    page.goto(f"/bn/events/{slug}/register")
    page.locator("#name").fill(name)
    page.locator("#phone").fill(bangla_digits(number))
    page.locator("#party").fill(people)
    for session in sessions:
        page.get_by_role("checkbox", name=re.compile(session)).check()
    page.locator("#consent").check()
    expect_to_fit(page)


def open_ticket(page: Page, number: str) -> None:
    """By the newest message to this number, as soon as it was sent."""
    give_up = time.monotonic() + SECONDS_FOR_A_MESSAGE
    letters = page.locator("main li, main tr").filter(has_text=f"+88{number}")
    while True:
        page.goto("/mailbox")
        if letters.count() or time.monotonic() > give_up:
            break
        time.sleep(0.3)
    letters.first.get_by_role("link").click()
    page.locator("main a[href*='/t/']").first.click()
    expect(page).to_have_url(re.compile("/bn/tickets/"))
    expect_to_fit(page)
