"""Plain values as YAML: enough for a document of objects, lists, texts, numbers and truths."""

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_/{}.\-]*")
# Words that YAML takes for something else than a text.
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def as_yaml(value: Any) -> str:
    """The value as a block of YAML, in the order that it has."""
    return "\n".join(_lines(value, 0)) + "\n"


def _lines(value: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _entry(f"{indent}{_text(str(name))}:", each, depth)
    else:
        for each in value:
            if _is_block(each):
                first, *rest = _lines(each, depth + 1)
                yield f"{indent}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{indent}- {_scalar(each)}"


def _entry(start: str, value: Any, depth: int) -> Iterator[str]:
    if _is_block(value):
        yield start
        yield from _lines(value, depth + 1)
    else:
        yield f"{start} {_scalar(value)}"


def _is_block(value: Any) -> bool:
    return isinstance(value, (dict, list, tuple)) and bool(value)


def _scalar(value: Any) -> str:
    return _text(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _text(text: str) -> str:
    """A text as it is where nothing else could be meant; otherwise in quotes, as in JSON."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
