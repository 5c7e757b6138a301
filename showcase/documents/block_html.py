"""``:::`` blocks as HTML: a preprocessor for Python-Markdown.

What a block wraps stays Markdown of the same document, so links and footnotes work across it. The
HTML goes through Markdown's stash, the only way to put any into a page: an author's own is text.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from showcase.documents.block_values import rows_as_text
from showcase.documents.blocks import Block, Steps, WidgetRef, scan

WIDGET: Final = "x-widget"

# Stored HTML is made once per text and language, outside any request: no gettext here.
_STEP_LABELS: Final = {
    "bn": {"time": "সময়", "cost": "খরচ", "visits": "যাতায়াত", "pain": "ভোগান্তি"},
    "en": {"time": "Time", "cost": "Cost", "visits": "Visits", "pain": "Pain"},
}


def widget_html(widget: WidgetRef) -> str:
    """A placeholder that survives cleaning and that ``split_on_widgets`` finds."""
    return f'<{WIDGET} kind="{widget.kind}" argument="{escape(widget.argument)}"></{WIDGET}>'


def steps_html(steps: Steps) -> str:
    """The same for the steps before or after, whose sums are worked out when they are shown."""
    argument, rows = f"{steps.side}-{steps.record}", escape(rows_as_text(steps.rows))
    return f'<{WIDGET} kind="steps" argument="{argument}" rows="{rows}"></{WIDGET}>'


class BlockPreprocessor(Preprocessor):
    """Before code fences are taken out (priority 25), so that line numbers still hold."""

    def __init__(self, md: Markdown, language: str) -> None:
        super().__init__(md)
        self._labels = _STEP_LABELS[language]

    def run(self, lines: list[str]) -> list[str]:
        made: list[str] = []
        done = 0
        for block in scan(lines).blocks:
            made += lines[done : block.first]
            made += self._block(block, lines[block.first + 1 : block.last])
            done = block.last + 1
        return made + lines[done:]

    def _block(self, block: Block, inside: list[str]) -> Iterator[str]:
        if block.widget:
            yield from self._stashed(widget_html(block.widget))
        elif block.told:
            yield from self._stashed(steps_html(block.told))
        elif block.name == "steps":
            yield from self._stashed(self._steps(block))
        elif block.name == "note":
            yield from self._wrapped('<aside class="note">', inside, "</aside>")
        else:
            end = f"</blockquote>{_caption(block.quoted)}</figure>"
            yield from self._wrapped('<figure class="quote"><blockquote>', inside, end)

    def _wrapped(self, start: str, inside: list[str], end: str) -> Iterator[str]:
        yield from self._stashed(start)
        yield from inside
        yield from self._stashed(end)

    def _stashed(self, html: str) -> tuple[str, str, str]:
        return "", self.md.htmlStash.store(html), ""

    def _steps(self, block: Block) -> str:
        items = "".join(f"<li>{self._step(step)}</li>" for step in block.steps.rows)
        return f'<ol class="steps">{items}</ol>'

    def _step(self, step: dict[str, str]) -> str:
        facts = "".join(
            f"<div><dt>{label}</dt><dd>{escape(step[key])}</dd></div>"
            for key, label in self._labels.items()
            if key in step
        )
        told = f"<p>{escape(step['what'])}</p>"
        return f'{told}<dl class="step-facts">{facts}</dl>' if facts else told


def _caption(quoted: dict[str, str]) -> str:
    told = ", ".join(escape(text) for text in quoted.values())
    return f"<figcaption>{told}</figcaption>" if told else ""
