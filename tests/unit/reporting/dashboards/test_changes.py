"""What schemes should change and save: by metric and scheme, each unit by itself."""

from decimal import Decimal as D
from typing import Any

from bcf.assurance.benefits import Benefit, Benefits, reduction, total_saving
from bcf.assurance.figures import Choice
from bcf.base.worked import RowRef
from bcf.charts import BarChart
from bcf.periods import NOT_STATED, FinancialYear
from bcf.reporting.dashboards.changes import changes_question
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.ui.tables import Row, Table, formatted
from tests.unit.assurance.checks.records_schemes import record

Y1, Y2 = FinancialYear(2030), FinancialYear(2031)
ADMISSIONS, DAYS = Choice("nea", "Admissions to hospital"), Choice("dtoc", "Delays")


def benefit(change: int | None, scheme: str = "a", **given: Any) -> Benefit:
    defaults: dict[str, Any] = {
        "year": Y1,
        "schemes": (Choice(scheme, f"Scheme {scheme}"),) if scheme else (),
        "metrics": (ADMISSIONS,),
        "beneficiary": "",
        "unit": "admissions",
        "unit_price": D(100),
        "price_basis": "printed",
        "saving": None,
        "step": None,
        "row": RowRef("schemes.benefit", "a", f"{scheme}-{change}"),
    }
    return Benefit(change=None if change is None else D(change), **{**defaults, **given})


def asked(*rows: Benefit) -> Question:
    return changes_question(record(benefits=Benefits(rows)))


def panel(question: Question, key: str) -> Panel:
    return next(each for each in question.panels if each.key == key)


def table_of(of: Panel) -> Table:
    assert of.table is not None
    return of.table


def words(table: Table, row: Row) -> list[str]:
    return [formatted(cell, of) for cell, of in zip(row.cells, table.columns, strict=True)]


def rows_of(table: Table) -> list[list[str]]:
    return [words(table, row) for row in table.rows]


ROWS = (
    benefit(-30),
    benefit(-10, "b"),
    benefit(-60, year=Y2),
    benefit(-5, metrics=(DAYS,), unit="bed days", unit_price=None),
)


def test_the_total_is_said_with_its_years_and_what_is_in_no_total() -> None:
    assert asked(*ROWS).sentences == (
        "The changes should save £10,000 in all: £4,000 in 2030–31 and £6,000 in 2031–32.",
        "1 of 4 benefits states neither a saving nor a price, and is in no total.",
    )


def test_each_metric_is_said_in_its_unit_and_never_added_to_another() -> None:
    more = benefit(7, metrics=(DAYS,), unit="visits")
    percent = benefit(-3, metrics=(DAYS,), unit="%")
    bare = benefit(-3, metrics=(DAYS,), unit="")
    assert panel(asked(*ROWS, more, percent, bare), "changes-by-metric").points == (
        "Admissions to hospital: 40 fewer admissions in 2030–31 and 60 fewer in 2031–32.",
        "Delays: 5 fewer bed days in 2030–31.",
        "Delays: 7 more visits in 2030–31.",
        "Delays: down by 3% in 2030–31.",
        "Delays: down by 3 in 2030–31.",
    )


def test_schemes_stand_with_their_shares_of_the_year() -> None:
    of = panel(asked(*ROWS), "change-nea")
    table = table_of(of)
    assert rows_of(table) == [
        ["Scheme a", "2030–31", "30", "75%", "£3,000", "75%"],
        ["Scheme b", "2030–31", "10", "25%", "£1,000", "25%"],
        ["Together, 2030–31", "2030–31", "40", "100%", "£4,000", "100%"],
        ["Scheme a", "2031–32", "60", "100%", "£6,000", "100%"],
        ["Together, 2031–32", "2031–32", "60", "100%", "£6,000", "100%"],
    ]
    assert table.total is not None
    assert words(table, table.total) == ["Total", "", "100", "", "£10,000", ""]
    assert isinstance(of.chart, BarChart)
    assert [[bar.words for bar in group.bars] for group in of.chart.groups] == [
        ["30", "60"],
        ["10", "not stated"],
    ]


def test_one_year_has_its_shares_in_the_total_and_no_rows_between() -> None:
    table = table_of(panel(asked(*ROWS[:2]), "change-nea"))
    assert len(table.rows) == 2
    assert table.total is not None
    assert words(table, table.total) == ["Total", "", "40", "100%", "£4,000", "100%"]


def test_one_scheme_alone_is_not_compared() -> None:
    assert "change-dtoc" not in {each.key for each in asked(*ROWS).panels}


def test_what_two_schemes_change_stands_by_itself_only_where_no_other_has_more() -> None:
    def days(scheme: str) -> Benefit:
        return benefit(-1, scheme, metrics=(DAYS,), unit="bed days")

    def shown(*rows: Benefit) -> list[str]:
        keys = [each.key for each in asked(*rows).panels]
        return [key for key in keys if key in {"change-nea", "change-dtoc"}]

    both = ["change-nea", "change-dtoc"]
    assert shown(*ROWS[:2], days("a"), days("b")) == both
    assert shown(*ROWS[:2], benefit(-1, "c"), days("a"), days("b")) == ["change-nea"]
    three = (days("a"), days("b"), days("c"))
    assert shown(*ROWS[:2], benefit(-1, "c"), benefit(-1, "d"), *three) == both


def test_a_share_of_what_is_not_known_is_blank() -> None:
    table = table_of(panel(asked(benefit(-1, unit_price=None), benefit(-3, "b")), "change-nea"))
    assert rows_of(table) == [
        ["Scheme a", "2030–31", "1", "25%", "not stated", ""],
        ["Scheme b", "2030–31", "3", "75%", "£300", "100%"],
    ]


def test_savings_stand_by_scheme_and_by_metric() -> None:
    stated = benefit(None, "", metrics=(), saving=D("12.50"), year=NOT_STATED)
    question = asked(*ROWS, stated)
    by_scheme = panel(question, "saving-by-scheme").chart
    assert isinstance(by_scheme, BarChart)
    assert [(group.label, [bar.words for bar in group.bars]) for group in by_scheme.groups] == [
        ("Scheme a", ["£3,000", "£6,000", "not stated"]),
        ("Scheme b", ["£1,000", "not stated", "not stated"]),
        ("Whole plan", ["not stated", "not stated", "£12.50"]),
    ]
    by_metric = panel(question, "saving-by-metric").chart
    assert isinstance(by_metric, BarChart)
    assert [group.label for group in by_metric.groups] == [
        "Admissions to hospital",
        "Metric not stated",
    ]


def test_beyond_eight_schemes_the_smallest_stand_together() -> None:
    rows = [benefit(-size, f"s{size}") for size in range(1, 12)]
    chart = panel(asked(*rows), "change-nea").chart
    assert isinstance(chart, BarChart)
    assert [group.bars[0].value for group in chart.groups] == [11, 10, 9, 8, 7, 6, 5, 4, 6]
    assert chart.groups[-1].label == "The other 3 together"
    assert sum(group.bars[0].value or 0 for group in chart.groups) == 66
    nine = panel(asked(*rows[:9]), "change-nea").chart
    assert isinstance(nine, BarChart)
    assert "together" not in nine.groups[-1].label


def test_figures_are_those_of_the_benefits_themselves() -> None:
    benefits = Benefits(ROWS)
    saved, reduced = total_saving(benefits), reduction(benefits.chosen(metric="nea"))
    assert saved is not None
    assert reduced is not None
    total = table_of(panel(asked(*ROWS), "change-nea")).total
    assert total is not None
    assert [total.cells[2].value, total.cells[4].value] == [reduced.rounded(), saved.rounded(2)]


def test_what_is_not_stated_is_said() -> None:
    empty = asked()
    assert empty.sentences == (
        "What the schemes should change is not stated: no benefit is entered yet.",
    )
    assert empty.links[0].address == "/plans/a/benefits/"
    assert asked(benefit(None, unit_price=None)).sentences == (
        "What the changes save is not stated, nor a price from which it could be worked out.",
        "By how much any metric should change is not stated.",
    )
