"""What the money is: how much is pooled in each year, from whom, and for what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bcf.assurance.cuts import largest
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.assurance.money_tables import (
    Where,
    balance_table,
    income_table,
    nowhere,
    spend_tables,
    verdict_words,
)
from bcf.assurance.summary import MoneySummary
from bcf.assurance.totals import Balance, Line, Verdict
from bcf.charts import Bar, BarChart, Group
from bcf.money import format_pounds
from bcf.periods import Period
from bcf.ui.tables import Table

MOST_BARS = 8


@dataclass(frozen=True)
class Money:
    """The answer in sentences, a picture each of where it comes from and goes, and the tables.

    The tables stand under the picture of the same name: by year, by source, by what it buys.
    """

    balances: tuple[Balance, ...]
    sentences: tuple[str, ...]
    by_year: Table
    income: Table
    spend: Table
    income_chart: BarChart | None
    spend_chart: BarChart | None


def money_of(summary: MoneySummary, where: Where = nowhere, of: str = "") -> Money:
    """The money of a plan; `of` names whose it is where it is not one board's alone."""
    name, lines = _for_what(summary)
    spend = next(each for each in spend_tables(summary, where) if each.key == f"spend-by-{name}")
    whose = f": {of}" if of else ""
    return Money(
        balances=summary.balances,
        sentences=tuple(_sentence(each) for each in summary.balances),
        by_year=_of(balance_table(summary, where), of),
        income=_of(income_table(summary, where), of),
        spend=_of(spend, of),
        income_chart=_chart(
            "income",
            f"Where the money comes from, in pounds{whose}",
            summary.income_by_source,
            summary,
        ),
        spend_chart=_chart(
            "spend", f"What it is spent on, by {name}, in pounds{whose}", lines, summary
        ),
    )


def _for_what(summary: MoneySummary) -> tuple[str, tuple[Line, ...]]:
    """By scheme where lines name one, else by theme; by source where they name neither."""
    for name, lines in (
        ("scheme", summary.spend_by_scheme),
        ("theme", summary.spend_by_theme),
    ):
        if any(line.choice != NOT_STATED for line in lines):
            return name, lines
    return "source", summary.spend_by_source


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
    words = verdict_words(each)
    return f"{spend} is to be spent: {words[:1].lower()}{words[1:]}"


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
    return BarChart(f"chart-{key}", title, description, tuple(groups))


def _name(choice: Choice) -> str:
    return "Not stated" if choice == NOT_STATED else choice.label


def _bars(line: Line, years: Sequence[Period]) -> Iterable[Bar]:
    for year, amount, rows in zip(years, line.amounts, line.row_counts, strict=True):
        if amount is None and not rows:
            yield Bar(year.label, None, "none entered")
        else:
            yield Bar(year.label, amount, format_pounds(amount))
