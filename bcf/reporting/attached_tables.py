"""What a refresh changes of its plan, as tables: by funding source, and by metric."""

from collections.abc import Iterable, Iterator

from bcf.assurance.attached import MetricBeside, MoneyBeside, Refreshed
from bcf.assurance.totals import TOTAL
from bcf.base.worked import Figure
from bcf.ui.tables import Column, Row, Table, build_row, build_table

REFRESHED = "What changed from the plan"
NOTHING_BESIDE = "The plan and this refresh state no figure for the same years yet."
BESIDE = (Column("In the plan", "money"), Column("In the refresh", "money"))
CHANGE = Column("Change", "money")


def refreshed_tables(found: Refreshed) -> Iterator[Table]:
    """Income, spend and metrics of the plan beside those of its refresh; without empty ones."""
    for key, caption, is_spend in (
        ("income-refreshed", "Income: the plan and its refresh", False),
        ("spend-refreshed", "Spend: the plan and its refresh", True),
    ):
        rows = [each for each in found.money if each.is_spend == is_spend]
        if rows:
            yield _money(key, caption, rows)
    if found.metrics:
        yield _metrics(found.metrics)


def _money(key: str, caption: str, rows: Iterable[MoneyBeside]) -> Table:
    return build_table(
        key,
        caption,
        [Column("Funding source", is_row_header=True), Column("Year"), *BESIDE, CHANGE],
        [_money_row(each) for each in rows],
    )


def _money_row(each: MoneyBeside) -> Row:
    return build_row(
        [each.source.label, each.year.label, each.planned, each.refreshed, each.change],
        emphasis=each.source == TOTAL,
    )


def _metrics(found: Iterable[MetricBeside]) -> Table:
    return build_table(
        "metrics-refreshed",
        "Metrics: the plan and its refresh",
        [
            Column("Metric", is_row_header=True),
            Column("Period"),
            Column("In the plan"),
            Column("In the refresh"),
        ],
        [
            [_name(each), each.period.label, _said(each.planned), _said(each.refreshed)]
            for each in found
        ],
    )


def _name(each: MetricBeside) -> str:
    return f"{each.name}, {each.area}" if each.area else each.name


def _said(figure: Figure | None) -> str | None:
    return figure.words if figure else None
