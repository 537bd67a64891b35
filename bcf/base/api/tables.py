"""What a collection's CSV file holds, as a Table Schema: types, units, what is missing, and keys.

The standard is that of datapackage.org, in its first version, which the libraries of R and Python
read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bcf.base.api import kinds
from bcf.base.api.collection import Collection
from bcf.base.api.columns import Column
from bcf.base.api.formats import SEPARATOR

Described = dict[str, Any]
# In this order: a percentage is a number too.
_UNITS = {kinds.MONEY: "GBP", kinds.WORKED_MONEY: "GBP", kinds.PERCENT: "per cent"}
_DECIMALS = (kinds.MONEY, kinds.NUMBER, kinds.PERCENT, kinds.WORKED_MONEY, kinds.WORKED_NUMBER)
_PLAN_OF = "_plan"


def table_schema(
    collection: Collection, columns: Sequence[Column], known: Mapping[str, Collection]
) -> Described:
    """The schema of a file of these columns; its keys name rows of `known` collections."""
    return {
        "fields": [field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": columns_of_key(collection),
        "foreignKeys": [
            key for column in columns for key in foreign_keys(collection, column, known)
        ],
    }


def columns_of_key(collection: Collection) -> str:
    """The column whose value names a row among all of its file."""
    parts = collection.row_key.parts
    return parts[0] if len(parts) == 1 else "key"


def field(column: Column) -> Described:
    """A column with its type; a column of several keys is a text."""
    if column.link:
        told = f"{column.told} Several are divided by “{SEPARATOR}”."
        return {"name": column.name, "type": "string", "description": told}
    found: Described = {"name": column.name, **_type(column.kind), "description": column.told}
    if column.choices:
        labels = "; ".join(f"{key}: {label}" for key, label in column.choices)
        found["description"] = f"{column.told} {labels}."
    if column.kind in _UNITS:
        found["unit"] = _UNITS[column.kind]
    if limits := _constraints(column):
        found["constraints"] = limits
    return found


def _type(kind: kinds.Kind) -> Described:
    if kind in _DECIMALS:
        return {"type": "number"}
    if kind is kinds.DATE:
        return {"type": "date"}
    if kind is kinds.BOOLEAN:
        return {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]}
    return {"type": kind.schema["type"]}


def _constraints(column: Column) -> Described:
    found: Described = {}
    if not (column.is_optional or column.guard):
        found["required"] = True
    if column.choices:
        found["enum"] = [key for key, _ in column.choices]
    if "pattern" in column.kind.schema and column.kind not in _DECIMALS:
        found["pattern"] = column.kind.schema["pattern"]
    return found


def foreign_keys(
    collection: Collection, column: Column, known: Mapping[str, Collection]
) -> list[Described]:
    """What a column names: a row by its one name, or by its plan and its ref together."""
    target = known.get(column.points_at)
    if target is None or column.link:
        return []
    fields: str | list[str] = column.name
    named: str | list[str] = columns_of_key(target)
    if len(target.row_key.parts) > 1:
        fields = [column.name + _PLAN_OF, column.name]
        named = [part.split("__")[0] for part in target.row_key.parts]
    resource = "" if target is collection else target.key
    return [{"fields": fields, "reference": {"resource": resource, "fields": named}}]
