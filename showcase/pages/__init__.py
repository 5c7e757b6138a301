"""Pages that stay: about, how TCV is measured, privacy, accessibility."""

from flask import Flask

from showcase.documents import kinds
from showcase.pages.views import pages


def init_app(app: Flask) -> None:
    kinds.register(app, kinds.Kind("page", "pages", kinds.MainFields))
    app.register_blueprint(pages)
