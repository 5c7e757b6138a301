"""The programme's own counters, each with its source and its date, or "undated"."""

from flask import Flask

from showcase.documents import kinds
from showcase.figures.fields import FigureRow, contradictions, read_figures
from showcase.figures.views import figures


def init_app(app: Flask) -> None:
    kinds.register(
        app,
        kinds.Kind(
            "figure",
            "figures.yaml",
            FigureRow,
            read_table=read_figures,
            warnings=contradictions,
        ),
    )
    app.register_blueprint(figures)
