"""The gate: who came."""

from flask import Flask

from showcase import chores
from showcase.gate import models as models


def init_app(app: Flask) -> None:
    # Here and not above: registrations ask our queries, and our chore asks their tables.
    from showcase.gate.thanking import thank

    chores.every(app, 300, "thanks", thank)
