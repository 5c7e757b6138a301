"""What the calculator gives an editor to copy is read again as the same record."""

from hypothesis import given
from pydantic import BaseModel

from showcase.documents.frontmatter import parse, split
from showcase.tcv import TcvRecord
from showcase.tcv.source import to_yaml
from tests.tcv.builders import record
from tests.tcv.strategies import records


class Head(BaseModel):
    tcv: list[TcvRecord]


def read(yaml: str) -> list[TcvRecord]:
    return parse(split("index.md", f"---\n{yaml}---\n".encode()), Head, {}).tcv


def test_record_is_written_as_an_editor_writes_it() -> None:
    one = record(
        before={"time": "2 days", "cost": "2500+ BDT"},
        after={"time": "4 hours"},
        basis="spent",
        cost_parts={"before": ["travel", "wage-loss"]},
        measured="2014-06",
        method="before-and-after",
        sample="120",
        note="no",
    )

    assert to_yaml([one]) == (
        "tcv:\n"
        "  - service:\n"
        '      en: "Treating sick cattle"\n'
        '    before: {time: "2 days", cost: "2500+ BDT"}\n'
        '    after: {time: "4 hours"}\n'
        "    cost_parts: {before: [travel, wage-loss]}\n"
        "    basis: spent\n"
        '    measured: "2014-06"\n'
        "    method: before-and-after\n"
        "    sample: 120\n"
        "    source:\n"
        '      en: "A study"\n'
        "    note:\n"
        '      en: "no"\n'
    )


def test_published_percentage_and_corrections_are_read_again() -> None:
    one = record(
        change={"time": "-77%", "cost": "+12.5%"},
        corrections=[
            {"date": "2026-05-01", "field": "change.time", "was": "-80%", "why": {"en": "A slip"}}
        ],
    )

    assert read(to_yaml([one])) == [one]


@given(records, records)
def test_every_record_is_read_again_as_it_was(one: TcvRecord, other: TcvRecord) -> None:
    assert read(to_yaml([one, other])) == [one, other]
