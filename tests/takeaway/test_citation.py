"""Citations, read by programs that are not ours."""

from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from flask import Flask
from flask.testing import FlaskClient

from tests.documents.folder import Folder, publish

URL = "http://127.0.0.1:8000/en/stories/health-camp"
# What BibTeX would take for commands; braces it could not count are made round.
TRICKY = r"100% of R&D: $5, #1 under_score ~ ^ back\slash, “quoted” {and, braced}"


def client_of(app: Flask, folder: Folder, slug: str = "health-camp", **keys: str) -> FlaskClient:
    folder.story(slug, **keys)
    with app.app_context():
        publish(folder)
    return app.test_client()


def bibtex(client: FlaskClient, address: str) -> Any:
    """The one entry, its LaTeX read back as text."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == "application/x-bibtex; charset=utf-8"
    library = parse_string(
        response.data.decode("utf-8"), append_middleware=[LatexDecodingMiddleware()]
    )
    assert library.failed_blocks == []
    (entry,) = library.entries
    return entry


def ris(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    (entry,) = rispy.loads(response.data.decode("utf-8"))
    return entry


def plain(value: str) -> str:
    """Without the inner braces that keep a title as it is written."""
    return value.removeprefix("{").removesuffix("}")


def test_bibtex_names_the_office_the_year_and_the_address(app: Flask, folder: Folder) -> None:
    client = client_of(app, folder, office="Upazila Livestock Office, Kurigram and Rangpur")

    entry = bibtex(client, "/en/stories/health-camp.bib")

    assert (entry.entry_type, entry.key) == ("misc", "showcase-health-camp")
    told = {field.key: plain(field.value) for field in entry.fields}
    assert told == {
        "title": "Animal health camp",
        "author": "Upazila Livestock Office, Kurigram and Rangpur",
        "year": "2026",
        "date": "2026-03-01",
        "organization": "a2i (Aspire to Innovate)",
        "howpublished": "Showcase",
        "url": URL,
        "language": "english",
    }


def test_ris_tells_the_same(app: Flask, folder: Folder) -> None:
    client = client_of(app, folder, office="Upazila Livestock Office, Kurigram and Rangpur")

    assert ris(client, "/en/stories/health-camp.ris") == {
        "type_of_reference": "ELEC",
        "id": "showcase-health-camp",
        "title": "Animal health camp",
        "authors": ["Upazila Livestock Office, Kurigram and Rangpur"],
        "year": "2026",
        "date": "2026/03/01",
        "publisher": "a2i (Aspire to Innovate)",
        "secondary_title": "Showcase",
        "urls": [URL],
        "language": "en",
    }


def test_story_without_an_office_is_cited_by_who_runs_the_site(app: Flask, folder: Folder) -> None:
    client = client_of(app, folder)

    entry = bibtex(client, "/en/stories/health-camp.bib")

    assert plain(entry["author"]) == "a2i (Aspire to Innovate)"


def test_bangla_comes_back_as_it_was_written(app: Flask, folder: Folder) -> None:
    title = "ক্ষুদ্র উদ্ভাবন: শ্রদ্ধার্ঘ্য ও র‍্যাব"
    client = client_of(app, folder, language="bn", title=f"'{title}'")

    entry = bibtex(client, "/bn/stories/health-camp.bib")

    assert plain(entry["title"]) == title
    assert entry["language"] == "bengali"
    assert ris(client, "/bn/stories/health-camp.ris")["title"] == title


def test_signs_of_latex_come_back_as_they_were_written(app: Flask, folder: Folder) -> None:
    client = client_of(app, folder, title=f"'{TRICKY}'")

    entry = bibtex(client, "/en/stories/health-camp.bib")

    # The reader of LaTeX makes the circumflex of its own table of a plain one.
    read = plain(entry["title"]).replace("\u02c6", "^")
    assert read == TRICKY.replace("{", "(").replace("}", ")")
    assert ris(client, "/en/stories/health-camp.ris")["title"] == TRICKY


def test_story_of_a_bangla_address_has_a_key_that_every_program_takes(
    app: Flask, folder: Folder
) -> None:
    client = client_of(app, folder, slug="পুকুর")

    response = client.get("/bn/stories/পুকুর.bib")
    entry = bibtex(client, "/bn/stories/পুকুর.bib")

    assert entry.key.isascii()
    assert entry["url"].isascii()
    assert response.headers["Content-Disposition"].isascii()


@pytest.mark.parametrize("end", ["bib", "ris"])
def test_citation_is_a_file_to_keep(app: Flask, folder: Folder, end: str) -> None:
    response = client_of(app, folder).get(f"/en/stories/health-camp.{end}")

    assert (
        response.headers["Content-Disposition"]
        == f"attachment; filename=showcase-health-camp.{end}"
    )
