"""Several kinds of small rows read in one query, however many kinds there are.

Each kind gives an object of named values a row; the kinds stand one under the other, as one
`UNION ALL` of two columns: the kind, and the object as JSON. Money and numbers come as the whole
hundredths or ten-thousandths that the database keeps, dates and periods as their texts.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import JSONObject


@dataclass(frozen=True)
class Wanted:
    """Rows, and the values of each by name: a path to a field, or an expression."""

    rows: QuerySet[Any]
    values: Mapping[str, Any]


def read_together(wanted: Mapping[str, Wanted]) -> dict[str, list[dict[str, Any]]]:
    """The values of the rows of each kind, in the order of their keys; one query."""
    first, *others = [_as_columns(kind, each) for kind, each in wanted.items()]
    found: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for kind, number, values in first.union(*others, all=True):
        found[kind].append((number, values))
    return {
        kind: [values for _, values in sorted(found[kind], key=lambda pair: pair[0])]
        for kind in wanted
    }


def _as_columns(kind: str, wanted: Wanted) -> QuerySet[Model, Any]:
    columns = wanted.rows.order_by().annotate(
        read_kind=Value(kind, CharField()), read_values=JSONObject(**wanted.values)
    )
    return columns.values_list("read_kind", "pk", "read_values")
