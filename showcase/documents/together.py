"""What no file shows by itself: two texts in one language, mentions of what is not there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from showcase.documents import yaml_tree
from showcase.documents.blocks import ALL_RECORDS, WidgetRef, placed_steps, widgets
from showcase.documents.checking import Text, keys_of
from showcase.documents.kinds import Reference
from showcase.documents.models import Document, among
from showcase.documents.problems import Problem, did_you_mean
from showcase.documents.reading import ContentFile, DocumentKey
from showcase.documents.step_checks import record_problems
from showcase.documents.stored import (
    Stored,
    stored_fields,
    stored_records,
    stored_references,
    stored_steps,
    stored_widgets,
)

# The kind of ``figures.yaml``, whose rows the block ``:::figure`` shows.
_FIGURE: Final = "figure"


@dataclass(frozen=True)
class Together:
    """The files of one publish beside what was published before.

    Attributes:
        files: Everything in the folder, also what has not changed.
        planned: What is to be published; ``texts`` are those of them that are right.
    """

    files: list[ContentFile]
    planned: list[ContentFile]
    texts: list[Text]
    stored: Stored

    def problems(self) -> list[Problem]:
        return [
            *self._same_language(),
            *self._missing(),
            *self._records_missing(),
            *self._records_missing_in_stored(),
            *self._steps_and_records(),
            *self._steps_and_records_in_stored(),
            *self._rows_gone(),
        ]

    def _same_language(self) -> Iterator[Problem]:
        mains = {text.file.key: text.language for text in self._mains()}
        languages = {**self.stored.languages, **mains}
        for file in self.files:
            if file.is_translation and languages.get(file.key) == file.language:
                yield file.problem(
                    f"index.md is in this language already (language: {file.language}); "
                    "delete one of the two or name this file after its own language"
                )

    def _missing(self) -> Iterator[Problem]:
        known, unreadable = self._known(), self._unreadable()
        for text in self.texts:
            for line, reference in _references(text):
                there = known.get(reference.kind, set())
                is_table_unread = (reference.kind, reference.kind) in unreadable
                if reference.key not in there and not is_table_unread:
                    place = (line, 1) if line else _place(text, reference.where)
                    yield text.file.problem(_not_there(reference, there), *place)

    def _records_missing(self) -> Iterator[Problem]:
        """``:::tcv 3`` needs a third record in ``index.md``."""
        counts, unreadable = self._counts(), self._unreadable()
        for text in self.texts:
            key = text.file.key
            for line, widget in widgets(text.body, text.body_line):
                if widget.kind != "tcv" or key in unreadable:
                    continue
                count = counts[key] if key in counts else stored_records(key)
                if _too_few(widget, count):
                    yield text.file.problem(_no_record(widget, count), line)

    def _records_missing_in_stored(self) -> Iterator[Problem]:
        """The same for a translation that has not changed beside an ``index.md`` that has."""
        counts, paths = self._counts(), self._paths()
        if not counts:
            return
        for key, path, widget in stored_widgets(
            "tcv", among(Document.slug, {slug for _, slug in counts})
        ):
            if key in counts and path not in paths and _too_few(widget, counts[key]):
                yield Problem(path, 1, 1, _no_record(widget, counts[key]))

    def _steps_and_records(self) -> Iterator[Problem]:
        """``:::steps before 2`` comes to what the second record in ``index.md`` says."""
        fields, unreadable = self._fields(), self._unreadable()
        for text in self.texts:
            key = text.file.key
            for line, steps, _ in placed_steps(text.body, text.body_line):
                if key not in unreadable:
                    data = fields[key] if key in fields else stored_fields(key)
                    for message in record_problems(text.file.kind, data, steps):
                        yield text.file.problem(message, line)

    def _steps_and_records_in_stored(self) -> Iterator[Problem]:
        """The same for a translation that has not changed beside an ``index.md`` that has."""
        fields, paths = self._fields(), self._paths()
        kinds = {text.file.kind.name: text.file.kind for text in self._mains()}
        if not any(kind.steps for kind in kinds.values()):
            return
        for key, path, steps in stored_steps(among(Document.slug, {slug for _, slug in fields})):
            if key in fields and path not in paths:
                for message in record_problems(kinds[key[0]], fields[key], steps):
                    yield Problem(path, 1, 1, message)

    def _rows_gone(self) -> Iterator[Problem]:
        """A row that an earlier document mentions cannot be taken out of its table."""
        for text in self._mains():
            name, known = text.file.kind.name, self.stored.known
            gone = known.get(name, set()) - _keys(text) if text.file.kind.is_table else set()
            for (kind, slug), reference in self._stored_mentions() if gone else ():
                if reference.kind == name and reference.key in gone:
                    yield text.file.problem(
                        f"the row “{reference.key}” is gone, but {kind} “{slug}” mentions it; "
                        f"put it back, or change the {kind} first"
                    )

    def _stored_mentions(self) -> Iterator[tuple[DocumentKey, Reference]]:
        """What documents that this publish leaves alone mention."""
        paths = self._paths()
        for key, path, reference in stored_references():
            if path not in paths:
                yield key, reference
        for key, path, widget in stored_widgets(_FIGURE):
            if path not in paths:
                yield key, Reference((), _FIGURE, widget.argument)

    def _known(self) -> dict[str, set[str]]:
        """A table's new rows replace the old; a document in the folder is there, mended or not."""
        known = {name: set(keys) for name, keys in self.stored.known.items()}
        for file in self.files:
            if not file.kind.is_table:
                known.setdefault(file.kind.name, set()).add(file.slug)
        tables = (text for text in self._mains() if text.file.kind.is_table)
        return {**known, **{text.file.kind.name: _keys(text) for text in tables}}

    def _unreadable(self) -> set[DocumentKey]:
        """Main files with problems: nothing can be said about what they hold."""
        planned = {file.key for file in self.planned if not file.is_translation}
        return planned - {text.file.key for text in self._mains()}

    def _counts(self) -> dict[DocumentKey, int]:
        return {t.file.key: t.file.kind.count_records(t.fields) for t in self._mains()}

    def _fields(self) -> dict[DocumentKey, Any]:
        return {text.file.key: text.fields for text in self._mains()}

    def _mains(self) -> Iterable[Text]:
        return (text for text in self.texts if text.is_main)

    def _paths(self) -> set[str]:
        return {text.file.path for text in self.texts}


def _keys(text: Text) -> set[str]:
    return set(keys_of(text.file.kind, text.file.slug, text.fields))


def _references(text: Text) -> Iterator[tuple[int | None, Reference]]:
    """What a text mentions; with its line in the body, or None in the front matter.

    Where in the front matter, only a second reading would tell: most mentions are right.
    """
    if text.is_main:
        for reference in text.file.kind.references(text.fields):
            yield None, reference
    for line, widget in widgets(text.body, text.body_line):
        if widget.kind == _FIGURE:
            yield line, Reference((), _FIGURE, widget.argument)


def _place(text: Text, where: tuple[str | int, ...]) -> tuple[int, int]:
    if text.source is None:
        return 1, 1
    tree = yaml_tree.read(text.source.path, text.source.front, text.source.front_line)
    return tree.values.get(where, (1, 1))


def _not_there(reference: Reference, there: set[str]) -> str:
    likely = did_you_mean(reference.key, there) or "; write one that exists or leave it out"
    return f"there is no {reference.kind} “{reference.key}”{likely}"


def _too_few(widget: WidgetRef, count: int) -> bool:
    return count < (1 if widget.argument == ALL_RECORDS else int(widget.argument))


def _no_record(widget: WidgetRef, count: int) -> str:
    block = ":::tcv" if widget.argument == ALL_RECORDS else f":::tcv {widget.argument}"
    told = {0: "no record", 1: "only one record"}.get(count, f"only {count} records")
    return (
        f"“{block}” has nothing to show: index.md has {told} under tcv; "
        "write the record there or delete this block"
    )
