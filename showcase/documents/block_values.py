"""The YAML inside ``:::`` blocks: who is quoted, and the steps of a service."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from showcase.documents import yaml_tree
from showcase.documents.problems import DocumentError, Problem, did_you_mean, shown
from showcase.documents.yaml_tree import Path, Place, Tree

STEP_KEYS = ("what", "time", "cost", "visits", "pain")
QUOTE_KEYS = ("who", "where")


@dataclass(frozen=True)
class StepList:
    """Each step with its texts, and where each of them was written."""

    rows: tuple[dict[str, str], ...] = ()
    places: Mapping[Path, Place] = field(default_factory=dict)


def quote_options(
    path: str, text: str, line: int, column: int, problems: list[Problem]
) -> dict[str, str]:
    """``{who: …, where: …}``; what is wrong is added to ``problems``."""
    tree = _read(path, text, line, column, problems)
    if tree is None:
        return {}
    if not isinstance(tree.value, dict):
        message = "the options are keys with texts; write “:::quote {who: …, where: …}”"
        problems.append(Problem(path, line, column, message))
        return {}
    return _texts(tree, (), QUOTE_KEYS, problems)


def steps(path: str, text: str, line: int, problems: list[Problem]) -> StepList:
    """What is wrong is added to ``problems``."""
    tree = _read(path, text, line, 1, problems)
    if tree is None:
        return StepList()
    if not isinstance(tree.value, list) or not tree.value:
        message = "the steps must be a list; begin each step with “- what: …”"
        problems.append(Problem(path, line, 1, message))
        return StepList()
    rows = tuple(_step(tree, index, problems) for index in range(len(tree.value)))
    return StepList(rows, tree.values)


def rows_as_text(rows: Sequence[Mapping[str, str]]) -> str:
    """Steps as they are kept inside a page, for ``rows_from_text``."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def rows_from_text(text: str) -> tuple[dict[str, str], ...]:
    """Raises ValueError for what ``rows_as_text`` has not made."""
    rows = json.loads(text)
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise ValueError("this is no list of steps")
    return tuple(rows)


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and "what" in row
        and all(key in STEP_KEYS and isinstance(value, str) for key, value in row.items())
    )


def _step(tree: Tree, index: int, problems: list[Problem]) -> dict[str, str]:
    step, place = tree.value[index], tree.values[(index,)]
    if not isinstance(step, dict):
        problems.append(tree.problem(place, "a step must be keys with texts; write “what: …”"))
        return {}
    if "what" not in step:
        message = "the key “what” is missing in this step; write “what: …”"
        problems.append(tree.problem(place, message))
    return _texts(tree, (index,), STEP_KEYS, problems)


def _texts(
    tree: Tree, path: Path, known: tuple[str, ...], problems: list[Problem]
) -> dict[str, str]:
    """The known keys of the mapping at ``path`` with their texts."""
    values = {}
    told = {(problem.line, problem.column) for problem in tree.problems}
    for key, value, place in yaml_tree.children(tree, path):
        message = _objection(key, value, known)
        if place in told:
            continue
        if not message:
            values[key] = value
        elif key in known:
            problems.append(tree.problem(place, message))
        else:
            problems.append(tree.problem(tree.keys[(*path, key)], message))
    return values


def _objection(key: str, value: object, known: tuple[str, ...]) -> str:
    if key not in known:
        remedy = did_you_mean(key, known) or f"; write one of: {', '.join(known)}"
        return f"there is no option {shown(key)} here{remedy}"
    if not isinstance(value, str):
        return f"{key}: write one text here"
    return ""


def _read(path: str, text: str, line: int, column: int, problems: list[Problem]) -> Tree | None:
    try:
        tree = yaml_tree.read(path, text, line, column)
    except DocumentError as error:
        problems.extend(error.problems)
        return None
    problems.extend(tree.problems)
    return tree
