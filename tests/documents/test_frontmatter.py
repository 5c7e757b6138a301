"""Front matter as it should be: what a schema gets, whatever editor saved the file."""

from datetime import UTC, date, datetime

import pytest
from pydantic import BaseModel, ConfigDict, TypeAdapter

from showcase.documents.fields import Day, Flag, HttpUrl, Moment, PartialDate, Slug, Whole
from showcase.documents.frontmatter import Source, parse, parse_yaml_list, split
from showcase.documents.problems import DocumentError, Problem
from showcase.words import Words


class Loose(BaseModel):
    model_config = ConfigDict(extra="allow")

    title: Words


def test_split_tells_where_each_part_begins() -> None:
    raw = b"---\ntitle: A\nsample: yes\n---\n\n## One\n"

    assert split("a.md", raw) == Source("a.md", "title: A\nsample: yes\n", 2, "\n## One\n", 5)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf---\ntitle: A\n---\nB\n",
        b"---\r\ntitle: A\r\n---\r\nB\r\n",
        b"---\rtitle: A\r---\rB\r",
        b"---  \ntitle: A\n---\t\nB\n",
    ],
    ids=["byte-order mark", "windows", "old macintosh", "spaces after the hyphens"],
)
def test_split_reads_files_of_every_editor(raw: bytes) -> None:
    assert split("a.md", raw) == Source("a.md", "title: A\n", 2, "B\n", 4)


def test_split_reads_a_document_without_text() -> None:
    assert split("a.md", b"---\ntitle: A\n---") == Source("a.md", "title: A\n", 2, "", 4)


def test_split_brings_two_encodings_of_a_letter_together() -> None:
    one = split("a.md", "---\ntitle: \u09df\n---\n\u09cb".encode())
    other = split("a.md", "---\ntitle: \u09af\u09bc\n---\n\u09c7\u09be".encode())

    assert one == other


def test_a_third_line_of_hyphens_is_text() -> None:
    assert split("a.md", b"---\ntitle: A\n---\nB\n\n---\nC").body == "B\n\n---\nC"


def test_everything_written_stays_text() -> None:
    source = split(
        "a.md", b"---\ntitle: no\nphone: 01711000000\nat: 12:30\nday: 2024-13-02\nnull: ~\n---\n"
    )

    parsed = parse(source, Loose, {"language": "en"})

    assert parsed.model_dump() == {
        "title": {"en": "no"},
        "phone": "01711000000",
        "at": "12:30",
        "day": "2024-13-02",
        "null": "~",
    }


def test_the_language_of_a_document_reaches_its_words() -> None:
    source = split("a.md", "---\ntitle: ভূমি\n---\n".encode())

    assert parse(source, Loose, {"language": "bn"}).title.root == {"bn": "ভূমি"}


def test_a_plain_list_is_read() -> None:
    assert parse_yaml_list(
        "f.yaml", b"- title: A\n- title: {bn: B}\n", Loose, {"language": "en"}
    ) == [
        Loose(title=Words({"en": "A"})),
        Loose(title=Words({"bn": "B"})),
    ]


def test_an_empty_list_is_read() -> None:
    assert parse_yaml_list("f.yaml", b"[]\n", Loose) == []


def test_a_problem_reads_as_a_place_and_a_remedy() -> None:
    with pytest.raises(DocumentError) as caught:
        split("stories/pond/index.md", b"---\n")

    assert caught.value.problems == (
        Problem(
            "stories/pond/index.md",
            1,
            1,
            "the front matter has no end; write a line “---” below its last key",
        ),
    )
    assert str(caught.value) == (
        "stories/pond/index.md:1:1: the front matter has no end; "
        "write a line “---” below its last key"
    )


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        (Flag, "yes", True),
        (Flag, "no", False),
        (Whole, "120", 120),
        (Whole, "১২০", 120),
        (Whole, " 7 ", 7),
        (Day, "2026-03-01", date(2026, 3, 1)),
        (Day, "২০২৬-০৩-০১", date(2026, 3, 1)),
        (Day, "2028-02-29", date(2028, 2, 29)),
        (Moment, "2027-01-14 09:00", datetime(2027, 1, 14, 3, 0, tzinfo=UTC)),
        (Moment, "২০২৭-০১-১৪ ০৯:০০", datetime(2027, 1, 14, 3, 0, tzinfo=UTC)),
        (Moment, "2027-01-14T18:30", datetime(2027, 1, 14, 12, 30, tzinfo=UTC)),
        (Moment, "2027-01-14", datetime(2027, 1, 13, 18, 0, tzinfo=UTC)),
        (PartialDate, "2014", PartialDate(2014)),
        (PartialDate, "২০১৪-০৩", PartialDate(2014, 3)),
        (PartialDate, "2014-03-21", PartialDate(2014, 3, 21)),
        (PartialDate, "unknown", PartialDate()),
        (Slug, "animal-health-camp", "animal-health-camp"),
        (Slug, "ভূমি-সেবা-১২", "ভূমি-সেবা-12"),
        (Slug, "র\u200d্যাব", "র্যাব"),
        (HttpUrl, "https://example.org/সেবা/১২?a=b#c", "https://example.org/সেবা/১২?a=b#c"),
        (HttpUrl, "http://localhost:5000/", "http://localhost:5000/"),
    ],
)
def test_fields_read_what_people_write(kind: type, written: str, read: object) -> None:
    assert TypeAdapter(kind).validate_python(written) == read


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Flag, True), (Whole, 5), (Day, date(2026, 3, 1)), (PartialDate, PartialDate(2014))],
)
def test_fields_keep_values_made_by_code(kind: type, value: object) -> None:
    assert TypeAdapter(kind).validate_python(value) == value


def test_partial_dates_sort_with_the_unknown_first() -> None:
    dates = [PartialDate(2015), PartialDate(2014, 3, 2), PartialDate(), PartialDate(2014, 3)]

    assert [str(day) for day in sorted(dates)] == ["unknown", "2014-03", "2014-03-02", "2015"]


def test_a_partial_date_is_text_in_json() -> None:
    adapter = TypeAdapter(list[PartialDate])

    assert adapter.dump_json([PartialDate(2014, 3), PartialDate()]) == b'["2014-03","unknown"]'
    assert adapter.validate_json(b'["2014-03","unknown"]') == [PartialDate(2014, 3), PartialDate()]


def test_a_partial_date_knows_whether_it_is_known() -> None:
    assert [PartialDate(2014).known, PartialDate().known] == [True, False]
