"""The whole site, walked once over every link."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from showcase.i18n import LANGUAGES
from tests.pages import is_page, parse

# Where an address may stand, by element.
_LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}


@dataclass
class Visited:
    """An address of the site and what came back."""

    path: str
    response: TestResponse
    page: Any = None
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.path.split("/")[1]


@dataclass
class Walk:
    """All that can be reached from the two first pages."""

    app: Flask
    visited: dict[str, Visited]
    outside: set[str]
    posts: set[str]

    @property
    def pages(self) -> list[Visited]:
        return [visited for visited in self.visited.values() if visited.page]

    @property
    def addresses(self) -> list[Visited]:
        """Pages that are not one more view of another, as a list that is narrowed."""
        return [visited for visited in self.pages if "?" not in visited.path]


@pytest.fixture(scope="session")
def walks() -> dict[str, Walk]:
    """One for each database."""
    return {}


@pytest.fixture
def walk(site: Flask, walks: dict[str, Walk]) -> Walk:
    """Walking is the test of tests/pages.py on every page; the rest looks at what was seen."""
    database = site.config["DATABASE_URL"]
    if database not in walks:
        walks[database] = walk_over(site)
    return walks[database]


def walk_over(site: Flask) -> Walk:
    walk = Walk(site, {}, set(), set())
    client = site.test_client()
    waiting = deque(f"/{language}/" for language in LANGUAGES)
    shapes: set[tuple[str, ...]] = set()
    while waiting:
        path = waiting.popleft()
        if path in walk.visited or _shape(path) in shapes:
            continue
        shapes.add(_shape(path))
        response = client.get(path)
        visited = walk.visited[path] = Visited(path, response)
        if is_page(response):
            visited.page = parse(response.text)
            visited.links = list(_links(visited.page))
        for method, link in visited.links:
            if not (urlsplit(path).query and urlsplit(link).query):
                _sort(walk, waiting, method, link)
    return walk


def _shape(path: str) -> tuple[str, ...]:
    """Lists can be narrowed in more ways than can be walked: one value of each name is enough."""
    parts = urlsplit(path)
    return parts.path, *(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))


def _links(page: Any) -> Iterator[tuple[str, str]]:
    """Method and address of each link and form, without the part after ``#``."""
    for name, attribute in _LINKS.items():
        for node in page.query(f"{name}[{attribute}]"):
            method = str(node.attrs.get("method") or "get").upper()
            address = urldefrag(node.attrs[attribute]).url
            if address:
                yield method, address
    for node in page.query("[srcset]"):
        for candidate in node.attrs["srcset"].split(","):
            yield "GET", candidate.split()[0]


def _sort(walk: Walk, waiting: deque[str], method: str, link: str) -> None:
    own = walk.app.config["PUBLIC_URL"]
    if link == own or link.startswith(f"{own}/"):
        link = link.removeprefix(own)
    if not link.startswith("/") or link.startswith("//"):
        walk.outside.add(link)
    elif method == "POST":
        walk.posts.add(link)
    else:
        waiting.append(link)


def leads_somewhere(app: Flask, method: str, link: str) -> bool:
    """Some view answers this address; asked without calling it, since a POST changes things."""
    adapter = app.url_map.bind("localhost")
    try:
        adapter.match(urlsplit(link).path, method=method)
    except HTTPException:
        return False
    return True
