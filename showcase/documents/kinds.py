"""The kinds of document, each brought by the feature that shows it.

``documents`` knows no feature: a feature registers its kind with the schema of its main file and
with a function that keeps the feature's own tables in step.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple, Self, TypeAlias

from flask import Flask, current_app
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator
from sqlalchemy.orm import Session

from showcase.documents.blocks import Steps
from showcase.documents.fields import Day, Misplaced, Moment
from showcase.documents.models import Document
from showcase.documents.problems import Problem
from showcase.words import Line

_EXTENSION = "document_kinds"
_AFTER_STORING = "after_storing_documents"

AfterStoring: TypeAlias = Callable[[Session, Sequence[Document]], None]


class Fields(BaseModel):
    """Front matter: unknown keys are errors, and nothing changes after it was checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _tell_the_words(code: str, info: ValidationInfo) -> str:
    """Bare strings further down are in the language of their document."""
    if info.context is not None:
        info.context["language"] = code
    return code


Title = Annotated[Line, Field(min_length=3, max_length=160)]
Summary = Annotated[Line, Field(min_length=20, max_length=300)]


class MainFields(Fields):
    """What every ``index.md`` says. ``language`` comes first: the others are read in its light."""

    language: Annotated[Literal["bn", "en"], AfterValidator(_tell_the_words)]
    title: Title
    summary: Summary
    status: Literal["draft", "review", "published"] = "draft"
    published: Day | None = None
    # Shown from then on; at once where it is not given.
    publish_at: Moment | None = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.status == "published" and self.published is None:
            raise Misplaced(
                "status", "a published document says since when; write published: 2026-03-01"
            )
        return self


class TranslationFields(Fields):
    """What ``index.en.md`` beside ``index.md`` says: words only, the numbers come from there."""

    title: Title
    summary: Summary


class Reference(NamedTuple):
    """A document's mention of something else that has to exist."""

    where: tuple[str | int, ...]
    kind: str
    key: str


def _no_references(_fields: Any) -> Iterable[Reference]:
    return ()


def _no_records(_fields: Any) -> int:
    return 0


def _no_keywords(_fields: Mapping[str, Any]) -> Iterable[str]:
    return ()


def _no_warnings(_path: str, _raw: bytes) -> Iterable[Problem]:
    return ()


def _own_rows_not_needed(_session: Session, _documents: Sequence[tuple[Document, Any]]) -> None:
    return None


@dataclass(frozen=True)
class StepRules:
    """How the blocks ``:::steps before`` and ``:::steps after`` go with a kind's records.

    Attributes:
        faults: Values that cannot be read: each with its path in the list of steps.
        complete: The front matter as written, with what its records leave out and the steps of
            its own text give.
        contradictions: Where the steps of a text and the record they belong to, which is there,
            do not agree.
    """

    faults: Callable[[Steps], Iterable[tuple[tuple[str | int, ...], str]]]
    complete: Callable[[Mapping[str, Any], Sequence[Steps]], Mapping[str, Any]]
    contradictions: Callable[[Any, Steps], Iterable[str]]


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    Attributes:
        name: As in ``documents.kind``.
        folder: Below ``content/``; each document is a folder of its own in it. For a table, the
            name of its one file.
        main: The schema of ``index.md``; of one row for a table.
        project: Writes the feature's own rows inside the publish transaction, for documents of the
            kind, each with its fields.
        references: What the fields mention that has to exist.
        count_records: How many records the blocks ``:::tcv`` of its texts can show.
        steps: How steps before and after go with its records; None where it has no records.
        keywords: Words, besides its text, by which a search finds it; given the stored fields.
        warnings: What an editor should know of a main file that is right; it is published all the
            same. Given the path to name and the content.
        read_table: For a table: the file's rows.
        row_key: For a table: how other documents call one of its rows.
    """

    name: str
    folder: str
    main: type[BaseModel]
    project: Callable[[Session, Sequence[tuple[Document, Any]]], None] = _own_rows_not_needed
    references: Callable[[Any], Iterable[Reference]] = _no_references
    count_records: Callable[[Any], int] = _no_records
    steps: StepRules | None = None
    keywords: Callable[[Mapping[str, Any]], Iterable[str]] = _no_keywords
    warnings: Callable[[str, bytes], Iterable[Problem]] = _no_warnings
    read_table: Callable[[str, bytes], list[Any]] | None = None
    row_key: str = "key"

    @property
    def is_table(self) -> bool:
        return self.read_table is not None


def register(app: Flask, kind: Kind) -> None:
    app.extensions.setdefault(_EXTENSION, {})[kind.name] = kind


def kinds() -> Iterator[Kind]:
    yield from current_app.extensions[_EXTENSION].values()


def kind_called(name: str) -> Kind:
    kind: Kind = current_app.extensions[_EXTENSION][name]
    return kind


def after_storing(app: Flask, act: AfterStoring) -> None:
    """Have ``act`` called inside each publish transaction, with the documents it has stored."""
    app.extensions.setdefault(_AFTER_STORING, []).append(act)


def acts_after_storing() -> Sequence[AfterStoring]:
    return tuple(current_app.extensions.get(_AFTER_STORING, ()))
