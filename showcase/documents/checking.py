"""What can be wrong with one file before it is published, found all at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from showcase.documents.blocks import placed_steps
from showcase.documents.body_checks import check_body
from showcase.documents.frontmatter import parse
from showcase.documents.kinds import Kind, TranslationFields
from showcase.documents.problems import DocumentError, Problem
from showcase.documents.reading import ContentFile
from showcase.documents.source import Source, split
from showcase.documents.step_checks import value_problems

# Of a table such as the districts, which has words of both languages in it.
NO_LANGUAGE: Final = ""


@dataclass(frozen=True)
class Text:
    """A checked file: what it says, ready to be rendered and stored."""

    file: ContentFile
    language: str
    fields: Any
    title: str = ""
    summary: str = ""
    body: str = ""
    body_line: int = 1
    source: Source | None = None

    @property
    def is_main(self) -> bool:
        return not self.file.is_translation


def check_files(files: Iterable[ContentFile]) -> tuple[list[Text], list[Problem]]:
    """The texts of the files that are right, and the problems of the others."""
    texts: list[Text] = []
    problems: list[Problem] = []
    for file in files:
        try:
            texts.append(check_file(file))
        except DocumentError as error:
            problems.extend(error.problems)
    return texts, problems


def check_file(file: ContentFile) -> Text:
    """The file's text.

    Raises:
        DocumentError: With every problem of the file.
    """
    if file.kind.read_table is not None:
        return Text(file, NO_LANGUAGE, file.kind.read_table(file.shown_path, file.raw))
    source = split(file.shown_path, file.raw)
    problems = [
        *check_body(source.path, source.body, source.body_line),
        *value_problems(file.kind, source.path, source.body, source.body_line),
    ]
    try:
        fields = _front_matter(file, source)
    except DocumentError as error:
        raise DocumentError([*error.problems, *problems]) from None
    if problems:
        raise DocumentError(problems)
    return _text(file, source, fields)


def _front_matter(file: ContentFile, source: Source) -> Any:
    """A main file tells its language itself, by its first key."""
    if file.is_translation:
        return parse(source, TranslationFields, {"language": file.language})
    rules = file.kind.steps
    if rules is None:
        return parse(source, file.kind.main, {})
    told = [placed.steps for placed in placed_steps(source.body, source.body_line)]
    return parse(source, file.kind.main, {}, lambda written: rules.complete(written, told))


def _text(file: ContentFile, source: Source, fields: Any) -> Text:
    return Text(
        file,
        language=file.language or fields.language,
        fields=fields,
        title=fields.title,
        summary=fields.summary,
        body=source.body,
        body_line=source.body_line,
        source=source,
    )


def keys_of(kind: Kind, slug: str, fields: Any) -> Iterator[str]:
    """What other documents may mention: the document, or each row of a table."""
    if not kind.is_table:
        yield slug
        return
    for row in fields:
        yield row[kind.row_key] if isinstance(row, dict) else getattr(row, kind.row_key)
