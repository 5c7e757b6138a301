"""Pictures, served under names that contain their content."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.db import db
from showcase.documents.models import PictureSize

documents = Blueprint("documents", __name__)


@documents.get("/pictures/<hash>-<int:width>.webp")
@access(PUBLIC)
def picture(hash: str, width: int) -> ResponseReturnValue:
    size = db.session.get(PictureSize, (hash, width)) or abort(404)
    return size.webp, {
        "Content-Type": "image/webp",
        "Cache-Control": "public, max-age=31536000, immutable",
        # Whatever it contains, opened by itself it can do nothing.
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
