"""Which files of the content folder count, and what is told about the others."""

import os
import unicodedata
from pathlib import Path

import pytest

from showcase.documents.reading import read_folder
from tests.documents.folder import Folder, publish, refused, slugs

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.parametrize("engine", ["sqlite"], indirect=True),
]


def complaints(folder: Folder) -> list[str]:
    problems = read_folder(folder.root).problems
    return sorted(str(problem).removeprefix(f"{folder.root}/") for problem in problems)


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert complaints(Folder(tmp_path / "a")) == []
    missing = read_folder(tmp_path / "b").problems

    assert [str(p) for p in missing] == [
        f"{tmp_path}/b:1:1: no such folder; name the content folder"
    ]


def test_files_are_found_with_kind_slug_and_language(folder: Folder) -> None:
    folder.districts("kurigram")
    folder.story()
    folder.translation()
    folder.write("stories/health-camp/camp.JPG", b"")

    found = read_folder(folder.root)

    assert [(f.path, f.kind.name, f.slug, f.language) for f in found.files] == [
        ("districts.csv", "district", "district", ""),
        ("stories/health-camp/index.bn.md", "story", "health-camp", "bn"),
        ("stories/health-camp/index.md", "story", "health-camp", ""),
    ]
    assert list(found.pictures) == [("story", "health-camp", "camp.JPG")]
    assert found.problems == []


def test_hidden_files_and_backups_are_no_content(folder: Folder) -> None:
    folder.story()
    for name in (".DS_Store", "._index.md", ".index.md.swp", "~index.md", "index.md~"):
        folder.write(f"stories/health-camp/{name}", "?")
        folder.write(name, "?")

    assert complaints(folder) == []


def test_stray_files_are_told_with_what_belongs_there(folder: Folder) -> None:
    folder.story()
    folder.write("storys/camp/index.md", "")
    folder.write("stories/notes.txt", "")
    folder.write("stories/health-camp/index.markdown", "")
    folder.write("stories/health-camp/drawing.svg", "")
    folder.write("stories/health-camp/more/index.md", "")
    folder.write("events", "")

    assert complaints(folder) == [
        "events:1:1: must be a folder; write events/name/index.md",
        "stories/health-camp/drawing.svg:1:1: does not belong here; write one of: "
        "index.md, name.png, index.bn.md, index.en.md, name.jpg, name.webp",
        "stories/health-camp/index.markdown:1:1: does not belong here; write one of: "
        "index.md, index.bn.md, index.en.md, name.png, name.webp, name.jpg",
        "stories/health-camp/more:1:1: does not belong here; write one of: "
        "name.jpg, name.png, name.webp, index.md, index.bn.md, index.en.md",
        "stories/notes.txt:1:1: a document is a folder; write notes/index.md",
        "storys:1:1: does not belong here; write one of: "
        "stories, districts.csv, figures.yaml, pages, events",
    ]


def test_document_without_main_file_is_told(folder: Folder) -> None:
    folder.translation()

    assert complaints(folder) == [
        "stories/health-camp/index.md:1:1: missing; it holds the data, the other files only words"
    ]


def test_translation_into_unknown_language_is_told(folder: Folder) -> None:
    folder.story()
    folder.translation(code="fr")

    assert complaints(folder) == [
        "stories/health-camp/index.fr.md:1:1: "
        "“fr” is no language of this site; write one of: bn, en"
    ]


def test_folder_in_place_of_a_file_is_told(folder: Folder) -> None:
    folder.story()
    for path in ("stories/health-camp/index.bn.md", "stories/other/index.md", "districts.csv"):
        (folder.root / path).mkdir(parents=True)

    assert complaints(folder) == [
        f"{path}:1:1: must be a file; delete what has its name"
        for path in ("districts.csv", "stories/health-camp/index.bn.md", "stories/other/index.md")
    ]


def test_pipe_in_place_of_a_file_is_told(folder: Folder) -> None:
    folder.story()
    os.mkfifo(folder.root / "stories/health-camp/index.bn.md")

    assert complaints(folder) == [
        "stories/health-camp/index.bn.md:1:1: must be a file; delete what has its name"
    ]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Health Camp", "health-camp"),
        ("health_camp", "health-camp"),
        ("health--camp", "health-camp"),
        ("-camp", "camp"),
        ("মেলা-২০২৭", "মেলা-2027"),
        ("a" * 81, "a" * 80),
        ("a..%2e", "a-2e"),
        ("CON.", "con"),
        ("!", "a-name"),
        ("camp\u202e", "camp"),
        ("camp\n", "camp"),
    ],
)
def test_folder_name_that_is_no_address_is_told(folder: Folder, name: str, address: str) -> None:
    folder.write(f"stories/{name}/index.md", "")

    told = complaints(folder)

    assert [line.split(": ", 1)[1] for line in told] == [
        f"this name cannot be an address; call it “{address}” instead"
    ]
    assert "\n" not in told[0]


def test_folder_name_that_is_no_unicode_is_told(folder: Folder) -> None:
    path = os.fsencode(folder.root / "stories") + b"/camp\xff"
    os.makedirs(path)

    assert complaints(folder) == [
        "stories/camp\ufffd:1:1: this name cannot be an address; call it “camp” instead"
    ]


def test_bangla_folder_name_is_the_same_in_either_normal_form(folder: Folder) -> None:
    typed = "ব\u09dc-মেলা"
    normal = unicodedata.normalize("NFC", typed)
    assert typed != normal
    folder.story(typed)

    found = read_folder(folder.root)

    assert [(file.slug, file.path) for file in found.files] == [
        (normal, f"stories/{normal}/index.md")
    ]


def test_two_folders_of_one_address_are_told(folder: Folder) -> None:
    folder.story("ব\u09dc-মেলা")
    folder.story(unicodedata.normalize("NFC", "ব\u09dc-মেলা"))

    told = complaints(folder)

    assert [line.split(": ", 1)[1].split("“")[0] for line in told] == ["is the same address as "]


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("my camp.jpg", "my-camp.jpg"),
        ("a#b.png", "a-b.png"),
        ("50%.png", "50.png"),
        (f"{'a' * 120}.jpg", f"{'a' * 80}.jpg"),
        ("?.WEBP", "picture.webp"),
    ],
)
def test_picture_name_that_markdown_cannot_show_is_told(
    folder: Folder, name: str, fit: str
) -> None:
    folder.story()
    folder.write(f"stories/health-camp/{name}", b"")

    assert [line.split(": ", 1)[1] for line in complaints(folder)] == [
        f"no Markdown can show a picture of this name; call it “{fit}”"
    ]


def test_bangla_address_is_published(folder: Folder) -> None:
    folder.story("পশু-চিকিৎসা")

    publish(folder)

    assert slugs("story") == ["পশু-চিকিৎসা"]


def test_file_that_is_too_large_is_told_without_reading_it_all(folder: Folder) -> None:
    path = folder.story()
    with path.open("ab") as target:
        target.truncate(3 * 1024**3)

    assert refused(folder) == [
        "stories/health-camp/index.md:1:1: "
        "the file is 1.0 MiB large; split it, at most 1 MiB is read"
    ]
