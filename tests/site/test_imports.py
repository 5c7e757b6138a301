"""Imports run one way, so that a change in a view never breaks a query.

Inside a feature: errors → models → queries → actions → forms → views. Between features: only what
stands in ``OPEN``. The house knows no feature, but for its roof.
"""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest

from tests.site import source

LAYERS = ("errors", "models", "queries", "actions", "forms", "views")

FEATURES = {
    name.split(".")[1]
    for name, path in source.modules().items()
    if path.name == "__init__.py" and name.count(".") == 1 and name != "showcase.migrations"
}

# Rooms that every other may use and that use none themselves.
KNOW_NOBODY = {"documents", "tcv", "outbox"}

# What others may call besides queries and actions.
OPEN = {
    # How a kind of document is declared, read and checked, and the row it comes from.
    "documents": {
        "blocks",
        "checked",
        "render",
        "fields",
        "frontmatter",
        "kinds",
        "models",
        "problems",
        "schema_errors",
        "source",
        "yaml_tree",
    },
    # One record serves every place that shows a number.
    "tcv": {
        "brief",
        "change",
        "comparison",
        "evidence",
        "headline",
        "illustration",
        "jsonld",
        "labels",
        "medians",
        "plain",
        "quantities",
        "records",
        "source",
        "steps",
        "widget",
    },
    # What a ticket repeats of its event's page, and whether it still takes place.
    "events": {
        "calendar",
        "commands",
        "fields",
        "labels",
        "models",
        "page",
        "parts",
        "states",
        "when",
    },
    # How many seats an event has, and what a ticket shows besides.
    "registrations": {
        "erasure",
        "tickets.extras",
        "tickets.secret_pages",
        "message_kinds",
        "message_truth",
        "messages",
        "models",
        "seats.pools",
        "secret",
        "sizing",
    },
    "outbox": {"shredding"},
    "figures": {"phases"},
    "districts": {"labels"},
    "stories": {"catalogue", "labels", "models", "share", "stretch", "titles"},
}

# Where the features are put together: the factory, the commands, the server, and the body of a
# page, in which the blocks of several features stand.
ROOF = {"showcase", "showcase.cli", "showcase.server", "showcase.body"}


def feature_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FEATURES else None


def imports(name: str, *, at_start: bool = False) -> set[str]:
    """The modules of the site that a module imports; ``at_start``: without those of a function."""
    tree = source.parsed(source.modules()[name])
    nodes = _outside_functions(tree) if at_start else ast.walk(tree)
    return {found for node in nodes for found in _modules_of(node)} - {name}


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, ast.FunctionDef):
            yield from _outside_functions(child)


def _modules_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in source.modules())
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "showcase":
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            yield full if full in source.modules() else str(node.module)


def reached(name: str) -> set[str]:
    """All that a module imports inside its own feature, also by way of others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for target in imports(waiting.pop()):
            if feature_of(target) == feature_of(name) and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def layer(name: str) -> int | None:
    last = name.rsplit(".", 1)[-1]
    return LAYERS.index(last) if last in LAYERS and name.count(".") == 2 else None


@pytest.mark.parametrize("name", [n for n in source.modules() if feature_of(n) and layer(n)])
def test_layer_uses_only_those_below_it(name: str) -> None:
    own = layer(name)
    above = {n for n in reached(name) if own is not None and (layer(n) or 0) > own}

    assert above == set()


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_feature_calls_only_what_others_leave_open(feature: str) -> None:
    closed = {
        (name, target)
        for name in source.modules()
        if feature_of(name) == feature
        for target in imports(name)
        if feature_of(target) not in (None, feature) and not is_open(target)
    }

    assert closed == set()


def is_open(target: str) -> bool:
    feature = feature_of(target) or ""
    name = target.removeprefix(f"showcase.{feature}.")
    return name in {"queries", "actions"} | OPEN.get(feature, set())


def test_nothing_is_left_open_that_nobody_uses() -> None:
    used = {
        target.removeprefix("showcase.")
        for name in source.modules()
        for target in imports(name)
        if feature_of(target) not in (None, feature_of(name)) and feature_of(name)
    }
    opened = {f"{feature}.{module}" for feature, names in OPEN.items() for module in names}

    assert opened - used == set()


@pytest.mark.parametrize("feature", sorted(KNOW_NOBODY))
def test_room_that_serves_all_knows_no_other(feature: str) -> None:
    known = {
        target
        for name in source.modules()
        if feature_of(name) == feature
        for target in imports(name)
        if feature_of(target) not in (None, feature)
    }

    assert known == set()


def test_house_knows_no_feature() -> None:
    known = {
        (name, target)
        for name in source.modules()
        if not feature_of(name) and name not in ROOF
        for target in imports(name)
        if feature_of(target) or target in ROOF
    }

    assert known == set()


def test_nobody_but_its_own_feature_uses_a_view() -> None:
    used = {
        (name, target)
        for name in source.modules()
        for target in imports(name)
        if target.endswith(".views") and not target.startswith(f"{name}.")
    }

    assert used == set()


def test_no_import_runs_in_a_circle() -> None:
    graph = {name: imports(name, at_start=True) for name in source.modules()}
    # A package's own ``__init__`` hands out what its modules made.
    for name, targets in graph.items():
        package = name.rsplit(".", 1)[0]
        graph[name] = targets - {package}

    assert list(TopologicalSorter(graph).static_order())
