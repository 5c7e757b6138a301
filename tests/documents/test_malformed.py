"""Documents as people and attackers write them: each is told where it is wrong and how to mend."""

from typing import Annotated, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, model_validator

from showcase.documents.fields import (
    Day,
    Flag,
    HttpUrl,
    Misplaced,
    Moment,
    PartialDate,
    Slug,
    Whole,
)
from showcase.documents.frontmatter import parse, parse_yaml_list, split
from showcase.documents.problems import DocumentError
from showcase.documents.render import check_body


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Place(Strict):
    name: str
    url: HttpUrl | None = None


class Fair(Strict):
    title: Annotated[str, Field(max_length=30)]
    kind: Literal["fair", "summit", "training"] = "fair"
    starts: Moment | None = None
    ends: Moment | None = None
    published: Day | None = None
    began: PartialDate = PartialDate()
    sample: Flag = False
    seats: Whole | None = None
    lat: float | None = None
    slug: Slug | None = None
    places: list[Place] = []
    venue: Place | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Fair":
        if self.starts and self.ends and self.ends <= self.starts:
            raise Misplaced("ends", "the fair ends before it starts; write a later time")
        return self


def front(*lines: str) -> bytes:
    return "\n".join(["---", *lines, "---", "Text."]).encode()


def told(raw: bytes) -> list[str]:
    """Each problem as ``line:column: beginning``."""
    try:
        source = split("a.md", raw)
        parse(source, Fair, {"language": "en"})
        problems = check_body("a.md", source.body, source.body_line)
    except DocumentError as error:
        problems = list(error.problems)
    return [str(problem).removeprefix("a.md:") for problem in problems]


FILES = {
    "nothing": (b"", "1:1: the front matter is missing"),
    "only a body": (b"Hello\n", "1:1: the front matter is missing"),
    "empty lines first": (b"\n\n---\ntitle: A\n---\n", "1:1: there are empty lines above"),
    "a dash of a word processor": ("———\ntitle: A\n".encode(), "1:1: “———” opens no front matter"),
    "four hyphens": (b"----\ntitle: A\n----\n", "1:1: “----” opens no front matter"),
    "no end": (b"---\ntitle: A\n", "1:1: the front matter has no end"),
    "latin-1": (b"---\ntitle: caf\xe9\n---\n", "2:11: the byte 0xE9 is no UTF-8"),
    "latin-1 after Bangla": ("---\ntitle: ভূমি ".encode() + b"\xff\n---\n", "2:13: the byte 0xFF"),
    "cut in a letter": (front("title: A") + "ক".encode()[:2], "4:6: the byte 0xE0 is no UTF-8"),
    "utf-16": ("---\ntitle: A\n---\n".encode("utf-16"), "1:1: the file is UTF-16"),
    "nul": (front("title: A\0B"), "2:9: an invisible character stands here (U+0000, NUL)"),
    "nul in the body": (front("title: A") + b"\n\nB\0", "6:2: an invisible character"),
    "bell": (front("title: \x07A"), "2:8: an invisible character stands here (U+0007"),
    "line separator": (front("title: A\u2028B"), "2:9: an invisible character stands here (U+2028"),
    "a mark of another file": (
        front("title: A", "\ufeffkind: fair"),
        "3:1: an invisible character",
    ),
    "a non-character": (front("title: \ufffe"), "2:8: an invisible character stands here (U+FFFE"),
    "after carriage returns": (b"---\r\ntitle: A\x00\r\n---\r\n", "2:9: an invisible character"),
    "a long line": (
        front("title: A") + b"\n" + b"x" * 1_000_000,
        "5:20001: the line has 1,000,000",
    ),
    "a large file": (front("title: A") + b"\nx" * 600_000, "1:1: the file is 1.1 MiB large"),
    "a large body": (front("title: A") + b"\nxxx" * 70_000, "4:1: the text is 273 KiB large"),
    "a large head": (
        front("title: A", *["# x"] * 70_000),
        "1:1: the front matter is 273 KiB large",
    ),
}

LINES = {
    "empty": ([], "2:1: the front matter must be keys with texts"),
    "only a comment": (["# title"], "2:1: the front matter must be keys with texts"),
    "a list": (["- title"], "2:1: the front matter must be keys with texts"),
    "a word": (["title"], "2:1: the front matter must be keys with texts"),
    "a tab": (["title: A", "venue:", "\tname: B"], "4:1: a tab stands at the beginning"),
    "a tab in a text": (["title: |", "  A", "\tB"], "4:1: a tab stands at the beginning"),
    "a tab first": (["\ttitle: A"], "2:1: a tab stands at the beginning of the line"),
    "a colon in a text": (["title: A: B"], "2:9: a “:” stands where none can"),
    "no space after the colon": (["title:A"], "2:1: the front matter must be keys with texts"),
    "no space after a later colon": (["title: A", "kind:fair"], "3:1: this is no “key: text”"),
    "no colon": (["title: A", "kind fair"], "3:1: this is no “key: text”"),
    "an open quotation": (['title: "A', "kind: fair"], "2:8: the quotation mark is never closed"),
    "an open single quotation": (["title: 'A"], "2:8: the quotation mark is never closed"),
    "text after a quotation": (["title: 'A' B"], "2:12: this line does not fit those above"),
    "an unknown escape": (['title: "\\q"'], "2:9: “\\” has a meaning of its own"),
    "an open list": (["title: A", "places: [a, b"], "3:9: the list “[” is not closed"),
    "an open bracket": (["title: A", "venue: {name: B"], "3:8: the bracket “{” is not closed"),
    "a comma that leads nowhere": (["title: ,"], "2:8: a text cannot begin with “,”"),
    "an at sign": (["title: @A"], "2:8: a text cannot begin with “@”"),
    "a backtick": (["title: `A`"], "2:8: a text cannot begin with “`”"),
    "a percent sign": (["title: %A"], "2:8: a text cannot begin with “%”"),
    "stars around a word": (["title: *A* b"], "2:8: a text cannot begin with “*”"),
    "a list on the line of its key": (["title: - A"], "2:8: a list cannot begin here"),
    "a list beside keys": (["title: A", "- B"], "3:1: this line does not fit those above"),
    "a key in a list": (["- A", "title: B"], "3:1: this line stands in a list but is no item"),
    "wrong indentation": (["title: A", "  kind: fair"], "3:7: a “:” stands where none can"),
    "too little indentation": (
        ["title: A", "places:", "   - name: B", "  url: C"],
        "5:3: this line does not fit those above",
    ),
    "dots": (["title: A", "...", "kind: fair"], "4:1: this line does not continue the one above"),
    "two documents": (["title: A", "--- kind"], "3:1: a second document begins here"),
    "an anchor": (["title: &a A"], "2:8: “&a” has a meaning of its own in YAML"),
    "an alias": (["title: A", "slug: *a"], "3:7: “*a” has a meaning of its own in YAML"),
    "a bomb of aliases": (
        ["title: A", "a: &a [x, x]", "b: &b [*a, *a]", "c: [*b, *b]"],
        "3:1: there is no key “a”",
    ),
    "a tag": (["title: !!python/object:os.system A"], "2:8: “!!python/object:os.system” has"),
    "an exclamation mark": (["title: ! A"], "2:8: “!” has a meaning of its own in YAML"),
    "a key twice": (
        ["title: A", "title: B"],
        "3:1: the key “title” is here twice, first in line 2",
    ),
    "an inner key twice": (
        ["title: A", "venue: {name: B, name: C}"],
        "3:18: the key “name” is here twice, first in line 3",
    ),
    "a key in two encodings": (
        ["title: A", "\u09df: 1", "\u09af\u09bc: 2"],
        "3:1: there is no key “\u09af\u09bc”",
    ),
    "a list as a key": (["? [a]", ": b"], "2:3: a key must be one word"),
    "braces of a template": (["title: {{ name }}"], "2:9: a key must be one word"),
    "21 lists deep": (["title: " + "[" * 20], "2:27: lists and keys stand more than 20 deep"),
    "2,000 lists deep": (["title: " + "[" * 2_000], "2:1007: lists and keys stand too deep"),
    "too many pieces": (
        ["places:", *["- a"] * 20_000],
        "20000:3: there are more than 20,000 pieces",
    ),
    "no title": (["kind: fair"], "2:1: the key “title” is missing; write “title: …”"),
    "an empty title": (["title:"], "2:7: title: there is nothing here"),
    "a long title": (["title: " + "x" * 31], "2:8: title: the text has 31 characters; at most 30"),
    "a list as title": (["title: [A]"], "2:8: title: write one text here"),
    "an unknown key": (
        ["title: A", "knd: fair"],
        "3:1: there is no key “knd”; did you mean “kind”?",
    ),
    "a capital": (["title: A", "Kind: fair"], "3:1: there is no key “Kind”; did you mean “kind”?"),
    "a key that nobody knows": (["title: A", "zzz: 1"], "3:1: there is no key “zzz”; delete it."),
    "a merge": (["title: A", "<<: {kind: fair}"], "3:1: there is no key “<<”; delete it."),
    "an unknown kind": (
        ["title: A", "kind: fairs"],
        "3:7: kind: “fairs” is not known; write one of: fair, training, summit",
    ),
    "month 13": (
        ["title: A", "published: 2024-13-02"],
        "3:12: published: “2024-13-02” is no date; write year-month-day, such as 2027-12-31",
    ),
    "30 February": (
        ["title: A", "published: 2024-02-30"],
        "3:12: published: “2024-02-30” is no date",
    ),
    "the day first": (
        ["title: A", "published: 31-12-2027"],
        "3:12: published: “31-12-2027” is no date; write it as 2027-12-31",
    ),
    "the day first in Bangla": (
        ["title: A", "published: ৩১/১২/২০২৭"],
        "3:12: published: “31/12/2027” is no date; write it as 2027-12-31",
    ),
    "a name of a month": (
        ["title: A", "published: 1 May 2027"],
        "3:12: published: “1 May 2027” is no",
    ),
    "a year of antiquity": (["title: A", "published: 0001-01-01"], "3:12: published: “0001-01-01”"),
    "25 o'clock": (
        ["title: A", "starts: 2027-01-14 25:00"],
        "3:9: starts: “2027-01-14 25:00” is no date and time",
    ),
    "a date with a zone": (
        ["title: A", "starts: 2027-01-14T09:00Z"],
        "3:9: starts: “2027-01-14T09:00Z”",
    ),
    "an end before the start": (
        ["title: A", "starts: 2027-01-14 09:00", "ends: 2027-01-13"],
        "4:7: ends: the fair ends before it starts",
    ),
    "half a month": (
        ["title: A", "began: 2014-3"],
        "3:8: began: “2014-3” is no date; write as much",
    ),
    "a list as a date": (["title: A", "began: [2014]"], "3:8: began: write a date here"),
    "a perhaps": (["title: A", "sample: true"], "3:9: sample: “true” is neither; write yes or no"),
    "a number in words": (["title: A", "seats: many"], "3:8: seats: “many” is no whole number"),
    "a negative number": (["title: A", "seats: -5"], "3:8: seats: “-5” is no whole number"),
    "a number beyond all columns": (
        ["title: A", "seats: 99999999999"],
        "3:8: seats: “99999999999”",
    ),
    "a fraction": (["title: A", "seats: ১২.৫"], "3:8: seats: “12.5” is no whole number"),
    "a wrong latitude": (["title: A", "lat: north"], "3:6: lat: “north” is no number"),
    "a slug with spaces": (
        ["title: A", "slug: Animal Health"],
        "3:7: slug: “Animal Health” is no short name; write small letters, digits and hyphens, "
        "such as “animal-health”",
    ),
    "a slug that climbs": (
        ["title: A", "slug: ../etc/passwd"],
        "3:7: slug: “../etc/passwd” is no short",
    ),
    "a text for a list": (["title: A", "places: Kurigram"], "3:9: places: write a list here"),
    "a text for a mapping": (["title: A", "venue: Kurigram"], "3:8: venue: write keys with texts"),
    "an address without a scheme": (
        ["title: A", "venue: {name: B, url: example.org}"],
        "3:23: url: “example.org” is no web address",
    ),
    "an address that is a script": (
        ["title: A", "venue: {name: B, url: 'javascript:alert(1)'}"],
        "3:23: url: “javascript:alert(1)” is no web address",
    ),
    "an address with a password": (
        ["title: A", "venue: {name: B, url: 'https://a:b@c.org'}"],
        "3:23: url: a web address here may hold no user name",
    ),
    "an address with broken brackets": (
        ["title: A", "venue: {name: B, url: 'http://[::1'}"],
        "3:23: url: “http://[::1” is no web address",
    ),
    "an item without its name": (
        ["title: A", "places:", "- url: https://a.org"],
        "4:3: the key “name” is missing in “places”; write “name: …”",
    ),
    "an unknown key of an item": (
        ["title: A", "places:", "- {name: B, ur: C}"],
        "4:13: there is no key “ur”; did you mean “url”? The keys here are: name, url",
    ),
}


@pytest.mark.parametrize(("raw", "beginning"), FILES.values(), ids=FILES)
def test_malformed_file_is_told_with_its_place(raw: bytes, beginning: str) -> None:
    assert [problem[: len(beginning)] for problem in told(raw)] == [beginning]


@pytest.mark.parametrize(("lines", "beginning"), LINES.values(), ids=LINES)
def test_malformed_front_matter_is_told_with_its_place(lines: list[str], beginning: str) -> None:
    problems = told(front(*lines))

    assert problems[0][: len(beginning)] == beginning


def test_all_problems_are_told_at_once_in_order() -> None:
    raw = front("kind: fairs", "seats: x", "seats: 5", "venue: {nme: B}")

    assert told(raw) == [
        "2:1: the key “title” is missing; write “title: …”",
        "2:7: kind: “fairs” is not known; write one of: fair, training, summit",
        "3:8: seats: “x” is no whole number; write digits only, such as 120",
        "4:1: the key “seats” is here twice, first in line 3; keep one of them",
        "5:8: the key “name” is missing in “venue”; write “name: …”",
        "5:9: there is no key “nme”; did you mean “name”? The keys here are: name, url",
    ]


def test_thousands_of_problems_are_cut() -> None:
    raw = front("title: A", "places:", *["- {nam: x}"] * 6_000)

    assert len(told(raw)) == 100


@pytest.mark.parametrize(
    ("raw", "beginning"),
    [
        (b"", "1:1: the file must be a list"),
        (b"name: A\n", "1:1: the file must be a list"),
        (b"- name: A\n- nme: B\n", "2:3: the key “name” is missing"),
        (b"- name: A\n  url: x\n", "2:8: url: “x” is no web address"),
        (b"- name: A\n- [\n", "3:1: a list “[” or bracket “{” above is not closed"),
        (b"- name: \0\n", "1:9: an invisible character stands here"),
    ],
)
def test_malformed_list_is_told_with_its_place(raw: bytes, beginning: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_yaml_list("a.md", raw, Place)

    assert str(caught.value.problems[0]).removeprefix("a.md:")[: len(beginning)] == beginning


VALID = front(
    "title: Fair of ভূমি",
    "kind: summit",
    "starts: 2027-01-14 09:00",
    "places: [{name: A, url: https://a.org}, {name: B}]",
    "sample: yes",
).decode()
PIECES = st.sampled_from(
    ["[", "{", "&a ", "*a", "!x ", "\t", "\r", "\0", ":", "- ", "'", '"', "|", ">"]
)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    told(raw)
    told(b"---\n" + raw + b"\n---\n" + raw)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_mutated_document_is_read_or_refused(data: st.DataObject) -> None:
    text = VALID
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 6)))
        text = text[:start] + data.draw(PIECES | st.text(max_size=4)) + text[end:]

    for problem in told(text.encode("utf-8", "surrogatepass")):
        line, column, _message = problem.split(":", 2)
        assert 1 <= int(line) <= text.count("\n") + text.count("\r") + 2
        assert int(column) >= 1
