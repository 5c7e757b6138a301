"""Slips filled in on paper and typed into a sheet: every bad row told, none counted twice."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from showcase.voice.commands import slips
from showcase.voice.models import Slip
from showcase.voice.paper import PaperSlip, Problem, read_sheet
from tests.voice.fair import SLUG, come, make_fair, rows, send

HEADER = "slip,stall,minutes,taka,visits\n"
STALLS = (3, 14)


def read(text: str) -> list[PaperSlip]:
    sheet = read_sheet(text.encode(), STALLS)
    assert sheet.problems == ()
    return list(sheet.slips)


def problem(row: str) -> str:
    """What is said of a bad row between two good ones, which are kept."""
    sheet = read_sheet(f"{HEADER}1,3,5,0,1\n{row}\n2,3,5,0,1\n".encode(), STALLS)
    (found,) = sheet.problems
    assert found.line == 3
    assert [slip.paper for slip in sheet.slips] == ["1", "2"]
    return found.message


def test_a_row_is_a_slip() -> None:
    assert read(HEADER + "A-12,14,45,120,2\n") == [PaperSlip("A-12", 14, 45, 120, 2)]


def test_digits_may_be_bangla_and_numbers_grouped() -> None:
    assert read(HEADER + '১২,১৪,৪৫,"১,২০০",২\n') == [PaperSlip("12", 14, 45, 1_200, 2)]


def test_columns_may_stand_in_any_order_with_capitals_and_a_mark_of_windows() -> None:
    text = "\ufeffStall, SLIP,visits,taka,minutes\r\n14,7,2,120,45\r\n"

    assert read(text) == [PaperSlip("7", 14, 45, 120, 2)]


def test_what_was_left_empty_on_paper_is_not_known() -> None:
    assert read(HEADER + "7,14,,0,\n") == [PaperSlip("7", 14, None, 0, None)]


def test_empty_lines_are_nothing() -> None:
    assert read(HEADER + "\n,,,,\n7,14,1,1,1\n\n") == [PaperSlip("7", 14, 1, 1, 1)]


@pytest.mark.parametrize("typed", ["0012", "০০১২", " 12 ", "00 12"])
def test_a_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert read(f"{HEADER}{typed},14,1,1,1\n")[0].paper == "12"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "9,14,45m,1,1",
            "“45m” is no number of minutes; write a whole number from 0 to 10,080, "
            "or leave it empty",
        ),
        (
            "9,14,1,1000001,1",
            "“1000001” is no number of taka; write a whole number from 0 to 1,000,000, "
            "or leave it empty",
        ),
        (
            "9,14,1,1,0",
            "“0” is no number of visits; write a whole number from 1 to 120, or leave it empty",
        ),
        ("9,20,1,1,1", "“20” is no stall that gives services; write one of 3, 14"),
        ("9,,1,1,1", "“” is no stall that gives services; write one of 3, 14"),
        (
            f"9,{'9' * 400},1,1,1",
            f"“{'9' * 40}” is no stall that gives services; write one of 3, 14",
        ),
        (",14,1,1,1", "“” is no number of a slip; write it as it is printed on the paper"),
        (
            f"{'7' * 21},14,1,1,1",
            f"“{'7' * 21}” is no number of a slip; write it as it is printed on the paper",
        ),
        ("9,14,,,", "no question is answered; write one of minutes, taka, visits"),
        ("9,14,1,1", "4 cells where 5 belong; leave what is unknown empty"),
        ("9,14,1,1,1,1", "6 cells where 5 belong; leave what is unknown empty"),
        ("01,14,1,1,1", "slip 1 stands in line 2 too; delete one of the two"),
    ],
)
def test_a_bad_row_is_told_with_its_remedy(row: str, says: str) -> None:
    assert problem(row) == says


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "write these names into the first line: slip,stall,minutes,taka,visits"),
        (b"1,14,45,120,2\n", "write these names into the first line"),
        (b"slip;stall;minutes;taka;visits\n", "write these names into the first line"),
        (HEADER.encode("utf-16"), "the file is not in UTF-8; save the sheet as “CSV UTF-8”"),
        (b"PK\x03\x04\xff\xfe", "the file is not in UTF-8"),
        (b'slip,stall,"minutes', "this is no CSV"),
    ],
)
def test_a_file_that_is_no_sheet_is_told(content: bytes, says: str) -> None:
    sheet = read_sheet(content, STALLS)

    assert sheet.slips == ()
    (found,) = sheet.problems
    assert found.line == 1
    assert found.message.startswith(says)


def test_a_quote_that_never_ends_is_told_where_the_file_ends() -> None:
    sheet = read_sheet(f'{HEADER}1,14,1,1,1\n2,14,"1,1,1\n'.encode(), STALLS)

    assert sheet.slips == ()
    assert sheet.problems == (Problem(3, "this is no CSV; save the sheet as “CSV UTF-8”"),)


def test_each_of_ten_thousand_bad_rows_is_told() -> None:
    bad = "".join(f"{number},99,1,1,1\n" for number in range(10_000))

    sheet = read_sheet(f"{HEADER}{bad}".encode(), STALLS)

    assert [found.line for found in sheet.problems] == list(range(2, 10_002))


def type_in(app: Flask, folder: Path, text: str, *options: str, event: str = SLUG) -> Result:
    file = folder / "slips.csv"
    file.write_text(HEADER + text, encoding="utf-8")
    return CliRunner().invoke(slips, [event, str(file), *options], obj=lambda: app)


def kept(app: Flask) -> list[tuple[Any, ...]]:
    return rows(app, Slip.paper, Slip.stall, Slip.minutes, Slip.taka, Slip.visits)


def test_the_command_keeps_a_sheet(app: Flask, event: int, tmp_path: Path) -> None:
    result = type_in(app, tmp_path, "1,14,45,120,2\n২,৩,,০,১\n")

    assert (result.exit_code, result.stdout) == (0, "2 new, 0 known before, 0 to mend\n")
    assert kept(app) == [("1", 14, 45, 120, 2), ("2", 3, None, 0, 1)]


def test_typed_again_a_slip_is_put_right_and_not_counted_twice(
    app: Flask, event: int, tmp_path: Path
) -> None:
    type_in(app, tmp_path, "1,14,45,120,2\n")

    result = type_in(app, tmp_path, "001,14,54,120,2\n2,14,10,0,1\n")

    assert result.stdout == "1 new, 1 known before, 0 to mend\n"
    assert kept(app) == [("1", 14, 54, 120, 2), ("2", 14, 10, 0, 1)]


def test_with_a_bad_row_nothing_is_kept(app: Flask, event: int, tmp_path: Path) -> None:
    result = type_in(app, tmp_path, "1,14,45,120,2\n2,20,1,1,1\n")

    assert result.exit_code == 1
    assert ":3: “20” is no stall that gives services; write one of 3, 14\n" in result.stderr
    assert result.stderr.endswith("Nothing was kept.\n")
    assert kept(app) == []


def test_the_good_rows_are_kept_where_the_organiser_says_so(
    app: Flask, event: int, tmp_path: Path
) -> None:
    result = type_in(app, tmp_path, "1,14,45,120,2\n2,20,1,1,1\n", "--keep-good")

    assert (result.exit_code, result.stdout) == (1, "1 new, 0 known before, 1 to mend\n")
    assert kept(app) == [("1", 14, 45, 120, 2)]


def test_the_same_number_at_two_fairs_is_two_slips(app: Flask, event: int, tmp_path: Path) -> None:
    make_fair(app, "rangpur-fair")

    type_in(app, tmp_path, "1,14,45,120,2\n")
    type_in(app, tmp_path, "1,3,45,120,2\n", event="rangpur-fair")

    assert [slip[:2] for slip in kept(app)] == [("1", 14), ("1", 3)]


def test_paper_takes_nothing_from_a_ticket(
    app: Flask, client: FlaskClient, event: int, tmp_path: Path
) -> None:
    visitor = come(app, event)
    send(client, visitor.page("slip"), stall="14", minutes="5")

    type_in(app, tmp_path, "1,14,45,120,2\n")

    assert len(kept(app)) == 2


def test_an_unknown_event_is_told(app: Flask, event: int, tmp_path: Path) -> None:
    result = type_in(app, tmp_path, "1,14,45,120,2\n", event="nowhere")

    assert result.exit_code == 1
    assert "no published event “nowhere”" in result.stderr
