"""How long it takes until a folder of stories is live: all new, nothing changed, one changed."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from showcase import create_app, migrations
from showcase.db import db
from showcase.documents.publishing import Outcome, publish_folder
from tests.bench.content import many_stories, story_path
from tests.bench.servers import Site

_DATABASE: Final = "showcase.sqlite3"


@dataclass(frozen=True)
class Publishing:
    """Seconds of ``publish_folder`` itself, without the start of Python."""

    all_new: float
    unchanged: float
    one_changed: float


def measure(folder: Path, stories: int) -> tuple[Publishing, Site]:
    """The times, and the site that has come of it."""
    folder.mkdir()
    content = many_stories(folder / "content", stories)
    site = Site(folder, content, f"sqlite:///{folder / _DATABASE}")
    app = create_app(site.environ())
    with app.app_context():
        migrations.upgrade()
        try:
            return _times(content, stories), site
        finally:
            for engine in db.engines.values():
                engine.dispose()


def _times(content: Path, stories: int) -> Publishing:
    all_new = _publish(content, Outcome(new=stories + 1))
    unchanged = _publish(content, Outcome(unchanged=stories + 1))
    changed = story_path(content, stories // 2)
    changed.write_text(changed.read_text("utf-8") + "\nOne line more.\n", encoding="utf-8")
    return Publishing(all_new, unchanged, _publish(content, Outcome(changed=1, unchanged=stories)))


def _publish(content: Path, expected: Outcome) -> float:
    started = time.perf_counter()
    outcome = publish_folder(content, by="bench")
    taken = time.perf_counter() - started
    if outcome != expected:
        raise RuntimeError(f"published {outcome} instead of {expected}")
    return taken
