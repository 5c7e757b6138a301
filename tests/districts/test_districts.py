"""``districts.csv``: what is accepted, and names in two languages."""

from typing import get_args

import pytest
from flask import Flask

from showcase.config import ROOT
from showcase.districts.fields import Division, read_districts
from showcase.districts.queries import all_districts, district_name
from showcase.documents.problems import DocumentError
from tests.documents.folder import Folder, publish

HEADER = "key,iso,division,name_en,name_bn,x,y\n"
NO_HEADER = (
    f"1:1: the first line must name the columns; write {HEADER.strip()} and, if you like, site"
)
KURIGRAM = "kurigram,BD-28,rangpur,Kurigram,কুড়িগ্রাম,4,0\n"


def complaints(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read_districts("districts.csv", text.encode())
    return [str(problem).removeprefix("districts.csv:") for problem in caught.value.problems]


def test_row_is_read_with_either_digits_and_line_ends() -> None:
    plain = read_districts("districts.csv", (HEADER + KURIGRAM).encode())
    other = HEADER + KURIGRAM.replace(",4,0", ",৪,০")

    assert read_districts(
        "districts.csv", b"\xef\xbb\xbf" + other.replace("\n", "\r\n").encode()
    ) == (plain)
    assert (plain[0].key, plain[0].x, plain[0].y) == ("kurigram", 4, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", NO_HEADER),
        ("key,iso\n", NO_HEADER),
        (
            HEADER + "kurigram,BD-28\n",
            f"2:1: the line has 2 columns; write these 7: {HEADER.strip()}",
        ),
        (
            HEADER + KURIGRAM.replace("BD-28", "BD-2x"),
            "2:10: iso: “BD-2x” is no ISO 3166-2 code; write BD-01 to BD-64",
        ),
        (
            HEADER + KURIGRAM.replace("rangpur", "rangpor"),
            "2:16: division: “rangpor” is not known; write one of: "
            "rangpur, barishal, rajshahi, chattogram, mymensingh, dhaka, khulna, sylhet",
        ),
        (
            HEADER + KURIGRAM.replace(",4,", ",west,"),
            "2:44: x: “west” is no whole number; write digits only, such as 120",
        ),
        (
            HEADER + "\n" + KURIGRAM.replace("Kurigram", ""),
            "3:24: name_en: the text has 0 characters; at least 1",
        ),
        (
            HEADER + KURIGRAM + KURIGRAM.replace("BD-28", "BD-29").replace("4,0", "4,1"),
            "3:1: kurigram has the key of kurigram; use each once",
        ),
        (
            HEADER + KURIGRAM + "rangpur,BD-28,rangpur,Rangpur,রংপুর,4,0\n",
            "3:1: rangpur has the code of kurigram; use each once|"
            "3:1: rangpur has the square of kurigram; use each once",
        ),
        (
            HEADER + '"kurigram,BD-28\n',
            "2:1: this line cannot be read (unexpected end of data); check its quotation marks",
        ),
        (
            HEADER + "\n".join(['"', *["a" * 10_000] * 20]),
            "2:1: this line cannot be read (field larger than field limit (131072)); "
            "check its quotation marks",
        ),
    ],
    ids=range(11),
)
def test_fault_is_told_at_its_place(text: str, told: str) -> None:
    assert complaints(text) == told.split("|")


def test_address_of_the_administration_may_be_left_out() -> None:
    header = HEADER.replace("y\n", "y,site\n")
    rangpur = "rangpur,BD-55,rangpur,Rangpur,রংপুর,2,2,\n"

    rows = read_districts(
        "districts.csv",
        (header + KURIGRAM.replace("0\n", "0,https://www.kurigram.gov.bd/\n") + rangpur).encode(),
    )

    assert [row.site for row in rows] == ["https://www.kurigram.gov.bd/", None]
    assert complaints(header + KURIGRAM.replace("0\n", "0,kurigram\n")) == [
        "2:48: site: “kurigram” is no web address; "
        "write it in full, such as https://example.org/page"
    ]


def test_every_faulty_line_is_told_with_its_own_number() -> None:
    lines = ["a,BD-1,dhaka,A,A,0,0", "", "b,BD-02,dhaka,B,B,0,0", "c,BD-02,dhaka,C,C,0,1"]

    assert complaints(HEADER + "\n".join(lines)) == [
        "2:3: iso: “BD-1” is no ISO 3166-2 code; write BD-01 to BD-64",
        "5:1: c has the code of b; use each once",
    ]


def test_launch_content_has_the_64_districts_of_8_divisions() -> None:
    raw = (ROOT / "content/districts.csv").read_bytes()

    rows = read_districts("districts.csv", raw)

    assert len(rows) == 64
    assert {row.division for row in rows} == set(get_args(Division))


def test_district_is_called_by_its_name(app: Flask, folder: Folder) -> None:
    folder.write("districts.csv", HEADER + KURIGRAM)
    with app.app_context():
        publish(folder)
    with app.app_context():
        assert list(all_districts()) == ["kurigram"]
        assert district_name("kurigram", "bn") == "কুড়িগ্রাম"
        assert district_name("kurigram", "en") == "Kurigram"
        assert district_name("rangpur", "en") is None
        assert district_name(None, "en") is None
