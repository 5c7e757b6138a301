"""What a first visit costs: a page that fits the first flight is read a round trip earlier."""

import brotli
import pytest

from showcase.assets import PREFIX
from tests.site.conftest import Visited, Walk

# Ten packets of 1,460 bytes are what a server sends before it waits (RFC 6928), less headers.
FIRST_FLIGHT = 14_000
SCRIPT = 16_000
BROTLI = {"Accept-Encoding": "br"}


def size(walk: Walk, path: str) -> int:
    response = walk.app.test_client().get(path, headers=BROTLI)
    assert response.headers["Content-Encoding"] == "br", path
    assert brotli.decompress(response.data)
    return len(response.data)


def named(seen: Visited, selector: str, attribute: str) -> list[str]:
    return [node.attrs[attribute] for node in seen.page.query(selector)]


def test_every_page_with_its_style_fits_the_first_flight(walk: Walk) -> None:
    styles: dict[str, int] = {}
    too_heavy = {}
    for seen in walk.pages:
        total = size(walk, seen.path)
        for sheet in named(seen, 'link[rel="stylesheet"]', "href"):
            styles[sheet] = styles.get(sheet) or size(walk, sheet)
            total += styles[sheet]
        if total > FIRST_FLIGHT:
            too_heavy[seen.path] = total

    named_by_all = [
        sheet
        for sheet in styles
        if all(sheet in named(seen, 'link[rel="stylesheet"]', "href") for seen in walk.pages)
    ]
    assert len(named_by_all) == 1
    assert too_heavy == {}


def test_scripts_of_every_page_are_small_and_wait(walk: Walk) -> None:
    for seen in walk.pages:
        scripts = named(seen, "script[src]", "src")

        assert sum(size(walk, script) for script in scripts) <= SCRIPT, seen.path
        assert len(seen.page.query("script[src]:not([defer])")) == 0, seen.path


@pytest.mark.parametrize("kind", ["stylesheet", "icon"])
def test_static_files_are_named_by_their_content(walk: Walk, kind: str) -> None:
    names = {name for seen in walk.pages for name in named(seen, f'link[rel="{kind}"]', "href")}

    assert names
    for name in names:
        response = walk.app.test_client().get(name)
        assert "immutable" in response.headers["Cache-Control"]
        assert name.startswith(PREFIX)
