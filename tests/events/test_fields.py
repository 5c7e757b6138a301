"""The front matter of an event: what is accepted, what is refused and in which words."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from showcase.documents.frontmatter import parse, split
from showcase.documents.problems import DocumentError
from showcase.events.fields import EventFields, references

# The sample of the design, its dots filled in, below the keys that all documents have.
SAMPLE = """---
language: en
summary: Three days on which the offices of the district show what they do.
status: published
published: 2026-10-20
title: Kurigram District Innovation Fair 2027
kind: fair
district: kurigram
venue: {name: College Field, address: College Road, lat: 25.81, lon: 89.64}
starts: 2027-01-14 09:00
ends: 2027-01-16 18:00
registration: {opens: 2026-12-01, closes: 2027-01-13 18:00, seats: 500, held_for_walk_ins: 50, \
party_max: 10, waiting_list: yes, approval: no}
sessions: [{key: land-records, title: Land records, starts: 2027-01-14 11:00, \
ends: 2027-01-14 12:00, seats: 60, track: Land}]
questions: [{key: school, label: Your school, kind: text, required: no, sessions: [land-records]}]
stalls: [{number: 14, pavilion: Land, office: Land office, story: animal-health-camp, \
services: [Mutation]}]
state: announced
---
"""


def read(text: str) -> EventFields:
    return parse(split("index.md", text.encode()), EventFields, {})


def complaints(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read(text)
    return [str(problem).removeprefix("index.md:") for problem in caught.value.problems]


def test_sample_of_the_design_is_accepted_word_for_word() -> None:
    fields = read(SAMPLE)

    assert fields.starts == datetime(2027, 1, 14, 3, 0, tzinfo=UTC)
    assert fields.registration
    assert fields.registration.opens == datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
    assert fields.registration.waiting_list is True
    assert fields.registration.approval is False
    assert (fields.venue.lat, fields.venue.lon) == (Decimal("25.81"), Decimal("89.64"))
    assert [question.sessions for question in fields.questions] == [["land-records"]]
    assert fields.sample is False


@pytest.mark.parametrize("kind", ["summit", "fair", "circle", "showing", "training"])
@pytest.mark.parametrize("state", ["announced", "postponed", "cancelled"])
def test_every_kind_and_state_of_the_design_is_accepted(kind: str, state: str) -> None:
    text = SAMPLE.replace("kind: fair", f"kind: {kind}")

    fields = read(text.replace("state: announced", f"state: {state}"))

    assert (fields.kind, fields.state) == (kind, state)


def test_fields_are_the_same_after_storing() -> None:
    fields = read(SAMPLE)

    stored: dict[str, Any] = fields.model_dump(mode="json")

    assert EventFields.model_validate(stored) == fields
    assert EventFields.model_validate(stored).model_dump(mode="json") == stored


def test_bangla_digits_are_read_everywhere() -> None:
    bangla = SAMPLE.translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))

    assert read(bangla.replace("২০২৭\n", "2027\n", 1)) == read(SAMPLE)


def test_sample_event_says_so() -> None:
    assert read(SAMPLE.replace("state: announced", "sample: yes")).sample is True


def test_mentions_are_told_with_their_place() -> None:
    assert [tuple(reference) for reference in references(read(SAMPLE))] == [
        (("district",), "district", "kurigram"),
        (("stalls", 0, "story"), "story", "animal-health-camp"),
    ]
    after = (
        "awards: [{title: Best, to: A, story: camp}]\nproceedings: [{title: A talk, story: pond}]"
    )
    assert [tuple(found) for found in references(read(SAMPLE.replace("state: announced", after)))][
        2:
    ] == [
        (("awards", 0, "story"), "story", "camp"),
        (("proceedings", 0, "story"), "story", "pond"),
    ]


def place_after(text: str, mark: str) -> str:
    """Line and column of what follows ``mark``, as an editor counts."""
    before = text[: text.index(mark) + len(mark)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


WRONG = [
    (
        "state: announced",
        "awards: [{title: Best, to: Land office, stall: 8}]",
        "awards: ",
        "awards: there is no stall 8; write the number of one of the stalls",
    ),
    (
        "state: announced",
        "proceedings: [{title: A talk, url: example.org}]",
        "url: ",
        "url: “example.org” is no web address; write it in full, such as https://example.org/page",
    ),
    (
        "state: announced",
        "series: Kurigram Fair",
        "series: ",
        "series: “Kurigram Fair” is no short name; write small letters, digits and hyphens, "
        "such as “kurigram-fair”",
    ),
    (
        "seats: 60, track: Land",
        "opens: 2027-01-03, closes: 2027-01-02",
        "opens: 2027-01-03, closes: ",
        "closes: registration closes before it opens; swap the two",
    ),
    (
        "seats: 60, track: Land",
        "closes: 2027-01-14 12:01",
        "12:00, closes: ",
        "closes: registration closes after the end; write an earlier time",
    ),
    (
        "state: announced",
        "voting: {opens: 2027-01-16, closes: 2027-01-15, categories: [{key: best, label: Best}]}",
        "2027-01-16, closes: ",
        "closes: the vote closes before it opens; swap the two",
    ),
    (
        "ends: 2027-01-16 18:00",
        "ends: 2027-01-14 09:00",
        "ends: ",
        "ends: the event ends before it starts; swap the two",
    ),
    (
        "closes: 2027-01-13 18:00",
        "closes: 2026-11-30",
        "closes: ",
        "closes: registration closes before it opens; swap the two",
    ),
    (
        "held_for_walk_ins: 50",
        "held_for_walk_ins: 501",
        "held_for_walk_ins: ",
        "held_for_walk_ins: more than the 500 seats there are; write fewer",
    ),
    (
        "party_max: 10",
        "party_max: 11",
        "party_max: ",
        "party_max: “11” cannot be; write a number, at most 10",
    ),
    ("seats: 500", "seats: 0", "seats: ", "seats: “0” cannot be; write a number, at least 1"),
    ("lat: 25.81", "lat: 89.64", "lat: ", "lat: “89.64” cannot be; write a number, at most 27"),
    ("lon: 89.64", "lon: 25.81", "lon: ", "lon: “25.81” cannot be; write a number, at least 88"),
    (
        "lat: 25.81",
        "lat: north",
        "lat: ",
        "lat: “north” is no position; write degrees, such as 25.81",
    ),
    (
        "ends: 2027-01-14 12:00",
        "ends: 2027-01-14 10:00",
        "starts: 2027-01-14 11:00, ends: ",
        "ends: this ends before it starts; swap the two",
    ),
    (
        "starts: 2027-01-14 11:00",
        "starts: 2026-01-14 11:00",
        "\nsessions: ",
        "sessions: “Land records” is on no day of the event; correct its date or the event's",
    ),
    (
        "sessions: [land-records]",
        "sessions: [land-record]",
        "questions: ",
        "questions: there is no session “land-record”; did you mean “land-records”?",
    ),
    (
        "kind: text,",
        "kind: choice,",
        "label: Your school, kind: ",
        "kind: a choice needs at least two answers; write choices: [one, two]",
    ),
    (
        "kind: text,",
        "kind: text, choices: [a, b],",
        "choices: ",
        "choices: only a choice has these; write kind: choice or delete them",
    ),
    (
        "services: [Mutation]}]",
        "services: [Mutation]}, {number: 14, office: Health}]",
        "stalls: ",
        "stalls: stall number 14 is given twice; use each once",
    ),
    (
        "sessions: [land-records]}]",
        "sessions: []}, {key: school, label: Again, kind: yes-no}]",
        "questions: ",
        "questions: the key school is given twice; use each once",
    ),
    (
        "kind: fair",
        "kind: fare",
        "kind: ",
        "kind: “fare” is not known; write one of: fair, circle, training, summit, showing",
    ),
    (
        "starts: 2027-01-14 09:00",
        "starts: 14-01-2027 09:00",
        "starts: ",
        "starts: “14-01-2027 09:00” is no date and time; write it as 2027-01-14 09:00",
    ),
]


@pytest.mark.parametrize(("was", "written", "mark", "told"), WRONG, ids=[w[1] for w in WRONG])
def test_wrong_value_is_told_at_its_place(was: str, written: str, mark: str, told: str) -> None:
    assert was in SAMPLE
    text = SAMPLE.replace(was, written, 1)

    assert complaints(text) == [f"{place_after(text, mark)}: {told}"]


def test_choice_with_its_answers_is_accepted() -> None:
    choice = SAMPLE.replace("kind: text,", "kind: choice, choices: [Primary, Secondary],")

    assert len(read(choice).questions[0].choices) == 2
