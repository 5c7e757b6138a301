"""What the story list and a story's page show."""

from typing import get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient

from showcase.documents.fields import PartialDate
from showcase.i18n import speaking
from showcase.stories import labels
from showcase.stories.fields import Delivery, Funding, PainPoint, Phase, Sector, Stage
from showcase.stories.page import StoryPage, story_page
from showcase.stories.people import Contact
from showcase.stories.queries import Story, find_story, newest_stories
from showcase.stories.titles import titles_of
from showcase.words import Spoken
from tests.documents.folder import TCV, Folder, counted_queries, publish
from tests.pages import parse, words


@pytest.fixture
def page_of(app: Flask, folder: Folder) -> "PageOf":
    return PageOf(app, folder)


class PageOf:
    """Publishes a story and makes its page, as a reader of one language sees it."""

    def __init__(self, app: Flask, folder: Folder) -> None:
        self.app = app
        self.folder = folder

    def __call__(self, language: str = "en", body: str = "", **keys: str) -> StoryPage:
        self.folder.districts("kurigram", "rangpur")
        self.folder.story("health-camp", body, **keys)
        with self.app.app_context():
            publish(self.folder)
        with self.app.test_request_context(f"/{language}/stories/health-camp"):
            self.app.preprocess_request()
            story = find_story("health-camp")
            assert story
            return story_page(story)


def test_facts_are_told_with_the_words_of_the_language(page_of: PageOf) -> None:
    page = page_of(
        district="kurigram",
        office="Livestock office",
    )

    assert page.facts == (
        ("District", "kurigram"),
        ("Sector", "Livestock"),
        ("Office", "Livestock office"),
        ("Stage", "Being piloted"),
        ("Where citizens get it", "At the doorstep"),
        ("Paid from", "Not told by the source"),
    )
    assert page.pain_points == ("Long way",)


def test_people_are_reached_through_their_office(page_of: PageOf) -> None:
    page = page_of(
        "bn",
        innovators="[{name: Rahim, role: officer, office_contact: {office: {bn: দপ্তর},"
        " phone: 02-55006931, url: https://example.org}}, {name: Salma, role: clerk}]",
    )

    (group,) = page.people
    assert group.label == "উদ্ভাবক"
    assert [(member.name.text, member.role.text) for member in group.members] == [
        ("Rahim", "officer"),
        ("Salma", "clerk"),
    ]
    assert [member.contact for member in group.members] == [
        Contact(Spoken("দপ্তর", "bn"), "০২-৫৫০০৬৯৩১", "0255006931", "https://example.org"),
        None,
    ]


def test_mentors_are_a_group_of_their_own(page_of: PageOf) -> None:
    page = page_of(innovators="[{name: A, role: b}]", mentors="[{name: C, role: d}]")

    assert [(group.label, group.members[0].name.text) for group in page.people] == [
        ("Innovators", "A"),
        ("Mentors", "C"),
    ]


def test_what_it_takes_to_copy_it_is_told(page_of: PageOf) -> None:
    page = page_of(
        "bn",
        replicated_in="[rangpur, kurigram]",
        needs_to_be_copied="{bn: একজন কর্মী, en: One officer}",
    )

    assert page.district_links == (("rangpur", "rangpur"), ("kurigram", "kurigram"))
    assert page.needs == ("একজন কর্মী", "bn")


def test_citizens_speak_with_their_role(page_of: PageOf) -> None:
    page = page_of(citizens_said="[{who: A farmer, said: They came to us}]")

    assert [(remark.who.text, remark.said.text) for remark in page.said] == [
        ("A farmer", "They came to us")
    ]


def test_corrections_keep_what_was_said_the_newest_first(page_of: PageOf) -> None:
    page = page_of(
        corrections="[{date: 2026-01-02, what: Funding is told, why: It was missing},"
        " {date: 2026-03-04, what: Nine unions, was: Ten unions, why: Counted twice}]"
    )

    assert [(c.date, c.what.text, c.was and c.was.text, c.why.text) for c in page.corrections] == [
        ("4 March 2026", "Nine unions", "Ten unions", "Counted twice"),
        ("2 January 2026", "Funding is told", None, "It was missing"),
    ]


def test_numbers_are_of_the_service_where_most_has_changed(page_of: PageOf) -> None:
    small = TCV.strip("[]")
    large = "{service: Milking, source: A study, change: {cost: -90%}}"
    page = page_of(body="Text.\n\n:::tcv\n", tcv=f"[{small}, {large}]")

    assert page.numbers
    assert page.numbers.brief.service.text == "Milking"
    assert page.numbers.place == "tcv-2-2"


def test_numbers_lead_nowhere_where_their_table_is_left_out(page_of: PageOf) -> None:
    small = TCV.strip("[]")
    large = "{service: Milking, source: A study, change: {cost: -90%}}"
    page = page_of(body=":::tcv 1\n", tcv=f"[{small}, {large}]")

    assert page.numbers
    assert page.numbers.place == ""


def test_nothing_compared_makes_no_numbers(page_of: PageOf) -> None:
    page = page_of(tcv="[{service: A, source: B, before: {time: 2 days}}]")

    assert page.numbers is None


def test_all_three_phases_are_shown_with_what_is_known(page_of: PageOf) -> None:
    page = page_of(
        timeline="[{date: unknown, phase: initiation, what: A visit},"
        " {date: 2014-03, phase: initiation, what: A drawing}]"
    )

    steps = {phase.key: [(s.date, s.what.text) for s in phase.steps] for phase in page.phases}
    assert steps == {
        "initiation": [("Undated", "A visit"), ("March 2014", "A drawing")],
        "execution": [],
        "celebration": [],
    }


def test_short_words_say_which_language_they_are_in(page_of: PageOf) -> None:
    page = page_of(
        "bn",
        where_today="In nine unions",
        replicable="{bn: হ্যাঁ, en: Yes}",
        visit_diary="[{place: The road, what: Far, pain: distance},"
        " {place: {bn: পথ}, what: {bn: দূর}}]",
    )

    assert page.where_today == ("In nine unions", "en")
    assert page.replicable == ("হ্যাঁ", "bn")
    assert [(v.place.language, v.pain != "") for v in page.visits] == [("en", True), ("bn", False)]


def test_links_and_sources_are_listed(page_of: PageOf) -> None:
    page = page_of(
        discussed_at="[{title: Us, url: https://example.org/a, archived: https://example.org/b}]",
        sources="[{title: A study}, {title: A page, url: https://example.org/b}]",
    )

    assert [(link.title.text, link.url, link.archived) for link in page.discussed_at] == [
        ("Us", "https://example.org/a", "https://example.org/b")
    ]
    assert [(link.title.text, link.url) for link in page.sources] == [
        ("A study", ""),
        ("A page", "https://example.org/b"),
    ]


def test_record_stands_where_the_text_puts_it(page_of: PageOf) -> None:
    page = page_of(body="Before.\n\n:::tcv\n\nAfter.\n", tcv=TCV)

    assert [(part.html.strip(), len(part.widgets)) for part in page.parts] == [
        ("<p>Before.</p>", 0),
        ("", 1),
        ("<p>After.</p>", 0),
    ]


def test_record_stands_first_where_the_text_puts_it_nowhere(page_of: PageOf) -> None:
    page = page_of(body="Text.\n", tcv=TCV)

    assert [(part.html.strip(), len(part.widgets)) for part in page.parts] == [
        ("", 1),
        ("<p>Text.</p>", 0),
    ]


def test_second_record_alone_is_shown(page_of: PageOf) -> None:
    second = TCV.replace("Treating cattle", "Milking").strip("[]")
    page = page_of(body=":::tcv 2\n", tcv=f"[{TCV.strip('[]')}, {second}]")

    assert [[str(widget.service.text) for widget in part.widgets] for part in page.parts] == [
        ["Milking"]
    ]


STEPS = ":::steps {side}\n- what: Ask\n  visits: {visits}\n:::\n\n"


def test_both_sides_of_the_steps_stand_where_the_first_was_told(page_of: PageOf) -> None:
    body = "One.\n\n" + STEPS.format(side="after", visits=1) + "Two.\n\n"
    page = page_of(
        body=body + STEPS.format(side="before", visits=3) + ":::tcv\n",
        tcv="[{service: Treating cattle, source: A study}]",
    )

    threads = [part.threads for part in page.parts if part.threads]
    assert [part.html.strip() for part in page.parts] == ["<p>One.</p>", "", "<p>Two.</p>", ""]
    assert [(t.service.text, [thread.side for thread in t.threads]) for t in threads] == [
        ("Treating cattle", ["before", "after"])
    ]


def test_steps_of_each_service_stand_apart(page_of: PageOf) -> None:
    first, second = "{service: Asking, source: A}", "{service: Paying, source: A}"
    page = page_of(
        body=STEPS.format(side="before", visits=3) + STEPS.format(side="before 2", visits=2),
        tcv=f"[{first}, {second}]",
    )

    # A text that places no table has them above it.
    assert [len(part.widgets) for part in page.parts] == [2, 0, 0]
    assert [part.threads.service.text for part in page.parts if part.threads] == [
        "Asking",
        "Paying",
    ]


def test_every_value_has_a_label_in_both_languages(app: Flask) -> None:
    pairs = (
        (Sector, labels.SECTORS),
        (Stage, labels.STAGES),
        (Delivery, labels.DELIVERIES),
        (PainPoint, labels.PAIN_POINTS),
        (Funding, labels.FUNDINGS),
        (Phase, labels.PHASES),
    )

    assert [set(get_args(kind)) ^ set(known) for kind, known in pairs] == [set()] * 6
    with app.app_context():
        for _, known in pairs:
            for label in known.values():
                with speaking("bn"):
                    bangla = str(label)
                with speaking("en"):
                    assert str(label) != bangla


def test_unknown_date_sorts_and_reads_as_such() -> None:
    assert sorted([PartialDate(2014, 3), PartialDate()]) == [PartialDate(), PartialDate(2014, 3)]


def shown(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.text


def test_page_of_an_unpublished_story_is_not_found(app: Flask, folder: Folder) -> None:
    folder.story("seen")
    folder.story("unseen", status="draft")
    with app.app_context():
        publish(folder)
    client = app.test_client()

    assert client.get("/en/stories/seen").status_code == 200
    assert client.get("/en/stories/unseen").status_code == 404
    assert client.get("/en/stories/%00").status_code == 404
    assert "unseen" not in shown(client, "/en/stories")


def test_page_says_that_it_is_not_translated_or_outdated(app: Flask, folder: Folder) -> None:
    folder.story(title="A camp")
    notes = []
    for change in (
        lambda: None,
        lambda: folder.translation(title="শিবির"),
        lambda: folder.story(title="Another camp"),
    ):
        change()
        with app.app_context():
            publish(folder)
        page = parse(shown(app.test_client(), "/bn/stories/health-camp"))
        notes.append((words(page.query("h1")[0]), len(page.query("p.note"))))

    assert notes == [("A camp", 1), ("শিবির", 0), ("শিবির", 1)]


def test_list_of_three_takes_as_many_queries_as_of_one(app: Flask, folder: Folder) -> None:
    folder.districts("kurigram", "rangpur")
    folder.story("one", district="kurigram")
    with app.app_context():
        publish(folder)
    with app.test_request_context("/en/stories"), counted_queries() as for_one:
        told(newest_stories())
    folder.story("two", district="rangpur", tcv=TCV)
    folder.story("three", district="kurigram")
    with app.app_context():
        publish(folder)

    with app.test_request_context("/en/stories"), counted_queries() as for_three:
        assert len(told(newest_stories())) == 3

    # Documents, their texts, the districts.
    assert len(for_three) == len(for_one) == 3


def told(stories: list[Story]) -> list[tuple[object, ...]]:
    return [
        (s.title, s.summary, s.url, s.district_name, s.sector_label, s.stage_label, s.headline)
        for s in stories
    ]


def test_first_page_reads_no_more_stories_than_it_shows(app: Flask, folder: Folder) -> None:
    for day in (1, 2, 3):
        folder.story(f"story-{day}", published=f"2026-01-0{day}")
    with app.app_context():
        publish(folder)

    with app.test_request_context("/en/"):
        assert [story.slug for story in newest_stories(2)] == ["story-3", "story-2"]


@pytest.mark.usefixtures("context")
def test_titles_are_those_of_published_stories(folder: Folder) -> None:
    folder.story("one", title="Title one")
    folder.story("two", status="draft")
    publish(folder)

    assert titles_of(["one", "two", "three"]) == {"one": "Title one"}
    assert titles_of([]) == {}
