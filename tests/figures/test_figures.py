"""``figures.yaml``: what is accepted, and how a counter is printed in two languages."""

import pytest
from flask import Flask

from showcase.documents.problems import DocumentError, Problem
from showcase.documents.publishing import Outcome
from showcase.figures.fields import FigureRow, disagreeing, read_figures
from showcase.figures.phases import figures_by_phase
from showcase.figures.queries import Figure, all_figures
from tests.documents.folder import Folder, publish
from tests.pages import parse, words

ROW = """- key: {key}
  phase: execution
  value: {value}
  {more}
  label: {{bn: উদ্যোগ, en: pilots}}
  as_of: {as_of}
  source: {{bn: নিজস্ব পাতা, en: Its own page}}
"""


def row(key: str = "pilots", value: str = "7", as_of: str = "unknown", more: str = "") -> str:
    return ROW.format(key=key, value=value, as_of=as_of, more=more).replace("  \n", "")


def read(text: str) -> list[FigureRow]:
    return read_figures("figures.yaml", text.encode())


def complaints(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read(text)
    return [str(problem).removeprefix("figures.yaml:") for problem in caught.value.problems]


def figure(app: Flask, folder: Folder, text: str, language: str) -> Figure:
    folder.write("figures.yaml", text)
    with app.app_context():
        publish(folder)
        (only,) = all_figures(language)
    return only


@pytest.mark.parametrize(
    ("value", "more", "english", "bangla"),
    [
        ("10776", "sign: plus", "10,776+", "১০,৭৭৬+"),
        ("36", "sign: over", "over 36", "৩৬-এর বেশি"),
        ("2", "{scale: million, sign: plus}", "2 million+", "২০ লাখ+"),
        ("10", "scale: million", "10 million", "১ কোটি"),
        ("12", "scale: million", "12 million", "১ কোটি ২০ লাখ"),
        ("0", "scale: million", "0 million", "০"),
        ("১২৩৪৫৬৭", "", "12,34,567", "১২,৩৪,৫৬৭"),
        ("45", "unit: percent", "45%", "৪৫%"),
        ("0", "", "0", "০"),
    ],
)
def test_number_is_printed_as_its_source_has_it(
    app: Flask, folder: Folder, value: str, more: str, english: str, bangla: str
) -> None:
    text = row(value=value, more=more.strip("{}").replace(", ", "\n  "))

    assert figure(app, folder, text, "en").value == english
    assert figure(app, folder, text, "bn").value == bangla


def test_word_stands_in_place_of_a_number(app: Flask, folder: Folder) -> None:
    text = row().replace("value: 7", "text: {bn: শত শত, en: hundreds}")

    assert figure(app, folder, text, "en").value == "hundreds"
    assert figure(app, folder, text, "bn").value == "শত শত"


@pytest.mark.parametrize(
    ("as_of", "told"), [("unknown", ""), ("2014", "2014"), ("2014-03", "March 2014")]
)
def test_date_is_told_as_well_as_it_is_known(
    app: Flask, folder: Folder, as_of: str, told: str
) -> None:
    printed = figure(app, folder, row(as_of=as_of), "en")

    assert printed.as_of == told
    assert (printed.label, printed.source, printed.note) == ("pilots", "Its own page", "")


@pytest.mark.usefixtures("context")
def test_figures_of_a_phase_come_in_the_order_of_the_file(folder: Folder) -> None:
    folder.write("figures.yaml", row("b") + row("other").replace("execution", "context") + row("a"))
    publish(folder)

    execution = figures_by_phase("en")[1]
    assert execution.key == "execution"
    assert [figure.key for figure in execution.figures] == ["b", "a"]


def test_fault_is_told_at_its_place() -> None:
    text = row("one") + row("one") + row("two", value="many") + row("three", more="conflicts: one")

    assert complaints(text) == [
        "15:10: value: “many” is no whole number; write digits only, such as 120",
        "22:3: there is no key “conflicts”; did you mean “conflicts_with”? The keys here are: "
        "as_of, conflicts_with, key, label, note, phase, scale, sign, source, text, unit, value",
    ]


def test_key_used_twice_and_unknown_conflict_are_told_at_their_place() -> None:
    text = row("pilots") + row("pilots") + row("other", more="conflicts_with: pilot")
    own = row("alone", more="conflicts_with: alone")

    assert complaints(text + own) == [
        "7:8: the key “pilots” stands above already; use each once",
        "16:19: there is no other figure “pilot”; did you mean “pilots”?",
        "23:19: there is no other figure “alone”; write the key of one",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            row().replace("  value: 7\n", ""),
            "1:3: a figure has a value or a text; write one of the two",
        ),
        (row(more="text: many"), "1:3: a figure has a value or a text; write one of the two"),
        (
            row(more="sign: plus").replace("value: 7", "text: many"),
            "4:9: sign: this belongs to a value; delete it beside a text",
        ),
        ("key: pilots", "1:1: the file must be a list; begin each item with “- ”"),
    ],
)
def test_figure_that_says_nothing_or_too_much_is_told(text: str, told: str) -> None:
    assert complaints(text) == [told]


def test_pair_that_contradicts_each_other_is_accepted() -> None:
    rows = read(row("a", more="conflicts_with: b") + row("b", more="conflicts_with: a"))

    assert [row.conflicts_with for row in rows] == ["b", "a"]


def test_figure_stands_where_the_text_puts_it(app: Flask, folder: Folder) -> None:
    folder.write("figures.yaml", row("pilots", value="10776", more="sign: plus"))
    folder.page(body="Before.\n\n:::figure pilots\n")
    with app.app_context():
        publish(folder)

    page = app.test_client().get("/en/about").text

    assert page.index("Before.") < page.index("10,776+") < page.index("Its own page")


def contradicting(*pairs: tuple[str, str]) -> str:
    return "".join(row(key, more=f"conflicts_with: {other}") for key, other in pairs)


def test_counters_that_contradict_each_other_are_kept_together(app: Flask, folder: Folder) -> None:
    folder.write("figures.yaml", contradicting(("a", "c"), ("c", "a")) + row("b"))
    with app.app_context():
        publish(folder)
        together = {f.key: [other.key for other in f.disagreeing] for f in all_figures("en")}

    assert together == {"a": ["a", "c"], "c": ["a", "c"], "b": []}


def test_contradiction_needs_to_be_told_on_one_side_only() -> None:
    rows = read(row("a") + contradicting(("b", "a"), ("c", "b")) + row("d"))

    assert [[r.key for r in group] for group in disagreeing(rows)] == [["a", "b", "c"]]


def test_contradicting_counters_are_shown_as_dated_lines_once(app: Flask, folder: Folder) -> None:
    text = contradicting(("a", "b"), ("b", "a")).replace("unknown", "2014-03", 1) + row("c")
    folder.write("figures.yaml", text)
    with app.app_context():
        publish(folder)

    page = parse(app.test_client().get("/en/figures").text)

    (apart,) = page.query(".figures-apart")
    assert words(apart.query("p")[0]) == "These do not agree, so each is shown with its date:"
    dates = [words(line.query("small")[-1]) for line in apart.query("li")]
    assert dates == ["As of March 2014 · Its own page", "Undated · Its own page"]
    assert len(page.query(".figures b")) == 3


def test_block_of_one_counter_shows_what_contradicts_it(app: Flask, folder: Folder) -> None:
    folder.write("figures.yaml", row("a", "7") + row("b", "8", more="conflicts_with: a"))
    folder.page(body=":::figure a\n")
    with app.app_context():
        publish(folder)

    page = parse(app.test_client().get("/en/about").text)

    assert [words(b) for b in page.query(".figures-apart b")] == ["7", "8"]


TOLD = (
    "“a” and “b” do not agree, so readers are shown all of them; "
    "once a source settles it, correct them and delete conflicts_with"
)


@pytest.mark.usefixtures("context")
def test_editor_is_warned_of_a_contradiction_and_it_is_published(folder: Folder) -> None:
    folder.write("figures.yaml", row("a") + row("b", more="conflicts_with: a"))

    first, second = publish(folder), publish(folder)

    path = str(folder.root / "figures.yaml")
    assert first == Outcome(new=1, warnings=[Problem(path, 10, 19, TOLD)])
    assert second == Outcome(unchanged=1)
    assert [figure.key for figure in all_figures("en")] == ["a", "b"]


@pytest.mark.usefixtures("context")
def test_file_without_contradictions_warns_of_nothing(folder: Folder) -> None:
    folder.write("figures.yaml", row("a") + row("b"))

    assert publish(folder) == Outcome(new=1)
