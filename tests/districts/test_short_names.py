"""Names short enough for a square of the map."""

import csv

import pytest

from showcase.config import ROOT
from showcase.districts.short_names import short_names


def all_names(language: str) -> list[str]:
    with (ROOT / "content/districts.csv").open(encoding="utf-8", newline="") as file:
        return [row[f"name_{language}"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["Kurigram", "Cox's Bazar"], ["Kur", "Cox"]),
        (["Chandpur", "Chapai Nawabganj", "Chattogram"], ["Chn", "Chp", "Cht"]),
        (["Rangamati", "Rangpur"], ["Rnm", "Rnp"]),
        (["কুড়িগ্রাম", "ঢাকা"], ["কুড়ি", "ঢাকা"]),
        # A joined consonant is one sign and stays whole, with its vowel.
        (["ব্রাহ্মণবাড়িয়া", "লক্ষ্মীপুর", "পঞ্চগড়"], ["ব্রাহ্ম", "লক্ষ্মী", "পঞ্চ"]),
        (["রাজবাড়ী", "রাজশাহী"], ["রাবা", "রাশা"]),
        # Nothing tells these apart in short.
        (["Abc", "Abc"], ["Abc", "Abc"]),
        (["12"], ["12"]),
        ([], []),
    ],
)
def test_name_is_cut_where_it_is_told_apart(names: list[str], short: list[str]) -> None:
    assert short_names(names) == short


@pytest.mark.parametrize("language", ["bn", "en"])
def test_no_two_districts_have_the_same_short_name(language: str) -> None:
    short = short_names(all_names(language))

    assert len(set(short)) == 64


def test_short_bangla_names_end_in_no_half_sign() -> None:
    assert [name for name in short_names(all_names("bn")) if name.endswith("্")] == []
