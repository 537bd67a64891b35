"""Columns of the rows of some plans, by a query that is worded once.

To word a query of some hundred rows takes Django longer than the database takes to answer it,
and to make models of them longer still.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any

from django.db import connection
from django.db.models import Expression, Model

# So many numbers of plans are asked for by queries that are kept: families are of a few plans.
KEPT = 256

Values = Sequence[Any]


@dataclass(frozen=True)
class Prepared:
    """Rows of a model at the end of `owner` plans, as what stands at the end of each way.

    They are in the order of `order`.
    """

    model: type[Model]
    ways: tuple[str, ...]
    owner: str = "plan"
    order: str = "pk"

    def read(self, owners: Sequence[int]) -> dict[str, Values]:
        """By way, its values, one a row, of the rows of these owners; one query."""
        sql, converted = _worded(self, len(owners), connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, owners)
            rows = cursor.fetchall()
        raw: Iterable[Values] = zip(*rows, strict=True) if rows else repeat((), len(self.ways))
        columns = dict(zip(self.ways, raw, strict=True))
        for way, column in converted:
            columns[way] = _converted(columns[way], column)
        return columns


@lru_cache(maxsize=KEPT)
def _worded(asked: Prepared, count: int, vendor: str) -> tuple[str, list[tuple[str, Expression]]]:
    """The query for so many owners, and those of its columns that are kept in another form."""
    rows = asked.model._default_manager.filter(**{f"{asked.owner}__in": range(count)})
    compiler = rows.order_by(asked.order).values_list(*asked.ways).query.get_compiler("default")
    sql, _ = compiler.as_sql()
    columns = zip(asked.ways, (column for column, *_ in compiler.select), strict=True)
    return sql, [(way, column) for way, column in columns if _converters(column)]


def _converters(column: Expression) -> list[Any]:
    own = column.get_db_converters(connection)
    return [*connection.ops.get_db_converters(column), *own]


def _converted(values: Values, column: Expression) -> Values:
    """The values of a column as its field has them; each that recurs is converted once."""
    made = {value: value for value in values}
    for convert in _converters(column):
        made = {value: convert(each, column, connection) for value, each in made.items()}
    return list(map(made.__getitem__, values))
