from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from bcf.assurance.agreements.values import Agreement, Agreements, Happened, Note
from bcf.assurance.figures import Choice
from bcf.assurance.measured import About, Fact, Measured, MetricFigure
from bcf.base.worked import RowRef, stated
from bcf.periods import NOT_STATED as NO_YEAR
from bcf.periods import FinancialYear, Month, PartialDate, Period
from bcf.reporting.agreements.annual.agreements import in_order
from bcf.reporting.agreements.annual.metrics import told_metrics
from bcf.reporting.agreements.annual.money import account_table, pooled_table
from bcf.reporting.agreements.annual.reading import AnnualReading, Written, asked_year
from bcf.reporting.agreements.annual.report import FILLERS, annual_report
from bcf.reporting.documents.model import (
    Document,
    Facts,
    Passage,
    Passages,
    Points,
    Section,
    Tabled,
    Words,
)
from bcf.ui.tables import Table, formatted
from governance.report_forms import SECTION_75
from governance.rules import Terms
from tests.unit.assurance.agreement_values import COUNCIL, NHS, Y1, Y2, agreement, value

BOARD = Choice("barnet", "Barnet Health and Wellbeing Board")
NOTE = RowRef("governance.agreementnote", "one", "note")
NO_TERMS = Terms(None, False, "", ("council", "nhs"), {})


def pool(amount: int, **given: Any) -> Any:
    return value(amount, measure="pooled-fund", **given)


def reading(*rows: Agreement, **given: Any) -> AnnualReading:
    defaults: dict[str, Any] = {
        "board": BOARD,
        "area": "Barnet",
        "year": Y1,
        "years": (Y1,),
        "agreements": Agreements(rows),
        "known": {each.slug: each for each in rows},
    }
    return AnnualReading(**{**defaults, **given})


def report(*rows: Agreement, **given: Any) -> Document:
    return annual_report(reading(*rows, **given), "1 May 2031")


def section(document: Document, key: str) -> Section:
    (found,) = [each for each in document.walk() if each.key == key]
    return found


def points(found: Section) -> dict[str, tuple[str, ...]]:
    return {each.label: each.points for each in found.blocks if isinstance(each, Points)}


def facts(found: Section) -> dict[str, str]:
    return {
        fact.label: fact.shown
        for block in found.blocks
        if isinstance(block, Facts)
        for fact in block.facts
    }


def rows_of(table: Table) -> list[list[str]]:
    every = [*table.rows, *([table.total] if table.total else [])]
    return [
        [formatted(cell, column) for cell, column in zip(row.cells, table.columns, strict=True)]
        for row in every
    ]


def passages(document: Document) -> Iterator[Passage]:
    for each in document.walk():
        for block in each.blocks:
            if isinstance(block, Passages):
                yield from block.passages
            elif isinstance(block, Passage):
                yield block


class TestForm:
    def test_every_section_of_the_form_is_written_or_filled(self) -> None:
        kinds = {each.filled_by for each in SECTION_75.sections if not each.is_written}
        assert kinds == {*FILLERS, "agreements"}

    def test_sections_stand_within_those_whose_numbers_they_begin_with(self) -> None:
        document = report(agreement(pool(5)))
        for each in document.walk():
            for inner in each.sections:
                if each.number and inner.number:
                    assert inner.number.startswith(f"{each.number}.")
        titles = [each.title for each in document.sections]
        assert titles[:3] == ["About this report", "Summary", "Recommendations"]
        assert [each.number for each in document.sections[3:]] == ["1", "2", "3", "4", "5", "6"]

    def test_a_section_says_what_was_written_else_what_it_usually_says(self) -> None:
        document = report(agreement(pool(5)), written={"wards": Written("Hendon", 7)})
        said = {each.label: each.text for each in passages(document)}
        assert said["Wards"] == "Hendon"
        assert said["Status"] == "Public"
        assert said["Report of"] == ""
        assert said.keys() == {each.heading for each in SECTION_75.written.values()}

    def test_whoever_may_write_reads_the_same_version(self) -> None:
        given = reading(agreement(pool(5)))
        plain, written = (
            annual_report(given, "1 May 2031", each) for each in ({}, {"wards": "/w"})
        )
        assert plain.version == written.version
        assert {each.address for each in passages(plain)} == {""}
        assert {each.label for each in passages(written) if each.address == "/w"} == {"Wards"}

    def test_a_year_of_which_nothing_is_stated_says_what_to_enter(self) -> None:
        (only,) = report(agreement(pool(5)), year=Y2).sections
        (words,) = only.blocks
        assert isinstance(words, Words)
        assert words.text.startswith("Nothing is stated of 2031–32. Enter the agreements")

    def test_notes_of_another_year_than_the_newest_are_said_to_be_of_now(self) -> None:
        newest, older = (report(agreement(pool(5)), years=each) for each in ((Y1,), (Y1, Y2)))
        said = [
            "kept without a year" in str(section(each, "summary").blocks)
            for each in (newest, older)
        ]
        assert said == [False, True]

    @pytest.mark.parametrize(
        ("asked", "year"),
        [("2017-18", FinancialYear(2017)), ("2017", None), ("", None), ("2017-19", None)],
    )
    def test_a_year_is_asked_for_by_its_name(self, asked: str, year: FinancialYear | None) -> None:
        assert asked_year(asked) == year


class TestAgreements:
    TREE = (
        agreement(
            pool(1), slug="alone", kind="standalone", parties=(COUNCIL, Choice("t", "Trust"))
        ),
        agreement(pool(1), slug="orphan", parent="hidden"),
        agreement(pool(1), slug="inner", parent="under"),
        agreement(pool(1), slug="under", title="Under", parent="top"),
        agreement(slug="top", kind="overarching"),
        agreement(pool(1), slug="young", client_group="children"),
        agreement(pool(1), slug="open", client_group=""),
    )

    def test_an_overarching_one_comes_first_with_its_schedules_then_those_alone(self) -> None:
        adults = Agreements(self.TREE).of_client_group("adults")
        order = [each.slug for each in in_order(adults)]
        assert order == ["top", "under", "inner", "orphan", "alone"]

    def test_they_are_numbered_on_through_the_client_groups(self) -> None:
        document = report(*self.TREE)
        numbers = {
            each.key: each.number for each in document.walk() if each.key.startswith("agreement-")
        }
        assert [*numbers.items()] == [
            ("agreement-top", "1.5"),
            ("agreement-under", "1.6"),
            ("agreement-inner", "1.7"),
            ("agreement-orphan", "1.8"),
            ("agreement-alone", "1.9"),
            ("agreement-young", "1.10"),
            ("agreement-open", "1.11"),
        ]
        top = points(section(document, "agreement-top"))
        assert top["Schedules under it"] == ("Under", "One")
        assert top["Beside it, with other parties or by itself"] == ("One, with Trust",)

    def test_a_schedule_says_its_term_and_its_fund_with_what_is_printed(self) -> None:
        document = report(
            agreement(
                pool(5000, as_printed="£5", is_put_right=True, ground="The table is in £000"),
                pool(6000, year=NO_YEAR),
                starts=PartialDate(2030, 4),
                ends=PartialDate(2032, 3),
            )
        )
        found = facts(section(document, "agreement-one"))
        assert found["Starts"] == "April 2030"
        assert found["Expires"] == "March 2032 (24 months in all)"
        assert found["Pooled fund of 2030–31"].split("\n") == [
            "£5,000",
            "Printed as £5, which means £5,000. The table is in £000.",
            "Also stated without a year: £6,000, which is £1,000 more.",
        ]

    @pytest.mark.parametrize(
        ("known", "by"), [(True, "by “Next”"), (False, "by another agreement")]
    )
    def test_what_supersedes_it_is_named_where_the_reader_may_see_it(
        self, known: bool, by: str
    ) -> None:
        event = Happened(
            1,
            "supersede",
            date(2031, 4, 1),
            date(2031, 3, 3),
            "The two are one.",
            "Ann",
            Choice("next", "Next"),
            NO_TERMS,
            NO_TERMS,
        )
        note = Note("intention", "It merges.", NOTE)
        document = report(
            agreement(pool(5), events=(event,), notes=(note,)),
            known={"next": agreement(slug="next", title="Next")} if known else {},
        )
        told = f"Superseded from 1 April 2031 {by}: The two are one (deed of 3 March 2031)."
        assert points(section(document, "agreement-one"))["What becomes of it"] == (
            told,
            "It merges.",
        )
        (table,) = [each for each in section(document, "coming").blocks if isinstance(each, Tabled)]
        assert rows_of(table.table) == [["One", "1 April 2031", told]]


class TestMoney:
    def test_funds_are_added_by_client_group_in_pounds(self) -> None:
        wrong = pool(2000, printed=D(2), as_printed="£2", is_put_right=True, ground="Size")
        right = pool(3000, printed=D(3000), as_printed="£3,000")
        table = pooled_table(
            "pooled",
            "Pooled",
            Agreements(
                (
                    agreement(wrong),
                    agreement(right, slug="two", client_group="children"),
                    agreement(pool(4, party=COUNCIL), pool(5, party=NHS), slug="three"),
                    agreement(slug="four", title="Four"),
                    agreement(slug="five", kind="overarching"),
                )
            ),
            Y1,
            "All",
        )
        assert rows_of(table) == [
            ["One", "£2,000", "£2"],
            ["One", "£9", ""],
            ["All services for adults", "£2,009", ""],
            ["One", "£3,000", ""],
            ["All services for children", "£3,000", ""],
            ["All", "£5,009", ""],
        ]
        first, second = table.notes
        assert "1 of 2 are printed as pounds" in first
        assert "come to £3,002" in first
        assert second == (
            "No pooled fund of 2030–31 is stated for 1 agreement, which no total holds: “Four”."
        )

    def test_without_a_unit_put_right_nothing_is_said_of_print(self) -> None:
        table = pooled_table("pooled", "Pooled", Agreements((agreement(pool(3)),)), Y1, "All")
        assert [each.label for each in table.columns] == ["Agreement", "Pooled fund"]
        assert table.notes == ()

    def test_what_is_pooled_with_other_boards_is_in_no_total_of_the_board(self) -> None:
        boards = (BOARD, Choice("brent", "Brent"))
        document = report(agreement(pool(5)), agreement(pool(70), slug="two", boards=boards))
        own, joint = [
            each.table for each in section(document, "resources").blocks if isinstance(each, Tabled)
        ]
        assert rows_of(own)[-1] == ["All pooled funds", "£5"]
        assert rows_of(joint)[-1] == ["All joint pooled funds", "£70"]
        said = str(section(document, "summary").blocks)
        assert "The pooled funds of 2030–31 come to £5." in said
        assert "£70 is pooled together with other boards" in said

    def test_an_account_has_the_year_before_beside_it_and_says_what_is_implied(self) -> None:
        table = account_table(
            agreement(
                value(40, party=COUNCIL, year=Y2),
                value(60, party=NHS, year=Y2),
                value(100, year=Y2),
                value(-25, measure="surplus-or-deficit", year=Y2),
                value(80),
                value(-5, measure="surplus-or-deficit"),
            ),
            Y2,
        )
        assert table
        assert [each.label for each in table.columns] == ["Amount", "2031–32", "2030–31"]
        assert rows_of(table) == [
            ["Money that there was", "£75", "£75"],
            ["Spent by Council", "£40", "not stated"],
            ["Spent by NHS", "£60", "not stated"],
            ["Spent, all parties", "£100", "£80"],
            ["Surplus or deficit (−)", "−£25", "−£5"],
        ]
        assert "£100 − £25 = £75" in table.notes[0]

    def test_an_account_whose_result_does_not_follow_says_so(self) -> None:
        table = account_table(
            agreement(
                value(90, measure="contribution"),
                value(100),
                value(-25, measure="surplus-or-deficit"),
            ),
            Y1,
        )
        assert table
        assert rows_of(table)[0] == ["Paid in, all parties", "£90"]
        assert table.notes == (
            "The result of 2030–31 is stated as −£25; from what was paid in and spent it follows "
            "as −£10.",
        )

    def test_no_account_of_a_year_without_one(self) -> None:
        assert account_table(agreement(value(1), pool(1, year=Y2)), Y2) is None


ABOUT = About("Delayed days", "lower")


def measured(amount: int, period: Period, **given: Any) -> MetricFigure:
    defaults: dict[str, Any] = {"kind": "actual", "measure": "count", "unit": "days", "board": "b"}
    row = RowRef("metrics.metricvalue", "b", str(period))
    return MetricFigure(
        row=row,
        metric="dtoc",
        about=ABOUT,
        period=period,
        value=stated(amount, unit="days"),
        **{**defaults, **given},
    )


class TestMetrics:
    DTOC = Choice("dtoc", "Delayed days (all)")

    def told(self, *values: MetricFigure, facts: tuple[Fact, ...] = ()) -> str:
        (found,) = told_metrics(Measured(values=values, context=facts), [self.DTOC], Y1)
        return found

    def test_the_latest_figure_of_the_year_against_the_year_before(self) -> None:
        before = FinancialYear(2029)
        assert self.told(measured(80, Y1), measured(100, before), measured(9, Y2)) == (
            "Delayed days (all): 80 days in 2030–31, against 100 days in 2029–30: "
            "down 20 (20%), better."
        )

    def test_without_the_year_before_against_the_time_before_by_people_counted(self) -> None:
        rate: dict[str, Any] = {"measure": "rate", "unit": "per 1,000"}
        assert self.told(
            measured(25, Month(2031, 1), numerator=stated(14), **rate),
            measured(15, Month(2031, 2), numerator=stated(8), **rate),
        ).endswith(
            "after 25 per 1,000 in January 2031: counted, from 14 to 8, down 6 (42.9%), better."
        )

    def test_what_else_the_board_states_under_the_metrics_name(self) -> None:
        fact = Fact(
            row=RowRef("metrics.contextfigure", "b", "f"),
            label="Delayed days: target missed by",
            period=Y1.quarters[3],
            value=stated(7, unit="percent"),
        )
        assert self.told(facts=(fact,)) == (
            "Delayed days (all): target missed by 7% in quarter 4 of 2030–31."
        )

    def test_a_metric_without_a_figure_says_so(self) -> None:
        assert self.told(measured(9, Y2)) == "Delayed days (all): no figure of 2030–31 is stated."

    def test_one_that_is_suppressed_is_not_said_to_be_wanting(self) -> None:
        hidden = replace(measured(9, Y1), value=None, is_suppressed=True)
        assert self.told(hidden) == "Delayed days (all): the figure of 2030–31 is suppressed."
