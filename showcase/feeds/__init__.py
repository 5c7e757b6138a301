"""What programs read: the Atom feeds of stories, the site map, robots.txt."""

from flask import Flask

from showcase.feeds.views import feeds


def init_app(app: Flask) -> None:
    app.register_blueprint(feeds)
