"""The whole register as a table and as JSON, written piece by piece while it is read."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from showcase.i18n import _l
from showcase.measurements.dictionary import COLUMNS, dictionary, in_all_languages
from showcase.measurements.queries import Exported
from showcase.tcv.plain import to_json

Address = Callable[[str], str]

# Excel takes a file without it for another encoding, and Bangla becomes noise.
BYTE_ORDER_MARK: Final = "\ufeff"
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# A table program runs what begins so (OWASP ASVS 5.0, 1.2.10); NUL ends a text in some of them.
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\0")
# A piece for each row would cost more than the row.
_ROWS_AT_ONCE: Final = 50
_WARNING: Final = _l(
    "Compare like with like only: unlike units, bases or cost parts do not add up, and no "
    "national total can be made of these records."
)


def csv_pieces(records: Iterable[Exported], address: Address) -> Iterator[str]:
    """The header, then the rows; ``address`` makes the story's address of its slug."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(COLUMNS)
    for number, record in enumerate(records, 1):
        flat = told(record, address)
        writer.writerow([_cell(_at(flat, path)) for path in COLUMNS.values()])
        if number % _ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def json_pieces(records: Iterable[Exported], address: Address) -> Iterator[str]:
    """One object: what the fields mean, then the records."""
    head = {"about": in_all_languages(_WARNING), "dictionary": list(dictionary())}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "records": ['
    for number, record in enumerate(records):
        comma = ",\n" if number else "\n"
        yield comma + json.dumps(told(record, address), ensure_ascii=False)
    yield "\n]}\n"


def told(exported: Exported, address: Address) -> dict[str, Any]:
    """One record of the JSON export."""
    return {
        "id": str(exported.id),
        "story": exported.id.slug,
        "url": address(exported.id.slug),
        "title": exported.titles,
        "district": exported.district,
        "sector": exported.sector,
        "published": exported.published.isoformat() if exported.published else None,
        **to_json(exported.record),
    }


def _at(record: dict[str, Any], path: str) -> Any:
    """What stands at ``measures.time.before.amount``; None where the way ends early."""
    value: Any = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = ";".join(value) if isinstance(value, list) else str(value)
    is_harmless = _NUMBER.fullmatch(text) or not text.startswith(_RUNS)
    return text if is_harmless else f"'{text}"


def _taken(buffer: io.StringIO) -> str:
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written
