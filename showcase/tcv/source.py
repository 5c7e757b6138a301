"""A TCV record as an editor writes it: the lines of a front matter that read back as the record."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from showcase.i18n import LANGUAGES
from showcase.tcv.records import TcvRecord

# Codes and whole numbers; anything else stands in quotation marks, where YAML reads it as it is.
_PLAIN: Final = re.compile("[a-z]+(?:-[a-z]+)*|[0-9]{1,9}")
# What JSON writes as it is and YAML refuses.
_NOT_IN_YAML: Final = re.compile("[\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# These have keys and short values: on one line each.
_ON_ONE_LINE: Final = {"before", "after", "change", "basis", "cost_parts"}


def to_yaml(records: Sequence[TcvRecord]) -> str:
    """The key ``tcv`` with all records, to be put into the head of a story."""
    lines = ["tcv:"]
    for record in records:
        written = list(_mapping(_told(record), "    "))
        lines += [f"  - {written[0].lstrip()}", *written[1:]]
    return "\n".join([*lines, ""])


def _told(record: TcvRecord) -> dict[str, Any]:
    """Without what is left open; one word where both sides count alike."""
    source = record.model_dump(mode="json", exclude_none=True)
    for key in ("basis", "cost_parts"):
        sides = source[key]
        if "before" in sides and sides["before"] == sides.get("after"):
            source[key] = sides["before"]
    return {key: value for key, value in source.items() if value not in ({}, [])}


def _mapping(mapping: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in mapping.items():
        if key not in _ON_ONE_LINE and isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _mapping(value, f"{indent}  ")
        elif key == "corrections":
            yield f"{indent}{key}:"
            for item in value:
                first, *rest = _mapping(item, f"{indent}    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
        else:
            # A text is quoted even where it is one plain word: elsewhere “no” is no text.
            written = _quoted(value) if key in LANGUAGES else _flow(value)
            yield f"{indent}{key}: {written}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04X}", quoted)
