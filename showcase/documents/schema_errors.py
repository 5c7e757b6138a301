"""What a schema refuses, put where it was written and into words with a remedy."""

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from showcase.documents.fields import Misplaced
from showcase.documents.problems import Problem, did_you_mean, one_of, shown
from showcase.documents.yaml_tree import Path, Tree, label, labelled

_MOST_REPORTED = 100
_WANTED = {
    "string_type": "write one text here",
    "list_type": "write a list here: [one, two], or each item on a line of its own after “- ”",
    "tuple_type": "write a list here: [one, two], or each item on a line of its own after “- ”",
    "dict_type": "write keys with texts here: {key: text, key: text}",
    "model_type": "write keys with texts here: {key: text, key: text}",
    "model_attributes_type": "write keys with texts here: {key: text, key: text}",
}
_WRONG = {
    "int": "is no whole number; write digits only, such as 120",
    "float": "is no number; write digits only, such as 25.81",
    "decimal": "is no number; write digits only, such as 25.81",
}
_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
    "greater_than": ("gt", "more than"),
    "less_than": ("lt", "less than"),
}


def problems_of(error: ValidationError, tree: Tree, schema: Any) -> list[Problem]:
    """All of them; where the YAML itself was at fault, its own message stands alone."""
    taken = {(problem.line, problem.column) for problem in tree.problems}
    errors = error.errors(include_url=False)[:_MOST_REPORTED]
    found = (_problem(details, tree, schema) for details in errors)
    return [problem for problem in found if (problem.line, problem.column) not in taken]


def _problem(details: ErrorDetails, tree: Tree, schema: Any) -> Problem:
    path = _written_path(details["loc"], tree)
    kind, key = details["type"], str(details["loc"][-1]) if details["loc"] else ""
    if kind == "missing":
        inside = f" in “{label(path)}”" if label(path) else ""
        return tree.problem(
            tree.values[path], f"the key “{key}” is missing{inside}; write “{key}: …”"
        )
    if kind == "extra_forbidden":
        place = tree.keys.get(path, tree.values[path])
        return tree.problem(place, _unknown_key(key, sorted(_known_keys(schema, path))))
    cause = details.get("ctx", {}).get("error")
    if isinstance(cause, Misplaced) and (*path, cause.key) in tree.values:
        path = (*path, cause.key)
    return tree.problem(tree.values[path], labelled(path, _sentence(details)))


def _written_path(loc: tuple[int | str, ...], tree: Tree) -> Path:
    """What was written of pydantic's path, which names union members and missing keys too."""
    path: Path = ()
    for part in loc:
        if (*path, part) in tree.values:
            path = (*path, part)
    return path


def _unknown_key(key: str, known: list[str]) -> str:
    listed = f" The keys here are: {', '.join(known)}" if known else ""
    return f"there is no key {shown(key)}{did_you_mean(key, known) or '; delete it.'}{listed}"


def _sentence(details: ErrorDetails) -> str:
    kind, written, context = details["type"], details["input"], details.get("ctx", {})
    if kind in ("value_error", "assertion_error"):
        return str(context["error"])
    if kind in ("literal_error", "enum"):
        return (
            f"{_shown(written)} is not known; {one_of(str(written), _choices(context['expected']))}"
        )
    if kind in _WANTED:
        return _WANTED[kind]
    return _measured(details) or _wrong_kind(details)


def _measured(details: ErrorDetails) -> str:
    kind, written, context = details["type"], details["input"], details.get("ctx", {})
    match kind:
        case "string_too_long" | "too_long":
            return f"{_size(written)}; at most {context['max_length']}"
        case "string_too_short" | "too_short":
            return f"{_size(written)}; at least {context['min_length']}"
        case _ if kind in _LIMITS:
            name, words = _LIMITS[kind]
            return f"{_shown(written)} cannot be; write a number, {words} {context[name]}"
    return ""


def _size(written: str | list[Any]) -> str:
    if isinstance(written, str):
        return f"the text has {len(written)} characters"
    return f"the list has {len(written)} items"


def _wrong_kind(details: ErrorDetails) -> str:
    what = _WRONG.get(details["type"].split("_")[0])
    if what:
        return f"{_shown(details['input'])} {what}"
    return f"{_shown(details['input'])} does not fit ({details['msg']}); write it differently"


def _shown(written: Any) -> str:
    return shown(str(written)) if isinstance(written, (str, int, float)) else "a list or mapping"


def _choices(expected: str) -> list[str]:
    """From pydantic's ``'a', 'b' or 'c'``."""
    return expected.split("'")[1::2]


def _known_keys(schema: Any, path: Path) -> set[str]:
    """The keys that ``schema`` knows at ``path`` (of an unknown key there)."""
    models = [schema]
    for part in path[:-1]:
        models = [inner for model in models for inner in _inside(model, part)]
    return {
        field.alias or name
        for model in models
        for unwrapped in _unwrapped(model)
        if _is_model(unwrapped)
        for name, field in unwrapped.model_fields.items()
    }


def _inside(schema: Any, part: str | int) -> Iterator[Any]:
    """The types of what stands at ``part`` of a value of type ``schema``."""
    for kind in _unwrapped(schema):
        if _is_model(kind):
            yield from (
                field.annotation
                for name, field in kind.model_fields.items()
                if part in (name, field.alias)
            )
        else:
            yield from get_args(kind)[-1:] if isinstance(part, str) else get_args(kind)[:1]


def _unwrapped(schema: Any) -> Iterator[Any]:
    """Without Annotated and Union around it."""
    origin = get_origin(schema)
    if origin is Annotated:
        yield from _unwrapped(get_args(schema)[0])
    elif origin in (Union, types.UnionType):
        for member in get_args(schema):
            yield from _unwrapped(member)
    else:
        yield schema


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
