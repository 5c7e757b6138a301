"""Every page that a reader can reach, in both languages."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from babel.messages.pofile import read_po

from showcase.db import db
from showcase.documents.models import Document
from showcase.documents.queries import is_visible
from showcase.i18n import LANGUAGES, TRANSLATIONS, other_language
from tests.pages import words
from tests.site.conftest import Visited, Walk, leads_somewhere

# Attributes that are read out or shown.
_TOLD = ("aria-label", "alt", "title", "placeholder", "content")
# In this many Latin words in a row a Bangla voice stumbles; fewer may be a name or an abbreviation.
_FOREIGN_WORDS = 3


def dead(walk: Walk) -> list[str]:
    broken = {path for path, seen in walk.visited.items() if seen.response.status_code != 200}
    return [
        f"{seen.path} → {link}" for seen in walk.pages for _, link in seen.links if link in broken
    ]


def test_every_link_leads_to_a_page(walk: Walk) -> None:
    assert dead(walk) == []


def test_every_form_is_sent_to_an_address(walk: Walk) -> None:
    assert walk.posts != set()
    assert [link for link in walk.posts if not leads_somewhere(walk.app, "POST", link)] == []


def test_links_to_other_sites_are_https(walk: Walk) -> None:
    schemes = {urlsplit(link).scheme for link in walk.outside}

    assert schemes - {"https", "geo", "sms", "mailto"} == set()


def test_nothing_is_loaded_from_elsewhere(walk: Walk) -> None:
    loaded = [
        node.attrs.get("src") or node.attrs.get("href")
        for seen in walk.pages
        for node in seen.page.query('script[src], img, link[rel="stylesheet"], link[rel="icon"]')
    ]

    assert [address for address in loaded if not address.startswith("/")] == []


def test_every_published_document_is_reached_in_both_languages(walk: Walk) -> None:
    address = {"story": "stories/", "event": "events/", "page": ""}
    with walk.app.app_context():
        documents = db.session.execute(
            sa.select(Document.kind, Document.slug).where(
                is_visible(), Document.kind.in_(list(address))
            )
        ).all()
    wanted = {
        f"/{language}/{address[kind]}{slug}" for kind, slug in documents for language in LANGUAGES
    }

    assert len(wanted) > 20
    assert wanted - set(walk.visited) == set()


def test_both_languages_have_the_same_pages(walk: Walk) -> None:
    paths = {
        language: {
            seen.path.split("/", 2)[2] for seen in walk.addresses if seen.language == language
        }
        for language in LANGUAGES
    }

    assert paths["bn"] == paths["en"]


def test_page_says_its_language(walk: Walk) -> None:
    wrong = [p.path for p in walk.pages if p.page.query("html")[0].attrs["lang"] != p.language]

    assert wrong == []


def twin(path: str, language: str) -> str:
    return f"/{language}/{path.split('/', 2)[2]}"


def test_language_switch_keeps_the_page(walk: Walk) -> None:
    for seen in walk.pages:
        switch = seen.page.query("nav.languages a")

        assert [a.attrs["href"] for a in switch] == [twin(seen.path, code) for code in LANGUAGES]
        assert [a.attrs["lang"] for a in switch] == list(LANGUAGES)
        current = [a.attrs["lang"] for a in switch if a.attrs.get("aria-current") == "true"]
        assert current == [seen.language]


def alternates(seen: Visited) -> dict[str, str]:
    nodes = seen.page.query('link[rel="alternate"][hreflang]')
    return {node.attrs["hreflang"]: node.attrs["href"] for node in nodes}


def test_page_names_its_one_address_and_its_twins(walk: Walk) -> None:
    own = walk.app.config["PUBLIC_URL"]
    for seen in walk.pages:
        canonical = [node.attrs["href"] for node in seen.page.query('link[rel="canonical"]')]

        path = urlsplit(seen.path).path
        assert canonical == [own + path]
        assert alternates(seen) == {
            "bn": own + twin(path, "bn"),
            "en": own + twin(path, "en"),
            "x-default": own + twin(path, "bn"),
        }


def test_twins_name_each_other(walk: Walk) -> None:
    for seen in walk.addresses:
        other = walk.visited[twin(seen.path, other_language(seen.language))]

        assert alternates(other) == alternates(seen)


def test_no_two_pages_of_a_language_have_the_same_title(walk: Walk) -> None:
    titles = Counter((seen.language, words(seen.page.query("title")[0])) for seen in walk.addresses)

    assert [title for title, count in titles.items() if count > 1] == []


def test_every_page_has_a_description(walk: Walk) -> None:
    for seen in walk.pages:
        told = [node.attrs["content"] for node in seen.page.query('meta[name="description"]')]

        assert len(told) == 1
        assert told[0].strip(), seen.path


def test_only_a_page_with_a_form_sets_a_cookie(walk: Walk) -> None:
    with_cookie = {p.path for p in walk.pages if "Set-Cookie" in p.response.headers}
    with_token = {p.path for p in walk.pages if p.page.query('input[name="csrf_token"]')}

    assert with_cookie <= with_token
    public = [p for p in walk.pages if p.path not in with_token]
    assert {p.response.headers["Cache-Control"] for p in public} == {"public, no-cache"}
    assert [p.path for p in public if "Cookie" in p.response.headers["Vary"]] == []


def texts(node: Any, language: str) -> Iterator[tuple[str, str]]:
    """Each text of the page with the language a screen reader reads it in."""
    language = (getattr(node, "attrs", None) or {}).get("lang", language)
    if node.name == "#text" and not node.data.isspace():
        yield " ".join(node.data.split()), language
    for child in getattr(node, "children", None) or []:
        if child.name not in ("script", "style", "template"):
            yield from texts(child, language)


def is_bangla(text: str) -> bool:
    return any("\u0985" <= c <= "\u09e3" for c in text)


def is_foreign_to_bangla(text: str) -> bool:
    """Several Latin words on end."""
    run = 0
    for word in text.split():
        is_latin = any(c.isascii() and c.isalpha() for c in word) and not is_bangla(word)
        run = run + 1 if is_latin else 0
        if run == _FOREIGN_WORDS:
            return True
    return False


def test_bangla_on_an_english_page_is_marked_as_bangla(walk: Walk) -> None:
    unmarked = {
        (seen.path, text)
        for seen in walk.pages
        for text, language in texts(seen.page.query("body")[0], seen.language)
        if language == "en" and is_bangla(text)
    }

    assert unmarked == set()


def test_english_on_a_bangla_page_is_marked_as_english(walk: Walk) -> None:
    unmarked = {
        (seen.path, text)
        for seen in walk.pages
        for text, language in texts(seen.page.query("body")[0], seen.language)
        if language == "bn" and is_foreign_to_bangla(text)
    }

    assert unmarked == set()


def test_no_text_of_the_site_is_left_in_english_on_a_bangla_page(walk: Walk) -> None:
    with (TRANSLATIONS / "bn/LC_MESSAGES/messages.po").open("rb") as file:
        english = {
            text
            for message in read_po(file, locale="bn")
            for text in ([message.id] if isinstance(message.id, str) else message.id)
            if text and text != message.string
        }
    left = {
        (seen.path, text)
        for seen in walk.pages
        if seen.language == "bn"
        for text in told(seen)
        if text in english
    }

    assert left == set()


def told(seen: Visited) -> Iterator[str]:
    """What is shown or read out, in texts and in attributes."""
    for text, _ in texts(seen.page.query("html")[0], seen.language):
        yield text
    for node in seen.page.query("*"):
        yield from (str(node.attrs[name]) for name in _TOLD if name in node.attrs)


def test_data_for_machines_is_well_formed(walk: Walk) -> None:
    for seen in walk.pages:
        for node in seen.page.query('script[type="application/ld+json"]'):
            assert json.loads(node.to_text())["@context"] == "https://schema.org", seen.path
