"""The programme's own counters, each with its source and its date, or "undated"."""

from flask import Flask

from showcase.documents import kinds
from showcase.documents.frontmatter import parse_yaml_list
from showcase.figures.fields import FigureRow


def _read(path: str, raw: bytes) -> list[FigureRow]:
    return parse_yaml_list(path, raw, FigureRow)


def init_app(app: Flask) -> None:
    kinds.register(app, kinds.Kind("figure", "figures.yaml", FigureRow, read_table=_read))
