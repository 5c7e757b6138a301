"""From the Markdown of a body to clean HTML, once per revision.

Hostile Markdown can keep this busy for minutes: only ``sandbox`` calls ``render`` outside tests.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from showcase.documents.block_html import WIDGET, BlockPreprocessor
from showcase.documents.block_values import rows_from_text
from showcase.documents.blocks import Steps, WidgetRef
from showcase.documents.body_checks import check_body
from showcase.documents.clean import HEADING_PREFIX, clean, is_external, is_picture
from showcase.text import latin_digits, slugify

__all__ = ["Heading", "Rendered", "WidgetRef", "check_body", "plain", "render", "split_on_widgets"]

# After all inline Markdown (20) has become elements, before text is unescaped (0).
_AFTER_INLINE: Final = 15
_BACK_TO_TEXT: Final = {
    "bn": "পাদটীকা {} থেকে লেখায় ফিরুন",
    "en": "Back to footnote {} in the text",
}
_WIDGET: Final = re.compile(
    f'<{WIDGET} kind="(tcv|figure|steps)" argument="([0-9a-z-]+)"(?: rows="([^"]*)")?></{WIDGET}>'
)
_TAG: Final = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Heading:
    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """A body as HTML; ``words`` counts what a reader reads."""

    html: str
    headings: tuple[Heading, ...]
    words: int


def render(body: str, language: str = "bn") -> Rendered:
    """Clean HTML of a body; what ``check_body`` would refuse is printed as text or left out."""
    markdown = _markdown(language)
    html = clean(markdown.convert(body))
    return Rendered(html, tuple(_headings(markdown)), len(plain(html).split()))


def split_on_widgets(html: str) -> list[str | WidgetRef | Steps]:
    """The HTML in pieces, with the widgets that belong between them."""
    pieces: list[str | WidgetRef | Steps] = []
    parts = iter(_WIDGET.split(html))
    pieces.append(next(parts))
    for kind, argument, rows, after in zip(parts, parts, parts, parts, strict=True):
        pieces += [_widget(kind, argument, rows or "[]"), after]
    return [piece for piece in pieces if not isinstance(piece, str) or piece.strip()]


def _widget(kind: str, argument: str, rows: str) -> WidgetRef | Steps:
    if kind != "steps":
        return WidgetRef("tcv" if kind == "tcv" else "figure", argument)
    side, _, record = argument.partition("-")
    return Steps(
        "before" if side == "before" else "after", int(record), rows_from_text(unescape(rows))
    )


def plain(html: str) -> str:
    """The words of cleaned HTML without their tags, for counting and for search."""
    words: list[str] = []
    for piece in split_on_widgets(html):
        if isinstance(piece, str):
            words += unescape(_TAG.sub(" ", piece)).split()
        elif isinstance(piece, Steps):
            words += " ".join(text for row in piece.rows for text in row.values()).split()
    return " ".join(words)


def _markdown(language: str) -> Markdown:
    """A new one each time: it keeps state, and building it takes half a millisecond."""
    return Markdown(
        extensions=[
            FencedCodeExtension(),
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TITLE=_BACK_TO_TEXT[language]),
            SaneListExtension(),
            TocExtension(slugify=_heading_id, marker="", toc_depth="2-6"),
            _HouseStyle(language),
        ],
        output_format="html",
    )


def _heading_id(text: str, _separator: str) -> str:
    """Apart from the page's own ids, and with Bangla vowel signs kept."""
    return HEADING_PREFIX + (slugify(unescape(text)) or "0")


def _headings(markdown: Markdown) -> list[Heading]:
    found = []
    tokens: list[dict[str, Any]] = list(markdown.toc_tokens)  # type: ignore[attr-defined]
    while tokens:
        token = tokens.pop(0)
        found.append(Heading(token["level"], token["id"], unescape(token["name"])))
        tokens = [*token["children"], *tokens]
    return found


class _HouseStyle(Extension):
    """Our blocks; no raw HTML; pictures, tables, links and headings as our pages want them."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def extendMarkdown(self, md: Markdown) -> None:
        md.block_level_elements.append(WIDGET)
        md.preprocessors.register(BlockPreprocessor(md, self._language), "showcase_blocks", 26)
        md.treeprocessors.register(_Finish(md), "showcase_finish", _AFTER_INLINE)
        # What an author writes as HTML is text. Definition lists, attribute lists and abbreviations
        # are left out with it: they overflow the stack, set any attribute, or take long.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")


class _Finish(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child in list(parent):
                self._finish(parent, child)

    def _finish(self, parent: Element, child: Element) -> None:
        match child.tag:
            case "h1":
                child.tag = "h2"
            case "a" if is_external(child.get("href", "")):
                child.set("rel", "noopener")
            case "img" if not is_picture(child.get("src", "")):
                _replace_by_text(parent, child)
            case "ol" if child.get("start"):
                _start_list(child)
            case "table":
                _wrap(parent, child)
            case "th" | "td":
                _finish_cell(child)


def _replace_by_text(parent: Element, picture: Element) -> None:
    """A picture from elsewhere would tell its host who reads: its alternative text stays."""
    text = picture.get("alt", "") + (picture.tail or "")
    index = list(parent).index(picture)
    if index:
        before = parent[index - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(picture)


def _start_list(ordered: Element) -> None:
    """Markdown counts from ১ as well as from 1; the attribute knows only the latter."""
    start = latin_digits(ordered.attrib.pop("start"))
    if start != "1":
        ordered.set("start", start)


def _wrap(parent: Element, table: Element) -> None:
    """A wide table scrolls by itself on a phone, by keyboard too."""
    box = Element("div", {"class": "table-scroll", "tabindex": "0"})
    box.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = box
    box.append(table)


def _finish_cell(cell: Element) -> None:
    align = cell.attrib.pop("align", None)
    if align:
        cell.set("class", f"align-{align}")
    if cell.tag == "th":
        cell.set("scope", "col")
