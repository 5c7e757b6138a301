"""How heavy a first visit is, as a browser that takes brotli gets it."""

import re
from typing import Final

from tests.bench.content import STORY
from tests.bench.readers import fetch
from tests.bench.servers import Running

PAGES: Final = {
    "home": "/{language}/",
    "story": f"/{{language}}/stories/{STORY}",
    "event": "/{language}/events/kurigram-fair-2027",
    "form": "/{language}/events/kurigram-fair-2027/register",
}
_STYLE: Final = re.compile(r'<link rel="stylesheet"[^>]*href="([^"]+)"')
_SCRIPT: Final = re.compile(r'<script[^>]* src="([^"]+)"')


def weights(running: Running) -> dict[str, tuple[int, int]]:
    """Bytes of HTML with CSS, and of script, of each page; of its heavier language."""
    return {
        name: max(_weight(running, path.format(language=code)) for code in ("bn", "en"))
        for name, path in PAGES.items()
    }


def _weight(running: Running, path: str) -> tuple[int, int]:
    compressed, _ = fetch(running, path)
    html = fetch(running, path, "identity")[0].decode()
    styles = sum(len(fetch(running, url)[0]) for url in _STYLE.findall(html))
    scripts = sum(len(fetch(running, url)[0]) for url in _SCRIPT.findall(html))
    return len(compressed) + styles, scripts
