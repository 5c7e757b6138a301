"""Pictures, served under names that contain their content."""

import re
from typing import Final

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.db import db
from showcase.documents.models import PictureSize
from showcase.documents.picture_links import WIDEST

documents = Blueprint("documents", __name__)

_HASH: Final = re.compile("[0-9a-f]{32}")


@documents.get(f"/pictures/<digest>-<int(max={WIDEST}):width>.webp")
@access(PUBLIC)
def picture(digest: str, width: int) -> ResponseReturnValue:
    if not _HASH.fullmatch(digest):
        abort(404)
    size = db.session.get(PictureSize, (digest, width)) or abort(404)
    return size.webp, {
        "Content-Type": "image/webp",
        "Cache-Control": "public, max-age=31536000, immutable",
        # Whatever it contains, opened by itself it can do nothing.
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
