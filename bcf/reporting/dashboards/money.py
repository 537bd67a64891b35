"""What the money is: how much is pooled in each year, from whom, and for what."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from bcf.assurance.cuts import largest
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.assurance.money_tables import (
    Where,
    balance_table,
    income_table,
    nowhere,
    outside_table,
    spend_tables,
)
from bcf.assurance.summary import MoneySummary
from bcf.assurance.totals import Balance, Line, Verdict
from bcf.charts import Bar, BarChart, Group
from bcf.money import format_pounds
from bcf.periods import Period
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.ui.tables import Table

MOST_BARS = 8


def money_question(
    summary: MoneySummary,
    *,
    where: Where = nowhere,
    of: str = "",
    minimums: Table | None = None,
) -> Question:
    """The money of a plan; `of` names whose it is where it is not one board's alone.

    `minimums` is the table of the published minimums, where there is one to show.
    """
    whose = f": {of}" if of else ""
    outside = outside_table(summary)
    return Question(
        "money",
        "What is the money?",
        (
            *(_sentence(each) for each in summary.balances),
            *([f"All amounts are of {of}."] if of else []),
        ),
        (
            Panel(
                "balance",
                "Income against spend",
                chart=_against_chart(summary, whose),
                table=_of(balance_table(summary, where), of),
            ),
            Panel(
                "income-by-source",
                "From whom",
                chart=_chart(
                    "income-by-source",
                    f"Where the money comes from, in pounds{whose}",
                    summary.income_by_source,
                    summary,
                ),
                table=_of(income_table(summary, where), of),
            ),
            *_spend_panels(summary, where, of, whose),
            *([Panel("outside-pool", table=_of(outside, of))] if outside else []),
            *([Panel("requirements", table=minimums)] if minimums else []),
        ),
    )


def _spend_panels(summary: MoneySummary, where: Where, of: str, whose: str) -> Iterable[Panel]:
    """What it buys: each cut of the spend, with a picture where it names something."""
    cuts = {
        "scheme": summary.spend_by_scheme,
        "theme": summary.spend_by_theme,
        "source": summary.spend_by_source,
        "area-of-spend": summary.spend_by_area_of_spend,
        "primary-objective": summary.spend_by_primary_objective,
    }
    tables = {table.key.removeprefix("spend-by-"): table for table in spend_tables(summary, where)}
    stated = [name for name, lines in cuts.items() if name in tables and lines]
    for name in stated or ["scheme"]:
        words, is_named = name.replace("-", " "), _is_named(cuts[name])
        title = f"What it is spent on, by {words}, in pounds{whose}"
        yield Panel(
            f"spend-by-{name}",
            _heading(words) if is_named else "For what" if name == "scheme" else "",
            chart=_chart(f"spend-by-{name}", title, cuts[name], summary) if is_named else None,
            table=_of(tables[name], of),
        )


def _heading(cut: str) -> str:
    return "What is spent from each source" if cut == "source" else f"For what, by {cut}"


def _is_named(lines: Sequence[Line]) -> bool:
    return any(line.choice != NOT_STATED for line in lines)


def _against_chart(summary: MoneySummary, whose: str) -> BarChart | None:
    """Income and spend of each year side by side; None where neither is stated."""
    groups = tuple(
        Group(each.year.label, (_amount("Income", each.income), _amount("Spend", each.spend)))
        for each in summary.balances
        if each.income is not None or each.spend is not None
    )
    if not groups:
        return None
    title = f"Income against spend in the pool, in pounds{whose}"
    return BarChart("balance", title, "Two bars for each year.", groups)


def _amount(name: str, amount: Decimal | None) -> Bar:
    return Bar(name, amount, format_pounds(amount))


def _of(table: Table, of: str) -> Table:
    return replace(table, caption=f"{table.caption}, {of}") if of else table


def _sentence(each: Balance) -> str:
    """`In 2015–16, £23,412,000 is pooled and all of it is spent.`"""
    year = each.year.label
    if each.income is None and each.spend is None:
        return f"For {year}, neither income nor spend is stated."
    if each.income is None:
        return f"For {year}, spend of {format_pounds(each.spend)} is stated, and no income."
    pooled = f"In {year}, {format_pounds(each.income)} is pooled"
    if each.spend is None:
        return f"{pooled}; what it is spent on is not stated."
    return f"{pooled} and {_against(each)}{_unstated(each)}."


def _against(each: Balance) -> str:
    spend = format_pounds(each.spend)
    if each.verdict is Verdict.BALANCED:
        return "all of it is to be spent: the plan is balanced"
    if each.verdict is Verdict.WITHIN_ROUNDING:
        return f"{spend} is to be spent: the plan is balanced, within the rounding of its figures"
    off = each.difference or Decimal(0)
    way = "less" if off > 0 else "more"
    return f"{spend} is to be spent, {format_pounds(abs(off))} {way} than is pooled"


def _unstated(each: Balance) -> str:
    if not each.unstated:
        return ""
    rows = "1 row states" if each.unstated == 1 else f"{each.unstated} rows state"
    return f". {rows} no amount and {'is' if each.unstated == 1 else 'are'} in no total"


def _chart(key: str, title: str, lines: Sequence[Line], summary: MoneySummary) -> BarChart | None:
    """Bars for each year; None where nothing is stated that a bar could show."""
    stated = [line for line in lines if line.total is not None]
    if not stated:
        return None
    shown = largest(stated, MOST_BARS)
    description = "A bar for each year."
    if len(shown) < len(stated):
        description += f" The largest {len(shown) - 1} of {len(stated)} are shown by themselves."
    groups = (Group(_name(line.choice), tuple(_bars(line, summary.years))) for line in shown)
    return BarChart(key, title, description, tuple(groups))


def _name(choice: Choice) -> str:
    return "Not stated" if choice == NOT_STATED else choice.label


def _bars(line: Line, years: Sequence[Period]) -> Iterable[Bar]:
    for year, amount, rows in zip(years, line.amounts, line.row_counts, strict=True):
        if amount is None and not rows:
            yield Bar(year.label, None, "none entered")
        else:
            yield Bar(year.label, amount, format_pounds(amount))
