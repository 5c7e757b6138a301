"""The whole register as CSV and JSON, read back by Python's own parsers."""

import csv
import io
import json
from typing import Any

import pytest

from showcase.measurements.dictionary import COLUMNS
from showcase.measurements.export import BYTE_ORDER_MARK, csv_pieces
from showcase.measurements.queries import exported
from tests.documents.folder import counted_queries
from tests.measurements.stories import CHEAPER, FASTER, NO_NUMBER, PERCENT_ONLY, Site
from tests.pages import text_of

# These names stand in other people's spreadsheets: a change here breaks them.
STABLE = [
    "id",
    "story",
    "url",
    "title_bn",
    "title_en",
    "service_bn",
    "service_en",
    "district",
    "sector",
    "published",
    "time_before",
    "cost_before",
    "visits_before",
    "time_before_unit",
    "cost_before_unit",
    "visits_before_unit",
    "time_before_at_least",
    "cost_before_at_least",
    "visits_before_at_least",
    "time_after",
    "cost_after",
    "visits_after",
    "time_after_unit",
    "cost_after_unit",
    "visits_after_unit",
    "time_after_at_least",
    "cost_after_at_least",
    "visits_after_at_least",
    "time_change",
    "cost_change",
    "visits_change",
    "time_change_percent",
    "cost_change_percent",
    "visits_change_percent",
    "time_change_reason",
    "cost_change_reason",
    "visits_change_reason",
    "basis_before",
    "basis_after",
    "cost_parts_before",
    "cost_parts_after",
    "cost_year",
    "method",
    "evidence_level",
    "sample",
    "statistic",
    "measured",
    "who_bn",
    "who_en",
    "where_bn",
    "where_en",
    "source_bn",
    "source_en",
    "note_bn",
    "note_en",
]


@pytest.fixture
def site(site_of: Site) -> Site:
    site_of.folder.districts("kurigram")
    site_of.story("cattle", FASTER, NO_NUMBER, district="kurigram")
    site_of.story("pension", CHEAPER, PERCENT_ONLY)
    site_of.folder.translation(of="stories/cattle")
    return site_of.published()


def rows(site: Site) -> list[dict[str, str]]:
    text = text_of(site.get("/tcv.csv"))
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def data(site: Site) -> Any:
    return json.loads(text_of(site.get("/tcv.json")))


def test_columns_keep_their_names_and_order() -> None:
    assert list(COLUMNS) == STABLE


def test_every_record_is_a_line(site: Site) -> None:
    assert [row["id"] for row in rows(site)] == ["cattle.1", "cattle.2", "pension.1", "pension.2"]


def test_line_holds_the_record(site: Site) -> None:
    told = {name: value for name, value in rows(site)[0].items() if value}

    assert told == {
        "id": "cattle.1",
        "story": "cattle",
        "url": "http://127.0.0.1:8000/bn/stories/cattle",
        "title_bn": "গ্রামেই পশু চিকিৎসা",
        "title_en": "Animal health camp",
        "service_en": "Faster",
        "district": "kurigram",
        "sector": "livestock",
        "published": "2026-03-01",
        "time_before": "4",
        "visits_before": "2",
        "time_before_unit": "days",
        "visits_before_unit": "visits",
        "time_before_at_least": "false",
        "visits_before_at_least": "false",
        "time_after": "1",
        "visits_after": "1",
        "time_after_unit": "days",
        "visits_after_unit": "visits",
        "time_after_at_least": "false",
        "visits_after_at_least": "false",
        "time_change": "decrease",
        "cost_change": "not-measured",
        "visits_change": "decrease",
        "time_change_percent": "-75",
        "visits_change_percent": "-50",
        "basis_before": "elapsed",
        "basis_after": "elapsed",
        "method": "before-and-after",
        "evidence_level": "4",
        "sample": "120",
        "measured": "2014-06",
        "source_en": "A study",
    }


def test_cost_parts_stand_in_one_cell(site: Site) -> None:
    assert rows(site)[2]["cost_parts_before"] == "fee;travel"


@pytest.mark.parametrize("start", ["=1+1", "+1 day", "-2 days", "@SUM(A1)"])
def test_cell_that_a_table_program_would_run_is_made_harmless(site_of: Site, start: str) -> None:
    record = f'{{service: "{start}", source: A study, before: {{visits: 2}}}}'
    site = site_of.story("cattle", record).published()

    assert rows(site)[0]["service_en"] == f"'{start}"


def test_text_keeps_its_commas_quotation_marks_and_joiners(site_of: Site) -> None:
    record = "{service: 'র‍্যাব, \"এক\"; দুই', source: A study, before: {visits: 2}}"
    site = site_of.story("cattle", record).published()

    assert rows(site)[0]["service_en"] == 'র‍্যাব, "এক"; দুই'


def test_json_holds_the_same_records(site: Site) -> None:
    records = data(site)["records"]

    assert [record["id"] for record in records] == [row["id"] for row in rows(site)]
    assert records[3]["measures"]["time"] == {
        "before": None,
        "after": None,
        "change": {"kind": "percent-only", "percent": -77},
    }


def test_json_brings_its_dictionary_in_both_languages(site: Site) -> None:
    entries = data(site)["dictionary"]

    assert [entry["column"] for entry in entries] == STABLE
    assert entries[0]["meaning"]["en"] == (
        "The record: its story and its number there; it does not change."
    )
    assert {tuple(entry["meaning"]) for entry in entries} == {("bn", "en")}
    by_name = {entry["column"]: entry for entry in entries}
    assert by_name["sample"]["unit"]["en"] == "cases"


def test_every_path_of_the_dictionary_leads_into_a_record(site: Site) -> None:
    roots = {key for record in data(site)["records"] for key in record}

    # What no record of this site has: who measured, where, the year of the taka and the like.
    left_open = {"who", "where", "note", "cost_year", "statistic"}
    assert {path.split(".")[0] for path in COLUMNS.values()} - roots == left_open


def test_empty_register_is_a_header_and_an_empty_list(site_of: Site) -> None:
    site = site_of.story("window").published()

    assert rows(site) == []
    assert data(site)["records"] == []


def test_drafts_are_not_exported(site_of: Site) -> None:
    site = site_of.story("cattle", FASTER, status="draft").published()

    assert rows(site) == []


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/tcv.csv", "text/csv; charset=utf-8; header=present"), ("/tcv.json", "application/json")],
)
def test_other_sites_may_read_it(site: Site, address: str, kind: str) -> None:
    response = site.get(address)

    assert response.headers["Content-Type"] == kind
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_register_is_written_while_it_is_read(site_of: Site) -> None:
    many = ", ".join(FASTER.replace("Faster", f"Faster {n}") for n in range(60))
    site = site_of.story("cattle", many).published()

    with site.app.app_context():
        pieces = csv_pieces(exported(), str)

        assert len(next(pieces).splitlines()) == 51


def test_number_of_queries_does_not_grow_with_the_stories(site_of: Site) -> None:
    counts = []
    for count in (1, 5):
        for number in range(count):
            site_of.story(f"story-{number}", FASTER)
        site_of.published()
        with site_of.app.app_context(), counted_queries() as asked:
            list(exported())
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_dictionary_page_names_every_column(site: Site) -> None:
    assert site.texts("/en/tcv/data", "dt code") == STABLE
