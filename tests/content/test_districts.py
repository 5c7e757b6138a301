"""The 64 districts of ``content/districts.csv`` against the international codes.

``iso_3166_2_bd.csv`` is a stored copy of the district codes of ISO 3166-2:BD, made from the Debian
package iso-codes 4.15.0 (``iso_3166-2.json``, LGPL-2.1-or-later), which since the renaming of 2018
spells Bogura, Cumilla, Jashore, Chattogram and Barishal as the government does. All 64 names agree
letter by letter, so no table of spelling variants is needed.
"""

import csv
import re
import unicodedata
from pathlib import Path

DISTRICTS = Path(__file__).parents[2] / "content" / "districts.csv"
ISO_CODES = Path(__file__).with_name("iso_3166_2_bd.csv")

# Letters of ISO 3166-2:BD divisions.
DIVISION_CODES = {
    "barishal": "BD-A",
    "chattogram": "BD-B",
    "dhaka": "BD-C",
    "khulna": "BD-D",
    "rajshahi": "BD-E",
    "rangpur": "BD-F",
    "sylhet": "BD-G",
    "mymensingh": "BD-H",
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def column(name: str) -> list[str]:
    return [row[name] for row in rows(DISTRICTS)]


def kebab(name: str) -> str:
    return re.sub("[^a-z]+", "-", name.lower().replace("'", ""))


def cells_by_key() -> dict[str, tuple[int, int]]:
    return {row["key"]: (int(row["x"]), int(row["y"])) for row in rows(DISTRICTS)}


def test_districts_header_is_the_agreed_one() -> None:
    first_line = DISTRICTS.read_text(encoding="utf-8").splitlines()[0]

    assert first_line == "key,iso,division,name_en,name_bn,x,y,site"


def test_districts_are_sixty_four_with_unique_keys_and_names() -> None:
    counts = {name: len(set(column(name))) for name in ("key", "iso", "name_en", "name_bn")}

    assert counts == {"key": 64, "iso": 64, "name_en": 64, "name_bn": 64}
    assert len(rows(DISTRICTS)) == 64


def test_districts_codes_and_english_names_are_those_of_iso_3166_2() -> None:
    ours = {row["iso"]: row["name_en"] for row in rows(DISTRICTS)}

    assert ours == {row["code"]: row["name"] for row in rows(ISO_CODES)}


def test_districts_lie_in_the_division_of_iso_3166_2() -> None:
    ours = {row["iso"]: DIVISION_CODES[row["division"]] for row in rows(DISTRICTS)}

    assert ours == {row["code"]: row["parent"] for row in rows(ISO_CODES)}


def test_districts_keys_are_the_english_names_in_kebab_case() -> None:
    assert column("key") == [kebab(name) for name in column("name_en")]


def test_districts_bangla_names_are_bangla_letters_in_normal_form() -> None:
    strange = [
        name
        for name in column("name_bn")
        if not re.fullmatch("[\u0980-\u09ff]+", name) or unicodedata.normalize("NFC", name) != name
    ]

    assert strange == []


def test_districts_sites_are_those_of_the_national_portal() -> None:
    """Each its own, and by https; the portal keeps some spellings from before 2018."""
    sites = column("site")

    assert len(set(sites)) == 64
    assert [s for s in sites if not re.fullmatch(r"https://www\.[a-z]+\.gov\.bd/", s)] == []


def test_districts_do_not_share_a_cell_of_the_map() -> None:
    cells = cells_by_key()

    assert len(set(cells.values())) == 64


def test_districts_map_has_no_district_off_by_itself() -> None:
    cells = cells_by_key()
    neighbours = {
        key: [k for k, (a, b) in cells.items() if k != key and abs(a - x) <= 1 and abs(b - y) <= 1]
        for key, (x, y) in cells.items()
    }

    assert [key for key, others in neighbours.items() if not others] == []


def test_districts_map_keeps_the_corners_of_the_country() -> None:
    cells = cells_by_key()
    by_row = {key: y for key, (_, y) in cells.items()}

    assert min(by_row, key=by_row.__getitem__) == "panchagarh"
    assert cells["coxs-bazar"] == (max(x for x, _ in cells.values()), max(by_row.values()))
    assert cells["sylhet"][0] > cells["dhaka"][0] > cells["chapai-nawabganj"][0]
    assert cells["satkhira"][1] > cells["jashore"][1] > cells["kushtia"][1]
