"""In development, a changed content file shows at the next request."""

import logging
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from showcase.documents.problems import DocumentError
from showcase.documents.publishing import publish_folder
from showcase.errors import Busy
from showcase.pagecache import Environ, StartResponse, WsgiApp

log = logging.getLogger(__name__)

Signature: TypeAlias = tuple[tuple[str, int, int], ...]


class LiveContent:
    """WSGI middleware that publishes the content folder whenever a file in it has changed.

    A file with problems is told in the log, and the page stays as it was.
    """

    def __init__(self, app: Flask, inner: WsgiApp, folder: Path) -> None:
        self.app = app
        self.inner = inner
        self.folder = folder
        self.seen = _signature(folder)
        self._looking = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # Whoever comes while another request publishes waits, and then sees the new text too.
        with self._looking:
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
        except (SQLAlchemyError, Busy):
            log.exception("content could not be published")
        else:
            log.info("published: %s new, %s changed", outcome.new, outcome.changed)
            for warning in outcome.warnings:
                log.warning("%s", warning)
            for path in outcome.conflicts:
                log.warning("%s was changed here and in the studio; left alone", path)


def _signature(folder: Path) -> Signature:
    return tuple(sorted(_stamps(folder)))


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*"):
        try:
            stamp = path.stat()
        except FileNotFoundError:
            # An editor's temporary file, gone since it was listed.
            continue
        # A folder changes when a file in it is deleted or gets another name.
        yield str(path), stamp.st_mtime_ns, stamp.st_size
