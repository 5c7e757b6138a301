"""Everything that can be wrong with files before they are published, found at once."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from showcase.documents import yaml_tree
from showcase.documents.frontmatter import parse
from showcase.documents.kinds import Kind, Reference, TranslationFields
from showcase.documents.problems import DocumentError, Problem, did_you_mean
from showcase.documents.reading import ContentFile
from showcase.documents.render import check_body
from showcase.documents.source import Source, split

# Of a table such as the districts, which has words of both languages in it.
NO_LANGUAGE: Final = ""

Known = dict[str, set[str]]


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


def check_file(file: ContentFile) -> Text:
    """The file's text.

    Raises:
        DocumentError: With every problem of the file.
    """
    if file.kind.read_table is not None:
        rows = file.kind.read_table(file.shown_path, file.raw)
        return Text(file, NO_LANGUAGE, rows)
    source = split(file.shown_path, file.raw)
    schema = TranslationFields if file.is_translation else file.kind.main
    problems = check_body(source.path, source.body, source.body_line)
    try:
        fields = parse(source, schema, {"language": file.language})
    except DocumentError as error:
        raise DocumentError([*error.problems, *problems]) from None
    if problems:
        raise DocumentError(problems)
    return _text(file, source, fields)


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


def check_files(files: Iterable[ContentFile]) -> tuple[list[Text], list[Problem]]:
    texts: list[Text] = []
    problems: list[Problem] = []
    for file in files:
        try:
            texts.append(check_file(file))
        except DocumentError as error:
            problems.extend(error.problems)
    return texts, problems


def check_languages(
    texts: Iterable[Text], main_languages: dict[tuple[str, str], str]
) -> list[Problem]:
    """A translation is of a main text, into another language.

    Args:
        main_languages: Kind and slug → language of the main text, published now or earlier.
    """
    problems = []
    for text in texts:
        main = main_languages.get((text.file.kind.name, text.file.slug))
        if text.file.is_translation and main == text.language:
            problems.append(
                text.file.problem(
                    f"index.md is in this language already (language: {main}); "
                    "delete one of the two or name this file after its own language"
                )
            )
    return problems


def keys_of(kind: Kind, slug: str, fields: Any) -> Iterator[tuple[str, str]]:
    """What other documents may refer to: the document, or each row of a table."""
    if not kind.is_table:
        yield kind.name, slug
        return
    for row in fields:
        key = row[kind.row_key] if isinstance(row, dict) else getattr(row, kind.row_key)
        yield kind.name, key


def check_references(
    texts: Iterable[Text], known: Known, unreadable: Container[str]
) -> list[Problem]:
    """Everything that is mentioned exists; nothing is said of kinds that are ``unreadable``."""
    return [
        problem
        for text in texts
        if text.is_main
        for reference in text.file.kind.references(text.fields)
        if reference.kind not in unreadable
        if (problem := _check_reference(text, reference, known))
    ]


def _check_reference(text: Text, reference: Reference, known: Known) -> Problem | None:
    there = known.get(reference.kind, set())
    if reference.key in there:
        return None
    line, column = _place(text, reference.where)
    message = (
        f"there is no {reference.kind} “{reference.key}”{did_you_mean(reference.key, there)}; "
        "write one that exists or leave it out"
    )
    return text.file.problem(message, line, column)


def _place(text: Text, where: tuple[str | int, ...]) -> tuple[int, int]:
    if text.source is None:
        return 1, 1
    tree = yaml_tree.read(text.source.path, text.source.front, text.source.front_line)
    return tree.values.get(where, (1, 1))
