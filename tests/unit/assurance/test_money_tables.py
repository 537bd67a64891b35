"""The tables of a plan's money say what is not stated, and where figures stand."""

import datetime
from decimal import Decimal

from bcf.assurance.figures import Choice, PlanFigures
from bcf.assurance.money_tables import (
    ENTERED_HERE,
    balance_table,
    cited,
    income_table,
    outside_table,
    part_tables,
    source_notes,
    spend_tables,
    titled,
)
from bcf.assurance.summary import summarise
from bcf.base.published import Citation
from bcf.periods import Period
from bcf.ui.tables import Table, formatted
from tests.unit.assurance.values import Y2, contribution, figures, pool, spend_line

CARE = Choice("care", "Care")
BEDS = Choice("beds", "Beds")
THOUSAND = Decimal(1000)


def words(table: Table) -> list[list[str]]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    return [
        [formatted(cell, column) for cell, column in zip(row.cells, table.columns, strict=True)]
        for row in rows
    ]


def spend_by_scheme(plan: PlanFigures) -> Table:
    return spend_tables(summarise(plan))[0]


def test_income_spend_and_difference_by_year() -> None:
    plan = figures(
        contribution(100),
        spend_line(100),
        contribution(50, year=Y2),
        spend_line("55.25", year=Y2),
    )
    assert words(balance_table(summarise(plan))) == [
        ["2015–16", "£100", "£100", "£0", "Balanced"],
        ["2016–17", "£50", "£55.25", "−£5.25", "Overspent by £5.25"],
        ["All years", "£150", "£155.25", "−£5.25", ""],
    ]


def test_income_that_is_a_stated_pool_says_so() -> None:
    def notes(*rows: object) -> str:
        return " ".join(balance_table(summarise(figures(*rows))).notes)

    assert "Income is the stated total pool" in notes(pool(120))
    assert "Of the income, £20 is stated as a total pool" in notes(pool(120), contribution(100))
    assert "pool" not in notes(contribution(100))


def test_a_difference_that_cannot_be_made_is_not_stated() -> None:
    rows = words(balance_table(summarise(figures(contribution(5)))))
    assert rows[0] == ["2015–16", "£5", "not stated", "not stated", "Not stated"]
    assert rows[1] == ["2016–17", "not stated", "not stated", "not stated", "Not stated"]
    assert rows[2] == ["All years", "£5", "not stated", "not stated", ""]


def test_years_are_not_held_together_where_one_states_one_side_alone() -> None:
    rows = (contribution(5), spend_line(5))
    for more in (contribution(9, year=Y2), spend_line(9, year=Y2)):
        total = words(balance_table(summarise(figures(*rows, more))))[-1]
        assert total[3] == "not stated"
    assert words(balance_table(summarise(figures(*rows))))[-1][3] == "£0"


def test_a_difference_within_rounding_is_explained_and_only_then() -> None:
    rounded = figures(
        contribution(9000, rounded_to=THOUSAND), spend_line(8000, rounded_to=THOUSAND)
    )
    table = balance_table(summarise(rounded))
    assert words(table)[0][-1] == "Balanced within rounding"
    assert any("rounding" in note for note in table.notes)
    exact = balance_table(summarise(figures(contribution(9), spend_line(8))))
    assert not any("rounding" in note for note in exact.notes)


def test_income_not_by_source_is_named() -> None:
    table = income_table(summarise(figures(contribution(40), pool(100))))
    assert words(table) == [
        ["NHS minimum", "£40", "–", "£40", "40%"],
        ["Rest of the stated total pool, not by source (worked out)", "£60", "–", "£60", "60%"],
        ["Total", "£100", "–", "£100", "100%"],
    ]


def test_no_row_for_a_year_and_no_amount_in_a_row_are_told_apart() -> None:
    table = spend_by_scheme(
        figures(spend_line(None, scheme=CARE), spend_line(8, scheme=BEDS, year=Y2))
    )
    assert words(table) == [
        ["Care", "not stated", "–", "not stated", ""],
        ["Beds", "–", "£8", "£8", "100%"],
        ["Total", "not stated", "£8", "£8", "100%"],
    ]
    assert "Rows that state no amount, and are in no total: 1." in table.notes
    assert "– means that there is no row for that year." in table.notes


def test_where_every_row_is_stated_nothing_is_said_to_be_missing() -> None:
    table = spend_by_scheme(figures(spend_line(1), spend_line(1, year=Y2)))
    assert not any("state no amount" in note or "no row" in note for note in table.notes)


def test_rows_entered_here_are_counted() -> None:
    document = Citation("Plan", None, "8.4")
    table = spend_by_scheme(
        figures(spend_line(1, scheme=CARE, citation=document), spend_line(2, scheme=BEDS))
    )
    assert "Source: Plan." in table.notes
    assert "Rows entered here and not taken from a document: 1." in table.notes
    assert [row.cells[0].note for row in table.rows] == ["8.4", ENTERED_HERE]


def test_places_that_all_lines_share_stand_once_below() -> None:
    document = Citation("Plan", datetime.date(2016, 3, 7), "8.4")
    table = spend_by_scheme(
        figures(
            spend_line(1, scheme=CARE, citation=document),
            spend_line(2, scheme=BEDS, citation=document),
        )
    )
    assert "Source: Plan, 7 March 2016, 8.4." in table.notes
    assert [row.cells[0].note for row in table.rows] == ["", ""]


def test_the_three_cuts_of_spend() -> None:
    tables = spend_tables(summarise(figures(spend_line(1))))
    assert [table.key for table in tables] == [
        "spend-by-scheme",
        "spend-by-theme",
        "spend-by-source",
    ]
    assert [words(table)[0][0] for table in tables] == ["Not stated"] * 3


def test_spend_outside_the_pool_has_a_table_only_where_there_is_some() -> None:
    assert outside_table(summarise(figures(spend_line(1)))) is None
    table = outside_table(summarise(figures(spend_line(1, scheme=CARE, in_pool=False))))
    assert table is not None
    assert words(table)[0] == ["Care", "£1", "–", "£1"]
    assert "counts in no total" in table.notes[0]


def test_parts_by_area_only_for_a_joint_plan() -> None:
    assert part_tables(summarise(figures(spend_line(1)))) == []
    part = figures(
        contribution(10, plan="havering"), spend_line(4, plan="havering"), slug="havering"
    )
    income, spend = part_tables(summarise(figures(contribution(1), parts=(part,))))
    assert words(income) == [
        ["Havering", "£10", "–", "£10", "90.9%"],
        ["Total", "£11", "–", "£11", "100%"],
    ]
    assert words(spend) == [
        ["Havering", "£4", "–", "£4", "100%"],
        ["Total", "£4", "–", "£4", "100%"],
    ]


def test_an_empty_table_says_what_is_missing() -> None:
    summary = summarise(figures())
    assert "No contribution" in income_table(summary).empty_text
    assert "No spend line" in spend_tables(summary)[0].empty_text


def test_one_sentence_a_document() -> None:
    a, b = Citation("A", None, "1"), Citation("B", None, "")
    again = Citation("A", None, "2")
    assert source_notes([b, a, again, a], with_places=True) == ["Source: A, 1; 2.", "Source: B."]
    assert source_notes([b, a, again, a], with_places=False) == ["Source: A.", "Source: B."]


def test_a_date_is_added_where_the_title_does_not_say_it() -> None:
    day = datetime.date(2016, 3, 7)
    assert titled("Committee papers", day) == "Committee papers, 7 March 2016"
    assert titled("Committee, 7 March 2016", day) == "Committee, 7 March 2016"
    assert titled("Plan", None) == "Plan"


def test_a_figure_without_a_document_was_entered_here() -> None:
    assert cited(None) == ENTERED_HERE
    assert cited(Citation("Plan", None, "8.1")) == "Plan, 8.1"


def test_a_sum_leads_to_the_list_of_its_rows() -> None:
    def where(table: str, choice: Choice | None, year: Period | None) -> str:
        return "/".join([table, choice.key if choice else "all", year.code if year else "every"])

    plan = figures(spend_line(3, scheme=CARE), spend_line(8, scheme=BEDS, year=Y2))
    table = spend_tables(summarise(plan), where)[0]
    assert table.total is not None
    assert [[cell.url for cell in row.cells] for row in (table.rows[0], table.total)] == [
        ["", "spend-by-scheme/care/2015-16", "", "spend-by-scheme/care/every", ""],
        [
            "",
            "spend-by-scheme/all/2015-16",
            "spend-by-scheme/all/2016-17",
            "spend-by-scheme/all/every",
            "",
        ],
    ]


def test_spend_by_area_of_spend_where_a_line_names_one() -> None:
    area = Choice("social-care", "Social Care")
    tables = spend_tables(summarise(figures(spend_line(1), spend_line(3, area=area))))
    assert tables[-1].key == "spend-by-area-of-spend"
    assert words(tables[-1])[0] == ["Social Care", "£3", "–", "£3", "75%"]
