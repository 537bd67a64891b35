"""The balance of a plan while one side of it is being typed and is not saved yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bcf.assurance.figures import PlanFigures
from bcf.assurance.money_tables import VERDICTS, verdict_words
from bcf.assurance.totals import Balance, balance, counting, income_rows, years_of
from bcf.money import total
from bcf.periods import NOT_STATED, FinancialYear, Period

Side = Literal["income", "spend"]
Typed = Mapping[Period, Decimal | None]


@dataclass(frozen=True)
class TypedBalance:
    """One year's balance, and what the typed side is made of beside the rows typed, in pounds.

    `others` is what a joint plan's parts have on that side, and `least` the plan's stated pool:
    its income is never less. A page works the balance out again from these as it is typed.
    """

    balance: Balance
    others: Decimal | None
    least: Decimal | None

    @property
    def words(self) -> str:
        return verdict_words(self.balance)

    @property
    def colour(self) -> str:
        return VERDICTS[self.balance.verdict][1]


def balance_as_typed(plan: PlanFigures, side: Side, typed: Typed) -> list[TypedBalance]:
    """The balance of each year with these amounts in place of the plan's own on one side."""
    known = years_of(plan)
    years = [*known, *sorted(year for year in typed if year not in known and typed[year])]
    return [_of_year(plan, side, year, typed.get(year)) for year in years]


def _of_year(plan: PlanFigures, side: Side, year: Period, own: Decimal | None) -> TypedBalance:
    stored = balance(plan, year)
    if side == "spend":
        rows = [line for part in plan.parts for line in counting(part.spend_lines)]
        others, least = _stated(row.amount for row in rows if row.year == year), None
        income, spend = stored.income, _stated((others, own))
    else:
        of_parts = [row for part in plan.parts for row in income_rows(part)]
        others = _stated(row.amount for row in of_parts if row.year == year)
        least = stated_pool(plan, year)
        stated = [amount for amount in (own, least) if amount is not None]
        income, spend = _stated((others, max(stated, default=None))), stored.spend
    made = Balance(year, income, spend, tolerance=stored.tolerance, unstated=stored.unstated)
    return TypedBalance(made, others, least)


def stated_pool(plan: PlanFigures, year: Period) -> Decimal | None:
    """What the plan itself states as its whole pool of a year; None where it does not."""
    pools = [row.actual for row in plan.requirements if row.is_total_pool and row.year == year]
    return max((pool for pool in pools if pool is not None), default=None)


def _stated(amounts: Iterable[Decimal | None]) -> Decimal | None:
    stated = [amount for amount in amounts if amount is not None]
    return total(stated) if stated else None


def period_of(code: str) -> Period:
    """The financial year of a code, or not stated."""
    return NOT_STATED if code in ("", str(NOT_STATED)) else FinancialYear.parse(code)
