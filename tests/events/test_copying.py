"""``showcase new event --like``: a draft of the next one, with every date later."""

import difflib
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from flask import Flask
from pydantic import BaseModel

from showcase import cli
from showcase.config import ROOT
from showcase.documents.problems import DocumentError
from showcase.documents.publishing import publish_folder
from showcase.events.copied_text import MOMENTS, CannotCopy
from showcase.events.copying import Copied, copy_event
from showcase.events.fields import EventFields
from tests.documents.folder import Folder, publish
from tests.documents.photos import encoded

OLD = """---
# The great one.
title: "Kurigram Fair 2027"   # as on the banner
summary: Three days on which the offices of the district show what they do.
language: en
kind: fair
venue: {name: College Field}
starts: 2027-01-14 09:00
ends: '2027-01-16 18:00'

registration: {opens: ২০২৬-১২-০১, closes: 2027-01-13 18:00, seats: 500}  # two halls
sessions:
  - key: land
    starts: 2027-01-14 11:00
    ends: 2027-01-14 12:00
    title: On 2027-01-14 at eleven
    seats: 60
    closes: 2027-01-10
stalls:
  - {number: 1, office: Land office}
voting: {opens: 2027-01-14 10:00, closes: 2027-01-16 15:00, categories: [{key: best, label: Best}]}
# What came of it.
results:
  - what: Visitors
    value: about 20,000

  - what: Stalls
    value: "1"
# Given by the Deputy Commissioner.
awards: [{title: Best, to: Land office,
  stall: 1}]
proceedings:
- title: A talk
# Off, alas.
state: cancelled
sample: yes
status: published
published: 2026-10-20
---
The text says 2027-01-14, too.
"""

NEW = """---
# The great one.
title: "Kurigram Fair 2027"   # as on the banner
summary: Three days on which the offices of the district show what they do.
language: en
kind: fair
series: kurigram-fair-2027
venue: {name: College Field}
starts: 2028-01-13 09:00
ends: '2028-01-15 18:00'

registration: {opens: 2027-11-30, closes: 2028-01-12 18:00, seats: 500}  # two halls
sessions:
  - key: land
    starts: 2028-01-13 11:00
    ends: 2028-01-13 12:00
    title: On 2027-01-14 at eleven
    seats: 60
    closes: 2028-01-09
stalls:
  - {number: 1, office: Land office}
voting: {opens: 2028-01-13 10:00, closes: 2028-01-15 15:00, categories: [{key: best, label: Best}]}
# What came of it.
# Given by the Deputy Commissioner.
# Off, alas.
state: announced
sample: yes
status: draft
---
The text says 2027-01-14, too.
"""


def written(folder: Folder, text: str = OLD, slug: str = "kurigram-fair-2027") -> Path:
    return folder.write(f"events/{slug}/index.md", text)


def copied(folder: Folder, **options: Any) -> Copied:
    return copy_event(folder.root, "kurigram-fair-2027", **options)


def text_of(copy: Copied) -> str:
    return (copy.folder / "index.md").read_bytes().decode()


def test_copy_is_the_old_text_with_later_days_and_without_what_came_of_it(folder: Folder) -> None:
    written(folder)

    copy = copied(folder)

    assert list(difflib.ndiff(NEW.split("\n"), text_of(copy).split("\n"))) == [
        f"  {line}" for line in NEW.split("\n")
    ]
    assert (copy.folder.name, copy.days, copy.files) == ("kurigram-fair-2028", 364, 1)
    assert copy.new_series == "kurigram-fair-2027"


def test_copy_can_begin_on_any_day_under_any_name_and_title(folder: Folder) -> None:
    written(folder)

    copy = copied(folder, slug="winter-fair", starts=date(2026, 2, 28), title='The "fair": again')

    assert copy.folder.name == "winter-fair"
    assert 'title: "The \\"fair\\": again"\n' in text_of(copy)
    assert "starts: 2026-02-28 09:00\nends: '2026-03-02 18:00'\n" in text_of(copy)
    assert copy.days == -320


@pytest.mark.parametrize(
    ("like", "starts", "name"),
    [
        ("kurigram-fair-2027", "2028-01-13", "kurigram-fair-2028"),
        ("kurigram-fair", "2028-01-13", "kurigram-fair-2028"),
        ("fair2027", "2030-01-13", "fair-2030"),
        ("2027", "2028-01-13", "2028"),
        ("মেলা-2027", "2028-01-13", "মেলা-2028"),
    ],
)
def test_copy_is_called_after_its_year(folder: Folder, like: str, starts: str, name: str) -> None:
    written(folder, slug=like)

    assert copy_event(folder.root, like, starts=date.fromisoformat(starts)).folder.name == name


def test_series_is_kept_where_there_is_one(folder: Folder) -> None:
    written(folder, OLD.replace("kind: fair\n", "kind: fair\nseries: kurigram-fair\n"))

    copy = copied(folder)

    assert text_of(copy).count("series: ") == 1
    assert copy.new_series == ""


def test_line_ends_of_the_file_stay(folder: Folder) -> None:
    written(folder, OLD.replace("\n", "\r\n"))

    assert text_of(copied(folder)) == NEW.replace("\n", "\r\n")


def test_translations_and_pictures_come_along_as_they_are(folder: Folder) -> None:
    written(folder)
    translation = folder.translation("events/kurigram-fair-2027")
    folder.write("events/kurigram-fair-2027/camp.jpg", b"a picture")
    folder.write("events/kurigram-fair-2027/.index.md.swp", "an editor's own")

    copy = copied(folder)

    files = {path.name: path.read_bytes() for path in copy.folder.iterdir()}
    assert files.pop("index.md")
    assert files == {"index.bn.md": translation.read_bytes(), "camp.jpg": b"a picture"}
    assert copy.files == 3


@pytest.mark.parametrize(
    ("like", "options", "why"),
    [
        ("kurigram-fair-2026", {}, "there is no event “kurigram-fair-2026” in"),
        ("../events/kurigram-fair-2027", {}, "there is no event “../events/"),
        ("kurigram-fair-2027", {"slug": "../up"}, "“../up” cannot be an address; write --slug up"),
        (
            "kurigram-fair-2027",
            {"slug": "A Fair"},
            "“A Fair” cannot be an address",
        ),
        ("kurigram-fair-2027", {"slug": "other"}, "is already there; choose another name"),
        ("kurigram-fair-2027", {"starts": date(2027, 5, 1)}, "is already there; choose another"),
        ("kurigram-fair-2027", {"starts": date(9999, 12, 31)}, "would be in no year"),
    ],
)
def test_copy_is_refused_in_words_and_nothing_is_written(
    folder: Folder, like: str, options: dict[str, Any], why: str
) -> None:
    written(folder)
    folder.event("other")
    before = everything(folder)

    with pytest.raises(CannotCopy) as refused:
        copy_event(folder.root, like, **options)

    assert why in str(refused.value)
    assert everything(folder) == before


def test_misspelt_event_is_told_its_nearest_name(folder: Folder) -> None:
    written(folder)

    with pytest.raises(CannotCopy, match="did you mean “kurigram-fair-2027”"):
        copy_event(folder.root, "kurigram-fair")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("starts: 2027-01-14 09:00\n", "starts: >\n  2027-01-14 09:00\n"),
        ("status: published\npublished: 2026-10-20\n", '? status\n: "draft"\n'),
    ],
)
def test_form_that_is_not_changed_by_machine_is_told(
    folder: Folder, was: str, becomes: str
) -> None:
    written(folder, OLD.replace(was, becomes))

    with pytest.raises(CannotCopy, match="write"):
        copied(folder)
    assert not (folder.root / "events/kurigram-fair-2028").exists()


@pytest.mark.parametrize("options", [{}, {"title": "x"}, {"starts": date(2101, 1, 1)}])
def test_what_could_not_be_published_is_not_written(
    folder: Folder, options: dict[str, Any]
) -> None:
    written(folder, OLD if options else OLD.replace("kind: fair", "kind: party"))

    with pytest.raises(DocumentError):
        copied(folder, **options)
    assert not [path for path in folder.root.glob("events/*") if "2027" not in path.name]


def test_copy_passes_the_checks_of_publishing(app: Flask, folder: Folder) -> None:
    written(folder, OLD + "\n![The camp](camp.jpg)\n")
    folder.write("events/kurigram-fair-2027/camp.jpg", encoded((60, 40)))
    folder.translation("events/kurigram-fair-2027")
    with app.app_context():
        publish(folder)
        copied(folder)

        assert publish(folder).new == 2
        text = (folder.root / "events/kurigram-fair-2028/index.md").read_text("utf-8")
        folder.write(
            "events/kurigram-fair-2028/index.md",
            text.replace("status: draft", "status: published\npublished: 2027-10-01"),
        )
        publish(folder)
    assert app.test_client().get("/en/events/kurigram-fair-2028").status_code == 200


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_launch_event_can_be_copied(app: Flask, folder: Folder) -> None:
    for path in sorted((ROOT / "content").rglob("*")):
        if path.is_file():
            folder.write(path.relative_to(ROOT / "content").as_posix(), path.read_bytes())
    slugs = [path.name for path in sorted((folder.root / "events").iterdir())]
    with app.app_context():
        publish_folder(folder.root, by="test")
        for slug in slugs:
            copy_event(folder.root, slug, slug=f"{slug}-again")

        outcome = publish_folder(folder.root, by="test")
        assert (outcome.new, outcome.changed) == (2 * len(slugs), 0)


def moments_in(model: type[BaseModel]) -> Iterator[str]:
    """The keys whose value is a moment, of the model and those inside it."""
    for name, field in model.model_fields.items():
        for kind in _kinds(field.annotation):
            if kind is datetime:
                yield name
            elif isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from moments_in(kind)


def _kinds(annotation: Any) -> Iterator[Any]:
    inner = get_args(annotation)
    # What else an Annotated has is no type.
    for each in inner[:1] if get_origin(annotation) is Annotated else inner:
        yield from _kinds(each)
    if not inner:
        yield annotation


def test_every_key_that_holds_a_moment_is_moved() -> None:
    assert set(moments_in(EventFields)) == MOMENTS


def everything(folder: Folder) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Type ``showcase new event …``: how it ends, and what it says."""

    def typed(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["showcase", "new", "event", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return typed


@pytest.fixture
def content(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The content folder that the commands know."""
    monkeypatch.setenv("SHOWCASE_CONTENT", str(folder.root))
    return folder


def test_command_says_what_it_did_and_what_is_left_to_do(
    content: Folder, run: Callable[..., tuple[int, str, str]]
) -> None:
    written(content)

    code, out, err = run(
        "--like", "kurigram-fair-2027", "--starts", "2028-01-06", "--title", "Fair 2028"
    )

    new = content.root / "events/kurigram-fair-2028"
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"1 files written to {new}; all days moved by 357.",
        "It is a draft. Read it through: titles and texts still speak of the old event.",
        "Write “series: kurigram-fair-2027” into the old event too, to link the two.",
    ]
    assert 'title: "Fair 2028"' in (new / "index.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--like", "kurigram"], 1, "there is no event “kurigram”"),
        (["--like", "broken"], 1, "nothing was written"),
        (["--like", "kurigram-fair-2027", "--starts", "soon"], 2, "'soon' does not match"),
        ([], 2, "--like"),
    ],
)
def test_command_refuses_in_words(
    content: Folder,
    run: Callable[..., tuple[int, str, str]],
    words: list[str],
    code: int,
    told: str,
) -> None:
    written(content)
    content.event("broken", kind="party")
    before = everything(content)

    ended, out, err = run(*words)

    assert (ended, out) == (code, "")
    assert told in err
    assert "Traceback" not in err
    assert everything(content) == before
