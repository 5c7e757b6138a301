"""The real server with the launch content, and Chromium as a visitor holds it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from showcase.config import ROOT

SHOWCASE = Path(sys.executable).parent / "showcase"
# As root in a container, without a graphics card, and quiet towards the network.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: ViewportSize = {"width": 360, "height": 740}
START_SECONDS = 20


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``showcase setup`` and ``showcase serve`` as the README tells, on a free port."""
    environ = {
        **os.environ,
        "SHOWCASE_INSTANCE": str(tmp_path_factory.mktemp("instance")),
        "PORT": str(free_port()),
    }
    subprocess.run([SHOWCASE, "setup"], env=environ, check=True, cwd=ROOT)  # noqa: S603 - our own
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


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(address: str) -> None:
    give_up = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=1)  # noqa: S310 - our own server
            return
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None and os.environ.get("CI") != "true":
        pytest.skip("Chromium is not installed; `make browser` tells how")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=["with script", "without script"])
def visitor(request: pytest.FixtureRequest, chromium: Browser, server: str) -> Iterator[Page]:
    """A phone that reads Bangla; a fault in a script or a blocked file fails the test."""
    context = chromium.new_context(
        base_url=server,
        viewport=PHONE,
        locale="bn-BD",
        timezone_id="Asia/Dhaka",
        java_script_enabled=request.param == "with script",
    )
    yield from watched_page(context)


def watched_page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda message: faults.append(message.text) if "Policy" in message.text else None
    )
    yield page
    context.close()
    assert faults == []
