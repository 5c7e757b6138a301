"""Hundreds of files that something is wrong with: each is told, and the site stays as it was."""

from collections.abc import Callable

from flask import Flask

from showcase.documents.problems import DocumentError
from showcase.documents.publishing import publish_folder
from tests.documents.folder import Folder, everything, publish
from tests.documents.test_malformed import FILES
from tests.pages import parse, words

# Each turns one line of a front matter into one that cannot be used.
SPOIL: dict[str, Callable[[bytes], bytes]] = {
    "NUL": lambda line: line + b"\0",
    "no UTF-8": lambda line: line + b"\xff",
    "half a letter": lambda line: line + "আ".encode()[:2],
    "UTF-16": lambda line: line.decode().encode("utf-16"),
    "line separator": lambda line: line + "\u2028".encode(),
    "byte-order mark": lambda line: line + "\ufeff".encode(),
    "escape": lambda line: line + b"\x1b[31m",
    "tab": lambda line: b"\t" + line,
    "indented": lambda line: b"   " + line,
    "twice": lambda line: line + b"\n" + line,
    "unknown key": lambda line: b"x" + line,
    "capital": lambda line: line.upper(),
    "no colon": lambda line: line.replace(b":", b"", 1),
    "no space": lambda line: line.replace(b": ", b":", 1),
    "nothing": lambda line: line.split(b":")[0] + b":",
    "null": lambda line: line.split(b":")[0] + b': ""',
    "anchor": lambda line: line.replace(b": ", b": &a ", 1),
    "alias": lambda line: line.split(b":")[0] + b": *a",
    "tag": lambda line: line.replace(b": ", b": !!python/object ", 1),
    "open bracket": lambda line: line.split(b":")[0] + b": [one",
    "open quotation mark": lambda line: line.split(b":")[0] + b': "one',
    "closed too early": lambda line: line.split(b":")[0] + b": ]",
    "mapping": lambda line: line.split(b":")[0] + b": {a: {b: {c: d}}}",
    "deep": lambda line: line.split(b":")[0] + b": " + b"[" * 5_000,
    "long": lambda line: line.split(b":")[0] + b": " + b"a" * 1_000_000,
    "second document": lambda line: line + b"\n...\n%YAML 1.1",
    "merge": lambda line: line + b"\n<<: {a: b}",
    "at sign": lambda line: line.split(b":")[0] + b": @a",
}


def write_bad_stories(folder: Folder) -> set[str]:
    """Paths of all files, every one of them wrong."""
    lines = folder.story("good").read_bytes().split(b"\n")
    keys = range(1, lines.index(b"---", 1))
    written = set()
    for name, spoil in SPOIL.items():
        for number in keys:
            spoilt = [*lines[:number], spoil(lines[number]), *lines[number + 1 :]]
            slug = f"{name.lower().replace(' ', '-')}-{number}"
            folder.write(f"stories/{slug}/index.md", b"\n".join(spoilt))
            written.add(f"stories/{slug}/index.md")
    for number, (raw, _) in enumerate(FILES.values()):
        folder.write(f"stories/file-{number}/index.md", raw)
        written.add(f"stories/file-{number}/index.md")
    return written


def test_every_bad_file_is_told_and_the_site_keeps_its_pages(app: Flask, folder: Folder) -> None:
    folder.story("good", title="A good story")
    with app.app_context():
        publish(folder)
        before = everything()
    client = app.test_client()
    bad = write_bad_stories(folder)
    folder.story("good", title="A better story")

    told: dict[str, list[str]] = {}
    with app.app_context():
        try:
            publish_folder(folder.root, by="test")
        except DocumentError as error:
            for problem in error.problems:
                path = problem.path.removeprefix(f"{folder.root}/")
                told.setdefault(path, []).append(problem.message)
                assert min(problem.line, problem.column) >= 1
        assert everything() == before

    assert len(bad) > 300
    assert bad - told.keys() == set()
    assert told.keys() - bad == set()
    assert max(len(message) for messages in told.values() for message in messages) < 400
    page = parse(client.get("/en/stories/good").text)
    assert words(page.query("h1")[0]) == "A good story"
