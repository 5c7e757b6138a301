"""A story for machines, and how it looks where its address is posted."""

import json
from typing import Any

import pytest
from flask import Flask, render_template_string

from showcase.stories.jsonld import article
from showcase.stories.queries import find_story
from tests.documents.folder import Folder, publish
from tests.pages import parse

OWN = "http://127.0.0.1:8000"


@pytest.fixture
def article_of(app: Flask, folder: Folder) -> "ArticleOf":
    return ArticleOf(app, folder)


class ArticleOf:
    """Publishes a story and reads its data as it stands on the page."""

    def __init__(self, app: Flask, folder: Folder) -> None:
        self.app = app
        self.folder = folder

    def __call__(self, language: str = "en", **keys: str) -> Any:
        self.folder.districts("kurigram")
        self.folder.story(**keys)
        with self.app.app_context():
            publish(self.folder)
        with self.app.test_request_context(f"/{language}/stories/health-camp"):
            self.app.preprocess_request()
            story = find_story("health-camp")
            assert story
            html = render_template_string(
                '{% from "components/json_ld.html" import json_ld %}{{ json_ld(data) }}',
                data=article(story),
            )
        (script,) = parse(html, fragment=True).query('script[type="application/ld+json"]')
        return json.loads(script.to_text())


def test_article_has_what_search_engines_read(article_of: ArticleOf) -> None:
    data = article_of(district="kurigram", office="Livestock office")

    url = f"{OWN}/en/stories/health-camp"
    modified = data.pop("dateModified")
    assert modified.endswith("+06:00")
    assert data == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "Animal health camp",
        "description": "Officers go to the village instead of asking farmers to come.",
        "inLanguage": "en",
        "url": url,
        "mainEntityOfPage": url,
        "image": [f"{OWN}/cards/en/story/health-camp.png"],
        "datePublished": "2026-03-01",
        "author": {"@type": "Organization", "name": "Livestock office"},
        "publisher": {"@type": "Organization", "name": "a2i (Aspire to Innovate)"},
        "articleSection": "Livestock",
        "contentLocation": {
            "@type": "AdministrativeArea",
            "name": "kurigram",
            "containedInPlace": {"@type": "Country", "name": "Bangladesh", "identifier": "BD"},
        },
        "citation": [{"@type": "CreativeWork", "name": "A study"}],
    }


def test_only_values_that_were_measured_are_observations(article_of: ArticleOf) -> None:
    data = article_of(
        tcv="[{service: Treating cattle, source: S, before: {time: 2 days, cost: 2500+ BDT},"
        " after: {time: 1 days}, change: {visits: -77%}, measured: 2014-06, sample: 3,"
        " method: independent}]"
    )

    told = [(seen["name"], seen["value"], seen["observationDate"]) for seen in data["mentions"]]
    value = {"@type": "QuantitativeValue"}
    assert told == [
        ("Treating cattle: Time (before)", {**value, "value": 2.0, "unitText": "days"}, "2014-06"),
        ("Treating cattle: Time (after)", {**value, "value": 1.0, "unitText": "days"}, "2014-06"),
        (
            "Treating cattle: Cost (before)",
            {**value, "minValue": 2500.0, "unitText": "taka"},
            "2014-06",
        ),
    ]


def test_story_says_the_language_of_its_text(article_of: ArticleOf) -> None:
    data = article_of("bn")

    assert (data["inLanguage"], data["headline"]) == ("en", "Animal health camp")


def test_title_cannot_end_the_data(article_of: ArticleOf) -> None:
    title = "</script><script>alert(1)</script>"

    assert article_of(title=f"'{title}'")["headline"] == title


OPEN_GRAPH = """{% from "components/open_graph.html" import open_graph -%}
{{ open_graph("story", "camp", title, "About", "https://example.org/bn/x", language) }}"""


@pytest.mark.parametrize(
    ("language", "locale", "other"), [("bn", "bn_BD", "en_GB"), ("en", "en_GB", "bn_BD")]
)
def test_open_graph_names_the_card_in_full(
    app: Flask, language: str, locale: str, other: str
) -> None:
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        html = render_template_string(OPEN_GRAPH, title='"><b>', language=language)

    told = {
        str(node.attrs.get("property") or node.attrs["name"]): node.attrs["content"]
        for node in parse(html, fragment=True).query("meta")
    }
    # The four that the protocol requires (ogp.me), the card, and how X shows it.
    assert told == {
        "og:title": '"><b>',
        "og:type": "article",
        "og:image": f"{OWN}/cards/{language}/story/camp.png",
        "og:url": "https://example.org/bn/x",
        "og:description": "About",
        "og:site_name": told["og:site_name"],
        "og:locale": locale,
        "og:locale:alternate": other,
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": '"><b>',
        "twitter:card": "summary_large_image",
    }
