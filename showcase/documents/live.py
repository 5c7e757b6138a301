"""In development, a changed content file shows at the next request."""

import logging
from pathlib import Path

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from showcase.documents.problems import DocumentError
from showcase.documents.publishing import publish_folder
from showcase.pagecache import Environ, StartResponse, WsgiApp

log = logging.getLogger(__name__)

Signature = tuple[tuple[str, int, int], ...]


class LiveContent:
    """WSGI middleware that publishes the content folder whenever a file in it has changed.

    A file with problems is told in the log, and the page stays as it was.
    """

    def __init__(self, app: Flask, inner: WsgiApp, folder: Path) -> None:
        self.app = app
        self.inner = inner
        self.folder = folder
        self.seen = _signature(folder)

    def __call__(self, environ: Environ, start_response: StartResponse) -> object:
        current = _signature(self.folder)
        if current != self.seen:
            self.seen = current
            self._publish()
        return self.inner(environ, start_response)

    def _publish(self) -> None:
        try:
            with self.app.app_context():
                outcome = publish_folder(self.folder, by="development")
        except DocumentError as error:
            log.error("content has problems; pages stay as they were:\n%s", error)
        except SQLAlchemyError:
            log.exception("content could not be published")
        else:
            log.info("published: %s new, %s changed", outcome.new, outcome.changed)
            for path in outcome.conflicts:
                log.warning("%s was changed here and in the studio; left alone", path)


def _signature(folder: Path) -> Signature:
    files = (path for path in folder.rglob("*") if path.is_file())
    return tuple(sorted((str(p), (s := p.stat()).st_mtime_ns, s.st_size) for p in files))
