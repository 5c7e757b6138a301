"""Only ``db.write()`` changes data, only one function makes HTML, and nothing stands inline."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site import source

# The engine itself, and migrations, which have an engine of their own.
MAY_OPEN_CONNECTIONS = {"showcase.db", "showcase.migrations", "showcase.migrations.env"}
OPENS = {"begin", "connect", "raw_connection", "commit", "create_engine", "sessionmaker", "Session"}
CHANGES = {
    "add",
    "add_all",
    "merge",
    "delete",
    "flush",
    "bulk_save_objects",
    "bulk_insert_mappings",
}
STATEMENTS = {"insert", "update", "delete"}
EXECUTES = {"execute", "exec_driver_sql", "scalar", "scalars"}

MODULES = [pytest.param(name, path, id=name) for name, path in source.modules().items()]
HTML = {name: text for name, text in source.templates().items() if name.endswith(".html")}
# Read in mail programs, which know no stylesheet but the one inside.
PAGES = {name: text for name, text in HTML.items() if not name.startswith("emails/")}

# Each is made by our own code, of what was cleaned before (see showcase/templating.py).
MADE_HTML = {
    "components/body.html": 1,
    "certificates/show.html": 1,
    "tickets/show.html": 1,
    "takeaway/poster.html": 1,
}


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function, without the functions inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child
            yield from own_nodes(child)


def functions(path: Path) -> Iterator[tuple[ast.AST, set[str]]]:
    """Each function, and the module itself, with the names under which it may write."""
    yield from _functions(source.parsed(path), set())


def _functions(node: ast.AST, known: set[str]) -> Iterator[tuple[ast.AST, set[str]]]:
    known = known | _sessions(node)
    yield node, known
    for child in ast.walk(node):
        if child is not node and _is_scope(child) and _parent_of(node, child):
            yield from _functions(child, known)


def _is_scope(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef)


def _parent_of(node: ast.AST, child: ast.AST) -> bool:
    """The nearest scope around ``child`` is ``node``."""
    return any(child in ast.iter_child_nodes(n) for n in [node, *own_nodes(node)])


def _sessions(scope: ast.AST) -> set[str]:
    """Sessions that were handed in (``session: Session``) or come from ``with write()``."""
    names = set()
    if isinstance(scope, ast.FunctionDef):
        arguments = [*scope.args.args, *scope.args.kwonlyargs]
        names = {
            a.arg for a in arguments if a.annotation and ast.unparse(a.annotation) == "Session"
        }
    for node in own_nodes(scope):
        if isinstance(node, ast.With):
            names |= {
                ast.unparse(item.optional_vars)
                for item in node.items
                if ast.unparse(item.context_expr) == "write()" and item.optional_vars
            }
        if isinstance(node, ast.Assign):
            names |= _kept(node, names)
    return names


def _kept(node: ast.Assign, names: set[str]) -> set[str]:
    """``self.session = session`` and ``connection = session.connection()`` write as well."""
    value = ast.unparse(node.value).removesuffix(".connection()")
    return {ast.unparse(target) for target in node.targets} if value in names else set()


def is_change(call: ast.Call, constants: set[str]) -> bool:
    """``execute`` and the like of a statement that changes rows."""
    return any(
        isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in STATEMENTS
        and ast.unparse(node.func).split(".")[0] in ("sa", *STATEMENTS)
        or (isinstance(node, ast.Name) and node.id in constants)
        or (isinstance(node, ast.Constant) and _is_sql_change(node.value))
        for argument in call.args
        for node in ast.walk(argument)
    )


def _is_sql_change(value: object) -> bool:
    words = value.split() if isinstance(value, str) else []
    return bool(words) and words[0].lower() in STATEMENTS | {"drop", "alter", "create", "replace"}


def changing_constants(path: Path) -> set[str]:
    """``_TAKE_SEATS = sa.update(…)`` at the top of a module."""
    found = set()
    for node in source.parsed(path).body:
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        value = getattr(node, "value", None)
        names = (
            {ast.unparse(n.func) for n in ast.walk(value) if isinstance(n, ast.Call)}
            if value
            else set()
        )
        if names & {f"sa.{statement}" for statement in STATEMENTS}:
            found |= {ast.unparse(target) for target in targets}
    return found


def writes(path: Path) -> Iterator[tuple[str, str]]:
    """Every place where rows are changed: how it is spelt, and whether its session may."""
    constants = changing_constants(path)
    kept = {name for _, names in functions(path) for name in names if name.startswith("self.")}
    for scope, allowed in functions(path):
        for node in own_nodes(scope):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            holder, verb = ast.unparse(node.func.value), node.func.attr
            is_session = "session" in holder or "connection" in holder
            changes = (verb in CHANGES and is_session) or (
                verb in EXECUTES and is_change(node, constants)
            )
            if changes:
                may = holder.removesuffix(".connection()") in allowed | kept
                yield ("allowed" if may else "forbidden"), f"{holder}.{verb}"


@pytest.mark.parametrize(("name", "path"), MODULES)
def test_rows_are_changed_in_a_session_of_write_alone(name: str, path: Path) -> None:
    assert [spelt for verdict, spelt in writes(path) if verdict == "forbidden"] == []


def test_the_rule_sees_the_places_that_write() -> None:
    """Or it would be kept by nobody looking."""
    writers = {
        name
        for name, path in source.modules().items()
        if any(verdict == "allowed" for verdict, _ in writes(path))
    }

    assert {
        "showcase.documents.storing",
        "showcase.events.actions",
        "showcase.outbox.actions",
        "showcase.outbox.leases",
        "showcase.registrations.actions",
    } <= writers


@pytest.mark.parametrize(
    "code",
    [
        "def f():\n    db.session.add(x)",
        "def f():\n    db.session.execute(sa.update(X))",
        "def f():\n    db.session.scalars(sa.delete(X).returning(X.id))",
        "_S = sa.insert(X)\ndef f(connection):\n    connection.execute(_S)",
        "def f(session: Session):\n    db.session.merge(x)",
        "def f(connection):\n    connection.execute(sa.text('UPDATE events SET slug = 1'))",
        "def f():\n    db.session.connection().exec_driver_sql('delete from events')",
        "def f():\n    with write() as session:\n        db.session.delete(x)",
    ],
)
def test_the_rule_refuses(code: str, tmp_path: Path) -> None:
    path = tmp_path / "m.py"
    path.write_text(code)

    assert [verdict for verdict, _ in writes(path)] == ["forbidden"]


@pytest.mark.parametrize(("name", "path"), MODULES)
def test_connections_are_opened_and_committed_by_the_house_alone(name: str, path: Path) -> None:
    if name in MAY_OPEN_CONNECTIONS:
        return
    opened = [
        spelt for spelt, call in source.calls(source.parsed(path)) if spelt.split(".")[-1] in OPENS
    ]

    assert opened == []


@pytest.mark.parametrize(("name", "path"), MODULES)
def test_html_is_made_of_strings_in_one_place(name: str, path: Path) -> None:
    makes = [s for s, _ in source.calls(source.parsed(path)) if s.split(".")[-1] == "Markup"]

    assert makes == (["Markup"] if name == "showcase.templating" else [])


def test_templates_say_where_html_was_made() -> None:
    made = {name: len(re.findall(r"\|\s*html\b", text)) for name, text in HTML.items()}

    assert {name: count for name, count in made.items() if count} == MADE_HTML


@pytest.mark.parametrize("name", source.templates())
def test_template_trusts_no_string(name: str) -> None:
    text = source.templates()[name]

    assert re.findall(r"\|\s*safe\b|\bautoescape\b|\|\s*forceescape\b", text) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_stands_inline(name: str) -> None:
    text = PAGES[name]

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", text) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if not is_outside(tag)] == []


def is_outside(tag: str) -> bool:
    return " src=" in tag or 'type="application/ld+json"' in tag


@pytest.mark.parametrize(("name", "path"), MODULES)
def test_words_are_never_told_apart_by_python(name: str, path: Path) -> None:
    """``\\w`` and ``\\b`` break Bangla words at their vowel signs."""
    patterns = [
        node.value
        for spelt, call in source.calls(source.parsed(path))
        if spelt.startswith("re.")
        for node in ast.walk(call)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert [p for p in patterns if re.search(r"(?<!\\)\\[wWbB]", p)] == []
