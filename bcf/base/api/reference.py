"""The OpenAPI document as a page shows it: addresses, parameters and fields in tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bcf.ui.tables import Column as TableColumn
from bcf.ui.tables import Table, build_table

_WORDS = {"string": "text", "integer": "whole number", "boolean": "true or false"}


@dataclass(frozen=True)
class Address:
    """One address: how it is asked for, what it answers, and its parameters."""

    path: str
    told: str
    parameters: Table | None
    method: str = "GET"


@dataclass(frozen=True)
class Group:
    """A collection: its addresses, and the fields of its rows; what is of all has no rows."""

    key: str
    told: str
    addresses: tuple[Address, ...]
    fields: Table | None


@dataclass(frozen=True)
class Described:
    """The whole API, and the schemas that stand beside the collections."""

    info: Mapping[str, Any]
    groups: tuple[Group, ...]


def described(document: Mapping[str, Any]) -> Described:
    """The document by collection; a filter stands beside the field that it is of."""
    schemas = document["components"]["schemas"]
    found: dict[str, list[tuple[str, Any]]] = {tag["name"]: [] for tag in document["tags"]}
    shared = document["components"]["parameters"]
    for path, item in document["paths"].items():
        get = item["get"]
        whole = {**get, "parameters": list(_whole(get["parameters"], shared))}
        found[get["tags"][0]].append((path, whole))
    groups = []
    for tag in document["tags"]:
        key, addresses = tag["name"], found[tag["name"]]
        row = _row(addresses)
        fields = _properties(schemas[row]) if row else {}
        filters = _filters(fields, addresses[0][1]["parameters"])
        of_fields = {name for names in filters.values() for name in names}
        told = (
            *(
                _address(f"{key}-{place}", path, get, of_fields)
                for place, (path, get) in enumerate(addresses)
            ),
            *_writing(document["paths"], (path for path, _ in addresses)),
        )
        table = _fields(key, fields, filters) if row else None
        groups.append(Group(key, _words(tag), told, table))
    return Described(document["info"], tuple(groups))


def _writing(paths: Mapping[str, Any], own: Iterable[str]) -> Iterator[Address]:
    """What writes at these addresses; what is sent are the fields of a row."""
    for path in own:
        for method, each in paths[path].items():
            if method != "get":
                yield Address(path, each["summary"], None, method.upper())


def _whole(parameters: Iterable[Mapping[str, Any]], shared: Mapping[str, Any]) -> Iterator[Any]:
    """The parameters, those that are written elsewhere too."""
    for each in parameters:
        yield shared[each["$ref"].rsplit("/", maxsplit=1)[-1]] if "$ref" in each else each


def _row(addresses: Iterable[tuple[str, Any]]) -> str:
    """The name of the schema of a collection's rows; empty of what has none."""
    for path, get in addresses:
        if path.endswith("/{key}/"):
            schema = get["responses"]["200"]["content"]["application/json"]["schema"]
            return str(schema["$ref"]).rsplit("/", maxsplit=1)[-1]
    return ""


def _properties(schema: Mapping[str, Any], before: str = "") -> dict[str, Mapping[str, Any]]:
    """The values of a row by name; those of an object in it as `citation.title`."""
    found: dict[str, Mapping[str, Any]] = {}
    for name, each in schema["properties"].items():
        found[before + name] = each
        if "properties" in each:
            found |= _properties(each, f"{name}.")
    return found


def _filters(
    fields: Iterable[str], parameters: Iterable[Mapping[str, Any]]
) -> dict[str, list[str]]:
    """The filters of each field: those named as it, alone or with what is asked of it."""
    names = [each["name"] for each in parameters]
    return {
        field: [
            name for name in names if name.split("__", maxsplit=1)[0] == field.replace(".", "_")
        ]
        for field in fields
    }


def _fields(
    key: str, fields: Mapping[str, Mapping[str, Any]], filters: Mapping[str, list[str]]
) -> Table:
    return build_table(
        f"{key}-fields",
        f"Fields of a row of {key}",
        (TableColumn("Field", is_row_header=True), "Type", "What it is", "Filters"),
        (
            (name, _type(each), _words(each), ", ".join(filters[name]) or "None")
            for name, each in fields.items()
        ),
    )


def _address(key: str, path: str, get: Mapping[str, Any], of_fields: set[str]) -> Address:
    rest = [each for each in get["parameters"] if each["name"] not in of_fields]
    table = build_table(
        f"{key}-parameters",
        f"Parameters of {path}",
        (TableColumn("Parameter", is_row_header=True), "Type", "What it does"),
        ((each["name"], _type(each["schema"]), _words(each)) for each in rest),
    )
    return Address(path, get["summary"], table if rest else None)


def _words(described: Mapping[str, Any]) -> str:
    """What is said of something, without the marks of code."""
    return str(described["description"]).replace("`", "")


def _type(schema: Mapping[str, Any]) -> str:
    """`text`, `number or null`, `list of text`: the type of a value in a few words."""
    kinds: list[str] = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    words: list[str] = [_WORDS.get(kind, kind) for kind in kinds]
    if "array" in kinds:
        words[0] = f"list of {_type(schema['items'])}"
    return " or ".join(words)
