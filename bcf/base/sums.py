"""Money of many rows, added up by the database, to the penny and in one query.

What counts and what is left out are told apart and both are said: a component that breaks down a
line is never added to that line, and rows that overlap are not added at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models import Sum as SqlSum
from django.db.models.expressions import Combinable

EVERY_ROW = Q(pk__isnull=False)


@dataclass(frozen=True)
class Part:
    """Rows that are added up together: those that count, or a kind that is left out."""

    label: str = ""
    rows: Q = EVERY_ROW
    counts: bool = True


@dataclass(frozen=True)
class Sum:
    """An amount of a list that is added up: the name of a money field, or an expression of one.

    `parts` tells apart which rows count. Where rows overlap, `within` names the field that must
    be the same in all of them for a sum to mean anything, and `why` is the sentence that says so.
    """

    label: str
    amount: str | Combinable
    parts: tuple[Part, ...] = (Part(),)
    within: str = ""
    why: str = ""


@dataclass(frozen=True)
class Added:
    """A part, added up, in pounds: None where no row states an amount.

    `unstated` counts those of its rows that state none.
    """

    part: Part
    rows: int
    unstated: int
    amount: Decimal | None


@dataclass(frozen=True)
class SumOfRows:
    """A sum with its parts; where it means nothing there are none, and `refusal` says why."""

    label: str
    parts: tuple[Added, ...]
    refusal: str = ""


@dataclass(frozen=True)
class Totals:
    """How many rows there are, and what their money comes to."""

    rows: int
    sums: tuple[SumOfRows, ...]


def add_up(rows: QuerySet[Any], sums: Sequence[Sum] = ()) -> Totals:
    """Count the rows and add up their money, in one query however many sums there are."""
    wanted: dict[str, Any] = {"rows": Count("pk")}
    for place, each in enumerate(sums):
        wanted |= _aggregates(f"s{place}", each)
    found = rows.order_by().aggregate(**wanted)
    return Totals(
        found["rows"], tuple(_read(f"s{place}", each, found) for place, each in enumerate(sums))
    )


def counted(rows: QuerySet[Any], each: Sum) -> Decimal | None:
    """The amounts of all rows that count, in pounds; None where none is stated."""
    return total_of(add_up(rows, [each]).sums[0].parts)


def total_of(parts: Iterable[Added]) -> Decimal | None:
    """The parts that count together; None where none of them states an amount."""
    amounts = [part.amount for part in parts if part.part.counts and part.amount is not None]
    return sum(amounts[1:], amounts[0]) if amounts else None


def _aggregates(name: str, each: Sum) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for place, part in enumerate(each.parts):
        wanted[f"{name}_{place}_rows"] = Count("pk", filter=part.rows)
        wanted[f"{name}_{place}_stated"] = Count(each.amount, filter=part.rows)
        wanted[f"{name}_{place}_amount"] = SqlSum(each.amount, filter=part.rows)
    if each.within:
        wanted |= {f"{name}_from": Min(each.within), f"{name}_to": Max(each.within)}
    return wanted


def _read(name: str, each: Sum, found: dict[str, Any]) -> SumOfRows:
    if each.within and found[f"{name}_from"] != found[f"{name}_to"]:
        return SumOfRows(each.label, (), each.why)
    parts = (
        Added(
            part=part,
            rows=found[f"{name}_{place}_rows"],
            unstated=found[f"{name}_{place}_rows"] - found[f"{name}_{place}_stated"],
            amount=found[f"{name}_{place}_amount"],
        )
        for place, part in enumerate(each.parts)
    )
    return SumOfRows(each.label, tuple(parts))
