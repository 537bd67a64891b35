"""What the totals of a document's tables must be, by SQL and arithmetic of this file's own."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from bcf.reporting.documents.model import Tabled
from bcf.ui.tables import Row
from plans.models import Plan
from schemes.models import Benefit, Scheme

FAMILY = (
    "SELECT id FROM plans_plan WHERE slug = %s "
    "OR part_of_id = (SELECT id FROM plans_plan WHERE slug = %s)"
)
Amounts = list[Decimal | None]


def _years(sql: str, plan: Plan) -> dict[str, Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("FAMILY", FAMILY), [plan.slug, plan.slug])
        return {year: Decimal(int(pence)) / 100 for year, pence in cursor.fetchall()}


def spend(plan: Plan, where: str = "line.in_pool") -> dict[str, Decimal]:
    """Spend by year over the plan and its parts, of the lines that break down no other."""
    return _years(
        f"""
        SELECT line.financial_year, SUM(line.amount) FROM schemes_spendline line
        WHERE line.plan_id IN (FAMILY) AND line.breaks_down_id IS NULL AND {where}
        GROUP BY 1
        """,  # noqa: S608
        plan,
    )


def income(plan: Plan) -> dict[str, Decimal]:
    """Income by year: contributions, and the stated pool of a plan that has none for a year."""
    paid = _years(
        "SELECT financial_year, SUM(amount) FROM plans_contribution "
        "WHERE plan_id IN (FAMILY) GROUP BY 1",
        plan,
    )
    pools = _years(
        """
        SELECT pool.financial_year, SUM(pool.actual) FROM plans_requirement pool
        WHERE pool.plan_id IN (FAMILY) AND pool.rule = 'total-pool'
        AND NOT EXISTS (SELECT 1 FROM plans_contribution paid
            WHERE paid.plan_id = pool.plan_id AND paid.financial_year = pool.financial_year)
        GROUP BY 1
        """,
        plan,
    )
    return pools | paid


def _spread(plan: Plan, found: dict[str, Decimal]) -> Amounts:
    """A column a year and one of all years."""
    years = [found.get(year) for year in plan.cycle.definition.years]
    return [*years, sum((each for each in years if each is not None), Decimal(0))]


def _balance(plan: Plan) -> Amounts:
    paid, spent = sum(income(plan).values()), spend(plan)
    if not spent:
        return [paid, None, None]
    return [paid, sum(spent.values()), paid - sum(spent.values())]


def _crossed(of: Callable[[Plan], dict[str, Decimal]]) -> Callable[[Plan, re.Match[str]], Amounts]:
    def expected(plan: Plan, found: re.Match[str]) -> Amounts:
        year = found[1]
        parts = plan.parts.order_by("title")
        return [*(of(part).get(year) for part in parts), of(plan).get(year)]

    return expected


def _saving(benefits: list[Benefit]) -> Amounts:
    savings = [
        benefit.saving
        if benefit.saving is not None
        else (-benefit.change * benefit.unit_price).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for benefit in benefits
        if benefit.saving is not None or None not in (benefit.change, benefit.unit_price)
    ]
    return [sum(savings)] if savings else [None]


def _benefits(plan: Plan, found: re.Match[str]) -> Amounts:
    return [*_saving(list(Benefit.objects.filter(plan__in=[plan, *plan.parts.all()])))]


def _scheme_of(plan: Plan, key: str) -> list[Scheme]:
    """The scheme that a table's key names, with all under it."""
    family = Scheme.objects.filter(plan__in=[plan, *plan.parts.all()])
    found = [each for each in family if key == f"{each.plan.slug}-{each.ref}"]
    for scheme in found:
        found += [each for each in family if each.parent_id == scheme.pk]
    assert found, key
    return found


def _scheme_money(plan: Plan, found: re.Match[str]) -> Amounts:
    numbers = ", ".join(str(each.pk) for each in _scheme_of(plan, found[1]))
    counted = spend(plan, f"line.in_pool AND line.scheme_id IN ({numbers})")
    return _spread(plan, counted) if counted else []


def _scheme_benefits(plan: Plan, found: re.Match[str]) -> Amounts:
    schemes = _scheme_of(plan, found[1])
    return _saving(list(Benefit.objects.filter(schemes__in=schemes).distinct()))


Expected = Callable[[Plan, re.Match[str]], Amounts]
# Every table of money with a total, by its key, and what its last row must hold.
TOTALS: dict[str, Expected] = {
    r"balance": lambda plan, found: _balance(plan),
    r"income-by-(source|part)": lambda plan, found: _spread(plan, income(plan)),
    r"contributions": lambda plan, found: _spread(plan, income(plan)),
    r"spend-by-(scheme|theme|source|part)": lambda plan, found: _spread(plan, spend(plan)),
    r"expenditure": lambda plan, found: _spread(plan, spend(plan)),
    r"outside-pool": lambda plan, found: _spread(plan, spend(plan, "NOT line.in_pool")),
    r"income-by-funding-source-and-area-(\d{4}-\d{2})": _crossed(income),
    r"spend-by-theme-and-area-(\d{4}-\d{2})": _crossed(spend),
    r"benefits(-by-(metric|scheme))?": _benefits,
    r"scheme-(.+)-benefits": _scheme_benefits,
    r"scheme-(.+)-money": _scheme_money,
}
# Tables of money that are rightly without a total, since their rows are not parts of one whole.
WITHOUT_TOTAL = ("requirements", "risk-share", "risk-share-inherited")


def amounts_in(row: Row, tabled: Tabled) -> Amounts:
    """The amounts of a row's money columns that are stated or could be."""
    columns = tabled.table.columns
    cells = [
        cell.value
        for cell, column in zip(row.cells, columns, strict=True)
        if column.kind == "money"
    ]
    return [value if isinstance(value, Decimal) else None for value in cells]


def figures_in(row: Row, tabled: Tabled) -> Amounts:
    """The columns of figures of a row: amounts of money, and nothing for what is no money."""
    columns = [each for each in tabled.table.columns if each.is_figure]
    amounts = iter(amounts_in(row, tabled))
    return [next(amounts) if column.kind == "money" else None for column in columns]


def has_money(tabled: Tabled) -> bool:
    return bool(tabled.table.rows) and any(each.kind == "money" for each in tabled.table.columns)


def expected_total(plan: Plan, tabled: Tabled) -> Amounts | None:
    """What the total of a table must be; None where it rightly has none."""
    key = tabled.table.key
    if key in WITHOUT_TOTAL:
        return None
    for pattern, expected in TOTALS.items():
        if found := re.fullmatch(pattern, key):
            return expected(plan, found)
    raise AssertionError(f"The table {key} of money is not in the list of totals.")


def summed(tabled: Tabled) -> Amounts:
    """The rows that count, added up column by column; what breaks down another does not count."""
    rows = [
        amounts_in(row, tabled)
        for row in tabled.table.rows
        if not row.indent and not row.emphasis and row.cells[0].note != "Outside the pool"
    ]
    columns = list(zip(*rows, strict=True)) if rows else []
    return [
        sum((each for each in column if each is not None), Decimal(0))
        if any(each is not None for each in column)
        else None
        for column in columns
    ]
