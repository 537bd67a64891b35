"""Dataclasses from the tables of a file: every key known, every value of its type."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_origin, get_type_hints

from bcf.periods import NotAPeriod, PartialDate, Period, parse_period

_KEY = r"[a-z0-9]+(-[a-z0-9]+)*", "small letters, figures and hyphens"
_TYPES = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    Decimal: "a number",
    list: "a list",
    dict: "a table",
}
_READERS: dict[Any, Callable[[str], Any]] = {Period: parse_period, PartialDate: PartialDate.parse}


class Mistake(Exception):
    """Where in the file, and why: `funding_sources[ibcf].group`, `is missing`."""


def build(kind: type, raw: dict[str, Any], where: str) -> Any:
    """One dataclass from a table: nothing unknown, nothing missing, every value of its type.

    Raises `Mistake`.
    """
    known = {
        field.name: field.default is MISSING and field.default_factory is MISSING
        for field in fields(kind)
    }
    hints, inside = get_type_hints(kind), f"{where}." if where else ""
    for name in sorted(raw.keys() - known.keys()):
        raise Mistake(inside + name, "is not known here")
    for name, required in known.items():
        if required and raw.get(name, "") == "":
            raise Mistake(inside + name, "is missing or blank")
    return kind(**{name: _value(hints[name], value, inside + name) for name, value in raw.items()})


def _value(hint: Any, raw: Any, where: str) -> Any:
    hint = _stated(hint)
    if hint in _READERS:
        return _read(_READERS[hint], raw, where)
    if hint is Decimal:
        return _number(raw, where)
    expected = _expected(hint)
    if type(raw) is not expected:
        raise Mistake(where, f"must be {_TYPES[expected]}")
    if isinstance(raw, list):
        return _items(get_args(hint)[0], raw, where)
    if get_origin(hint) is Mapping:
        inner = get_args(hint)[1]
        return MappingProxyType({name: _value(inner, raw[name], f"{where}.{name}") for name in raw})
    return build(hint, raw, where) if isinstance(raw, dict) else raw


def _stated(hint: Any) -> Any:
    """The type of a value that may be left out, where it is given."""
    inner = [each for each in get_args(hint) if each is not NoneType]
    return inner[0] if NoneType in get_args(hint) else hint


def _expected(hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return list
    return dict if is_dataclass(hint) or get_origin(hint) is Mapping else hint


def _read(read: Callable[[str], Any], raw: Any, where: str) -> Any:
    if type(raw) is not str:
        raise Mistake(where, "must be a text")
    try:
        return read(raw)
    except NotAPeriod as error:
        raise Mistake(where, str(error)) from None


def _number(raw: Any, where: str) -> Decimal:
    if type(raw) not in (int, Decimal) or not Decimal(raw).is_finite():
        raise Mistake(where, "must be a number")
    return Decimal(raw)


def _items(hint: Any, raw: list[Any], where: str) -> tuple[Any, ...]:
    """A list's entries, each named by its key, or by its position from 1 where it has none."""
    items: dict[Any, Any] = {}
    for position, entry in enumerate(raw, start=1):
        named = entry.get("key") if isinstance(entry, dict) else None
        here = f"{where}[{named or position}]"
        item = _value(hint, entry, here)
        key = getattr(item, "key", item)
        pattern, form = getattr(hint, "KEY", _KEY)
        if named and not re.fullmatch(pattern, named):
            raise Mistake(here, f"must be {form}")
        if key in items:
            raise Mistake(here, "stands twice")
        items[key] = item
    return tuple(items.values())
