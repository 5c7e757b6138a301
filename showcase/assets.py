"""Static files under names that contain their content, compressed once, kept by browsers for ever.

``static/`` is what people write; ``build()`` puts what is served into the instance folder: the
stylesheets of every page joined into one in layer order, those of ``css/pages/`` each for the few
pages that name them. Each file is named by its hash and has ``.br`` and ``.gz`` beside it for
WhiteNoise.
"""

import gzip
import hashlib
import os
import threading
from pathlib import Path
from typing import Final
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from showcase.config import ROOT

SOURCE: Final = ROOT / "static"
STYLESHEET: Final = "css/site.css"
# Not in the one sheet: first visits would pay for pages that few of them see.
PAGE_STYLES: Final = "css/pages/"
PREFIX: Final = "/static/"

# Layers in the order of their weight: a page may overrule a component, never the other way.
_STYLE_ORDER: Final = ("tokens.css", "base.css", "layout.css", "components/*.css", "*.css")
_COMPRESSED: Final = {".css", ".js", ".svg", ".txt", ".json", ".wasm"}
_HASH_LENGTH: Final = 12

Manifest = dict[str, str]


def init_app(app: Flask) -> None:
    target = app.config["INSTANCE"] / "assets"
    manifest = build(SOURCE, target)
    watched = _newest(SOURCE)

    def asset(name: str) -> str:
        """The address of a static file, e.g. ``asset('css/site.css')``."""
        nonlocal manifest, watched
        if app.config["ENVIRONMENT"] == "development" and _newest(SOURCE) != watched:
            manifest, watched = build(SOURCE, target), _newest(SOURCE)
        return PREFIX + manifest[name]

    app.jinja_env.globals["asset"] = asset
    served = WhiteNoise(
        app.wsgi_app,
        max_age=60,
        immutable_file_test=_is_named_by_hash,
        allow_all_origins=False,
        add_headers_function=_add_headers,
        autorefresh=app.config["ENVIRONMENT"] == "development",
    )
    served.add_files(str(target), prefix=PREFIX)
    served.add_files(str(SOURCE / "root"), prefix="/")
    app.wsgi_app = served  # type: ignore[method-assign]


def build(source: Path, target: Path) -> Manifest:
    """Write what is missing in ``target``; names in templates → names that are served."""
    manifest = {STYLESHEET: _written(target, STYLESHEET, joined_styles(source / "css"))}
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.is_file() and _is_served(name):
            manifest[name] = _written(target, name, path.read_bytes())
    return manifest


def joined_styles(folder: Path) -> bytes:
    """Every stylesheet that all pages have, once, in layer order."""
    paths = dict.fromkeys(p for pattern in _STYLE_ORDER for p in sorted(folder.glob(pattern)))
    return b"\n".join(path.read_bytes() for path in paths)


def _is_served(name: str) -> bool:
    if name.startswith("css/"):
        return name.startswith(PAGE_STYLES)
    return not name.startswith("root/") and Path(name).suffix not in (".br", ".gz", ".md")


def _written(target: Path, name: str, content: bytes) -> str:
    path = Path(name)
    digest = hashlib.blake2b(content, digest_size=_HASH_LENGTH // 2).hexdigest()
    hashed = path.with_name(f"{path.stem}.{digest}{path.suffix}")
    _write_once(target / hashed, content)
    if path.suffix in _COMPRESSED:
        _write_once(target / f"{hashed}.br", brotli.compress(content, quality=11))
        _write_once(target / f"{hashed}.gz", gzip.compress(content, 9, mtime=0))
    return hashed.as_posix()


def _write_once(path: Path, content: bytes) -> None:
    """Through a rename, since several processes may start, or threads build, at once."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _newest(folder: Path) -> int:
    return max((p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()), default=0)


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    """What the browser is told on pages, as far as it means something for a file."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _is_named_by_hash(path: str, url: str) -> bool:
    parts = Path(path).name.split(".")
    return len(parts) >= 3 and any(len(p) == _HASH_LENGTH and p.isalnum() for p in parts[1:-1])
