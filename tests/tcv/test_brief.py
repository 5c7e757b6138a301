"""A record in few words leaves out words, never the truth."""

import pytest

from showcase.tcv.brief import brief, leading
from showcase.tcv.jsonld import dataset_jsonld
from tests.tcv.builders import record

SMALL = record(before={"time": "4 hours"}, after={"time": "3 hours"})
LARGE = record(before={"time": "2 days"}, after={"time": "1 days"})
WORSE = record(before={"visits": "1"}, after={"visits": "2"}, note="A new counter")
BEFORE_ONLY = record(before={"time": "2 days"})


def test_record_of_the_largest_change_stands_for_all() -> None:
    assert leading([BEFORE_ONLY, SMALL, LARGE]) is LARGE


def test_change_for_the_worse_is_as_large_as_one_for_the_better() -> None:
    assert leading([SMALL, LARGE, WORSE]) is WORSE


def test_first_record_stands_for_all_where_nothing_changed() -> None:
    other = record(before={"cost": "5 BDT"})

    assert leading([BEFORE_ONLY, other]) is BEFORE_ONLY
    assert leading([]) is None


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"before": {"time": "2 days"}, "after": {"time": "1 days"}},
            ("2 days", "1 day", "", "50% less", "less"),
        ),
        ({"change": {"time": "-77%"}}, ("", "", "percent only", "77% less", "less")),
        (
            {"before": {"time": "2 days"}, "change": {"time": "-77%"}},
            ("2 days", "not given", "", "77% less", "less"),
        ),
        (
            {"before": {"time": "2 days"}},
            ("2 days", "not measured", "", "unknown", "unknown"),
        ),
        ({"before": {"cost": "5 BDT"}}, ("", "", "not measured", "", "unknown")),
        (
            {"before": {"time": "2 working days"}, "after": {"time": "3 hours"}},
            ("2 working days", "3 hours", "", "not comparable", "refused"),
        ),
        (
            {"before": {"time": "2 days"}, "after": {"time": "2 days"}},
            ("2 days", "2 days", "", "no change", "same"),
        ),
    ],
)
def test_measure_is_told_with_its_values_or_with_why_there_are_none(
    fields: dict[str, object], told: tuple[str, ...]
) -> None:
    row = brief(record(**fields), "en").rows[0]

    assert (row.before, row.after, row.instead, row.change, row.tone) == told


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("fields", "evidence", "sample"),
    [
        (
            {"method": "independent", "sample": "1200"},
            "Evidence 5 of 5: independent",
            "sample: 1,200",
        ),
        ({"method": "independent"}, "Evidence 1 of 5: claimed", "sample not stated"),
    ],
)
def test_evidence_and_sample_are_always_told(
    fields: dict[str, str], evidence: str, sample: str
) -> None:
    told = brief(record(before={"time": "2 days"}, **fields), "en")

    assert (told.evidence, told.sample) == (evidence, sample)
    assert f"{told.level} of {told.highest}" in evidence


def test_dataset_has_what_search_engines_for_data_require(context: None) -> None:
    """schema.org/Dataset as Google reads it: a name, and 50 to 5,000 characters about it."""
    data = dataset_jsonld(
        url="https://example.org/tcv",
        downloads={"text/csv": "https://example.org/tcv.csv"},
        records=7,
    )

    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "Dataset"
    assert data["name"]
    assert 50 <= len(data["description"]) <= 5000
    assert data["distribution"] == [
        {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": "https://example.org/tcv.csv",
        }
    ]
    assert data["size"] == "7"
    assert "dateModified" not in data
