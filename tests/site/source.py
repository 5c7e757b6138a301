"""The site's own source, as the tests of its rules read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from showcase.config import ROOT

PACKAGE = ROOT / "showcase"
TEMPLATES = ROOT / "templates"


@cache
def modules() -> dict[str, Path]:
    """Name and file of every module, ``showcase.db`` and the like; migrations are history."""
    paths = (p for p in PACKAGE.rglob("*.py") if "versions" not in p.parts)
    return {_name(path): path for path in sorted(paths)}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def templates() -> dict[str, str]:
    """Name and source of every template."""
    paths = (path for path in sorted(TEMPLATES.rglob("*")) if path.is_file())
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in paths}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Each call with what is called, spelt as in the source: ``db.session.execute``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node
