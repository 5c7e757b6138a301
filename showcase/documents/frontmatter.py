"""From the head of a document to a checked model, or to a list of all that is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from showcase.documents import yaml_tree
from showcase.documents.problems import DocumentError
from showcase.documents.schema_errors import problems_of
from showcase.documents.source import Source, decode, split
from showcase.documents.yaml_tree import Place, Tree

__all__ = ["Source", "parse", "parse_yaml_list", "split"]

M = TypeVar("M", bound=BaseModel)


def _as_written(written: Mapping[str, Any]) -> Mapping[str, Any]:
    return written


def parse(
    source: Source,
    model: type[M],
    context: Mapping[str, Any] | None = None,
    complete: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _as_written,
) -> M:
    """The front matter as ``model``; raises DocumentError with all its problems at once.

    ``complete`` adds what follows from elsewhere, before the model looks at it.
    """
    tree = yaml_tree.read(source.path, source.front, source.front_line)
    if not isinstance(tree.value, dict):
        place = tree.values.get((), Place(source.front_line, 1))
        problem = tree.problem(place, "the front matter must be keys with texts; write “title: …”")
        raise DocumentError([*tree.problems, problem])
    with _placing(tree, model):
        return model.model_validate(complete(tree.value), context=context)


def parse_yaml_list(
    path: str, raw: bytes, model: type[M], context: Mapping[str, Any] | None = None
) -> list[M]:
    """The items of a plain YAML file that is one list; the same errors as ``parse``."""
    tree = yaml_tree.read(path, decode(path, raw))
    if not isinstance(tree.value, list):
        place = tree.values.get((), Place(1, 1))
        problem = tree.problem(place, "the file must be a list; begin each item with “- ”")
        raise DocumentError([*tree.problems, problem])
    schema = list[model]  # type: ignore[valid-type]
    with _placing(tree, schema):
        return TypeAdapter(schema).validate_python(tree.value, context=context)


@contextmanager
def _placing(tree: Tree, schema: Any) -> Iterator[None]:
    """Put what the schema refuses inside the block where it was written."""
    try:
        yield
    except ValidationError as error:
        raise DocumentError([*tree.problems, *problems_of(error, tree, schema)]) from error
    if tree.problems:
        raise DocumentError(tree.problems)
