"""Schemas of what the API answers, written as they are read: each value with what it means."""

from collections.abc import Mapping
from typing import Any

from bcf.base.api.kinds import FINANCIAL_YEAR, MONEY, Kind

Described = dict[str, Any]


def value(kind: Kind, told: str, *, is_optional: bool = False) -> Described:
    """A value of a kind, which may be null where it is optional."""
    return {**nullable(kind.schema, is_optional), "description": told}


def nullable(schema: Mapping[str, Any], is_optional: bool) -> Described:
    return {**schema, "type": [schema["type"], "null"]} if is_optional else dict(schema)


def text(told: str, *, is_optional: bool = False, **more: Any) -> Described:
    return {**nullable({"type": "string", **more}, is_optional), "description": told}


def number(told: str) -> Described:
    return {"type": "integer", "description": told}


def truth(told: str, *, is_optional: bool = False) -> Described:
    return {**nullable({"type": "boolean"}, is_optional), "description": told}


def pounds(told: str, *, is_optional: bool = True) -> Described:
    return value(MONEY, f"{told}, in pounds.", is_optional=is_optional)


def year(told: str = "The financial year, such as 2015-16; or not-stated.") -> Described:
    return value(FINANCIAL_YEAR, told)


def many(told: str, items: Described) -> Described:
    return {"type": "array", "items": items, "description": told}


def thing(told: str, **values: Described) -> Described:
    """An object that has all of these values."""
    made = {"type": "object", "properties": values, "required": list(values)}
    return {**made, "description": told}


def or_nothing(described: Described) -> Described:
    """The same, or null."""
    return nullable(described, True)


def part(name: str) -> Described:
    """A schema that is written once, under its name."""
    return {"$ref": f"#/components/schemas/{name}"}
