"""The front matter of a story: what is accepted, and how it survives storing."""

from datetime import date
from typing import Any

import pytest

from showcase.documents.frontmatter import parse, split
from showcase.documents.problems import DocumentError
from showcase.stories.fields import StoryFields, count_records, references

# The sample of the design, its dots filled in.
SAMPLE = """---
title: Animal health camps come to the village
summary: At most 300 characters, one paragraph.
language: en
district: kurigram
sector: livestock
office: Upazila Livestock Office
innovators: [{name: Abdur Rahim, role: Livestock officer}]
mentors: [{name: Salma Begum, role: Deputy Commissioner}]
stage: piloting
delivery: doorstep
pain_points: [distance, repeat-visits, queue]
funding: service-innovation-fund
timeline: [{date: 2014-03, phase: initiation, what: An officer plays the citizen}]
visit_diary: [{place: The road, what: Thirty kilometres, pain: distance}]
where_today: In nine unions
discussed_at: [{title: The group, url: https://example.org/a, archived: https://example.org/b}]
replicable: Yes, with one vehicle
replicated_in: [rangpur, bogura]
tcv:
  - service: Treating sick cattle
    before: {time: 2 days, cost: 2500 BDT, visits: 2}
    after: {time: 4 hours}
    change: {visits: -50%}
    cost_parts: [travel]
    basis: spent
    measured: 2014-06
    method: retrospective-survey
    sample: 120
    who: Farmers
    where: Kurigram
    statistic: median
    source: The office's own survey
sources: [{title: A page, url: https://example.org}]
status: published
publish_at: 2026-03-01 09:00
published: 2026-03-01
---
"""


def read(text: str) -> StoryFields:
    return parse(split("index.md", text.encode()), StoryFields, {})


def complaints(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read(text)
    return [str(problem).removeprefix("index.md:") for problem in caught.value.problems]


def test_sample_of_the_design_is_accepted_word_for_word() -> None:
    fields = read(SAMPLE)

    assert fields.district == "kurigram"
    assert fields.pain_points == ["distance", "repeat-visits", "queue"]
    assert fields.office
    assert fields.office.root == {"en": "Upazila Livestock Office"}
    assert [str(step.date) for step in fields.timeline] == ["2014-03"]
    assert fields.discussed_at[0].archived == "https://example.org/b"
    assert count_records(fields) == 1


@pytest.mark.parametrize("funding", ["service-innovation-fund", "local", "other"])
@pytest.mark.parametrize("status", ["draft", "review", "published"])
def test_every_funding_and_status_of_the_design_is_accepted(funding: str, status: str) -> None:
    text = SAMPLE.replace("funding: service-innovation-fund", f"funding: {funding}")

    fields = read(text.replace("status: published", f"status: {status}"))

    assert (fields.funding, fields.status) == (funding, status)


@pytest.mark.parametrize(
    "stage", ["idea", "refined", "piloting", "completed", "scaling", "replicated", "stopped"]
)
def test_every_stage_of_the_design_is_accepted(stage: str) -> None:
    assert read(SAMPLE.replace("stage: piloting", f"stage: {stage}")).stage == stage


def test_fields_are_the_same_after_storing() -> None:
    fields = read(SAMPLE)

    stored: dict[str, Any] = fields.model_dump(mode="json")

    assert StoryFields.model_validate(stored) == fields
    assert StoryFields.model_validate(stored).model_dump(mode="json") == stored


def test_mentions_are_told_with_their_place() -> None:
    assert [tuple(reference) for reference in references(read(SAMPLE))] == [
        (("district",), "district", "kurigram"),
        (("replicated_in", 0), "district", "rangpur"),
        (("replicated_in", 1), "district", "bogura"),
    ]


@pytest.mark.parametrize(
    ("was", "written", "told"),
    [
        (
            "title: Animal health camps come to the village",
            "title: A",
            "2:8: title: the text has 1 characters; at least 3",
        ),
        (
            "summary: At most 300 characters, one paragraph.",
            f"summary: {'a' * 301}",
            "3:10: summary: the text has 301 characters; at most 300",
        ),
        (
            "language: en",
            "language: fr",
            "4:11: language: “fr” is not known; write one of: bn, en",
        ),
        (
            "pain_points: [distance, repeat-visits, queue]",
            "pain_points: [distance, que]",
            "12:25: pain_points: “que” is not known; write one of: "
            "queue, distance, paperwork, middlemen, no-redress, repeat-visits, slow-decision, "
            "cost, no-information",
        ),
        (
            "sources: [{title: A page, url: https://example.org}]",
            "sources: []",
            "34:10: sources: the list has 0 items; at least 1",
        ),
        (
            "url: https://example.org/a",
            "url: javascript:alert(1)",
            "17:40: url: “javascript:alert(1)” is no web address; "
            "write it in full, such as https://example.org/page",
        ),
    ],
)
def test_wrong_value_is_told_at_its_place(was: str, written: str, told: str) -> None:
    assert was in SAMPLE

    assert complaints(SAMPLE.replace(was, written, 1)) == [told]


# A story's own keys beyond the sample of the design.
MORE = """innovators:
  - name: Abdur Rahim
    role: Livestock officer
    office_contact: {office: Livestock office, phone: ০৫৮১-৬১৬৪৫, url: https://example.org}
citizens_said: [{who: "a farmer, Kurigram", said: They came to us}]
needs_to_be_copied: One officer and a school yard
corrections: [{date: 2026-03-04, what: Nine unions, was: Ten unions, why: Counted twice}]
"""
SAMPLE_WITH_MORE = SAMPLE.replace(
    "innovators: [{name: Abdur Rahim, role: Livestock officer}]\n", MORE, 1
)


def test_keys_beyond_the_sample_are_accepted_and_stored() -> None:
    fields = read(SAMPLE_WITH_MORE)

    contact = fields.innovators[0].office_contact
    assert contact
    assert (contact.phone, contact.url) == ("0581-61645", "https://example.org")
    assert fields.citizens_said[0].who.root == {"en": "a farmer, Kurigram"}
    assert fields.corrections[0].date == date(2026, 3, 4)
    assert StoryFields.model_validate(fields.model_dump(mode="json")) == fields


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("02-55006931", "02-55006931"),
        ("+880 2 55006931", "02-55006931"),
        ("333", "333"),
        ("১৬১২৩", "16123"),
    ],
)
def test_line_of_an_office_is_accepted(written: str, read_as: str) -> None:
    fields = read(SAMPLE_WITH_MORE.replace("০৫৮১-৬১৬৪৫", written))

    contact = fields.innovators[0].office_contact
    assert contact
    assert contact.phone == read_as


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "01712345678",
            "“01712345678” is somebody's mobile; write the office's own line with its area code, "
            "or a short code such as 333, or leave the phone out",
        ),
        (
            "+৮৮০ ১৭১২-৩৪৫৬৭৮",
            "“+৮৮০ ১৭১২-৩৪৫৬৭৮” is somebody's mobile; write the office's own line with its "
            "area code, or a short code such as 333, or leave the phone out",
        ),
        (
            "+44 1632 960000",
            "“+44 1632 960000” is no telephone number of Bangladesh; "
            "write the office's own line with its area code, or a short code such as 333",
        ),
        (
            "call us",
            "“call us” is no telephone number; "
            "write the office's own line with its area code, or a short code such as 333",
        ),
    ],
)
def test_phone_that_is_no_office_line_is_told(written: str, told: str) -> None:
    assert complaints(SAMPLE_WITH_MORE.replace("০৫৮১-৬১৬৪৫", written)) == [f"11:55: phone: {told}"]


def test_correction_says_why() -> None:
    text = SAMPLE_WITH_MORE.replace(", why: Counted twice", "")

    (told,) = complaints(text)

    assert told.endswith("the key “why” is missing in “corrections”; write “why: …”")


def test_key_of_another_kind_is_told() -> None:
    (told,) = complaints(SAMPLE.replace("stage: piloting", "stage: piloting\nstalls: []"))

    assert told.startswith("11:1: there is no key “stalls”")
