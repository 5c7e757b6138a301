"""A site with both languages and the real templates, and nothing else."""

from pathlib import Path

import pytest
from flask import Flask

from showcase import i18n

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def site() -> Flask:
    app = Flask("showcase", template_folder=str(TEMPLATES))
    i18n.init_app(app)
    return app
