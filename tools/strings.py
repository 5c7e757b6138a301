"""Collect the texts of the site into the catalogues, or check that nothing is missing there.

``--check`` fails when a text of the code is not in the catalogue, or has no Bangla.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "showcase/translations/bn/LC_MESSAGES/messages.po"

SOURCES = {
    "showcase": [("**.py", "python")],
    "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")],
}
KEYWORDS = {"_": None, "_l": None, "_n": (1, 2)}
# Times and versions of tools are no news: they would make every run a change.
NOT_KEPT = (b"-Date:", b"Generated-By", b"Team", b"Translator", b"Bugs-To", b"#, fuzzy")


def extracted() -> Catalog:
    """Every text that the code and the templates hand to gettext."""
    found = Catalog()
    for folder, methods in SOURCES.items():
        for filename, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, methods, keywords=KEYWORDS
        ):
            # Without line numbers, which would change with every edit elsewhere.
            found.add(message, locations=[(f"{folder}/{filename}", None)])
    return found


def updated() -> tuple[Catalog, list[str]]:
    """The catalogue as it should be, and its texts that have no Bangla yet."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="bn")
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    missing = [str(m.id) for m in catalogue if m.id and not _is_complete(m.string)]
    return catalogue, missing


def _is_complete(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def written(catalogue: Catalog) -> bytes:
    catalogue.header_comment = "# The Bangla of Showcase. After a change of texts: make strings"
    target = io.BytesIO()
    write_po(target, catalogue, sort_output=True, width=100)
    lines = target.getvalue().split(b"\n")
    return b"\n".join(
        line for line in lines if not any(mark in line for mark in NOT_KEPT) or b"python-" in line
    )


def main() -> int:
    catalogue, missing = updated()
    text = written(catalogue)
    drifted = text != CATALOGUE.read_bytes()
    if "--check" not in sys.argv:
        CATALOGUE.write_bytes(text)
    elif drifted:
        print("the catalogue is behind the code; run: make strings")
    for text_without_bangla in missing:
        print(f"no Bangla yet: {text_without_bangla}")
    return 1 if missing or ("--check" in sys.argv and drifted) else 0


if __name__ == "__main__":
    sys.exit(main())
