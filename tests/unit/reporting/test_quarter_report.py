from datetime import date
from decimal import Decimal as D

import pytest

from bcf.assurance.agreements.values import Agreement, Happened, Note
from bcf.assurance.figures import NOT_STATED
from bcf.base.worked import RowRef
from bcf.periods import PartialDate, Quarter
from bcf.reporting.agreements.quarter.sections import (
    last_ended,
    quarter_sections,
    quarter_to_show,
    quarters_offered,
)
from bcf.reporting.documents.model import Section, Tabled, Words
from bcf.ui.tables import Table
from governance.rules import Terms
from tests.unit.assurance.agreement_values import COUNCIL, NHS, Y1, actual, agreement, value

FIRST = Quarter(Y1, 1)
NOTE = RowRef("governance.agreementnote", "one", "note")


def fund(**given: object) -> Agreement:
    return agreement(
        value(1000, measure="contribution", party=COUNCIL),
        value(500, measure="contribution", party=NHS),
        actuals=(
            actual(1, 200, 1100, party=COUNCIL, note="Dearer"),
            actual(1, 100, 500, party=NHS),
            actual(1, 375, 1500, measure="contribution"),
        ),
        **given,
    )


def sections(*agreements: Agreement, quarter: Quarter = FIRST) -> dict[str, Section]:
    found = quarter_sections(agreements, quarter, {"one": "/agreements/one/"})
    return {each.key: each for each in found}


def tables(section: Section) -> list[Table]:
    return [block.table for block in section.blocks if isinstance(block, Tabled)]


def words(section: Section) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Words)]


def values(table: Table) -> list[list[object]]:
    return [[cell.value for cell in row.cells] for row in table.rows]


class TestFunds:
    def test_every_fund_is_in_the_overview_with_a_total(self) -> None:
        (table,) = tables(sections(fund(), agreement(slug="two"))["all-funds"])
        expected = [D(1500), D(300), D(300), D(1600), D(100), D(-100)]
        assert values(table) == [["One", *expected]]
        assert table.total
        assert [cell.value for cell in table.total.cells] == ["Total", *expected]
        assert table.rows[0].cells[0].url == "/agreements/one/"

    def test_a_fund_by_party_with_its_expected_result(self) -> None:
        section = sections(fund())["fund-one"]
        came, spent = tables(section)
        assert values(came) == []
        assert values(spent) == [
            ["Council", D(1000), D(200), D(200), D(1100), D(100)],
            ["NHS", D(500), D(100), D(100), D(500), D(0)],
        ]
        assert spent.total
        assert spent.total.cells[-1].value == D(100)
        assert words(section) == [
            "A deficit of £100 is expected at the end of the year.",
            "Council: Dearer",
        ]

    @pytest.mark.parametrize(
        ("forecast", "sentence"),
        [
            (1600, "Contributions and spend are expected to balance"),
            (1700, "A surplus of £100 is expected"),
        ],
    )
    def test_what_is_expected_in_words(self, forecast: int, sentence: str) -> None:
        one = agreement(
            actuals=(actual(1, 1, 1600), actual(1, 1, forecast, measure="contribution"))
        )
        assert words(sections(one)["fund-one"])[0].startswith(sentence)

    def test_without_forecasts_it_says_what_is_missing(self) -> None:
        one = agreement(actuals=(actual(1, 1),))
        assert "needs the forecasts" in words(sections(one)["fund-one"])[0]

    def test_who_has_told_nothing_is_named_but_for_what_has_schedules(self) -> None:
        found = sections(fund(parent="above"), agreement(slug="above"), agreement(slug="two"))
        (table,) = tables(found["without-figures"])
        assert len(table.rows) == 1

    def test_where_nobody_has_told_anything_it_says_what_to_enter(self) -> None:
        found = sections(agreement())
        assert "No figures of quarter 1 of 2030–31 are entered" in words(found["all-funds"])[0]
        assert "without-figures" not in found


class TestOther:
    def test_terms_that_changed_in_the_quarter(self) -> None:
        before, after = (Terms(PartialDate(year, 3), False, "", (), {}) for year in (2031, 2032))
        events = tuple(
            Happened(1, "extend", day, None, "More time.", "Ed", NOT_STATED, before, after)
            for day in (date(2030, 3, 31), date(2030, 4, 1), date(2030, 7, 1))
        )
        (table,) = tables(sections(agreement(events=events))["changed"])
        assert values(table) == [
            ["One", "Extended", "1 April 2030", "March 2031 → March 2032", "More time."]
        ]

    def test_risks_stand_beside_what_is_done_about_them(self) -> None:
        notes = (Note("risk", "Costs.", NOTE), Note("mitigation", "Review.", NOTE))
        (table,) = tables(sections(agreement(notes=notes), agreement(slug="two"))["risks"])
        assert values(table) == [["One", "Costs.", "Review."]]

    def test_what_ends_within_a_year_of_the_quarter(self) -> None:
        soon = agreement(slug="soon", title="Soon", ends=PartialDate(2031, 6))
        late = agreement(slug="late", ends=PartialDate(2031, 7))
        (table,) = tables(sections(soon, late)["ending"])
        assert values(table) == [["Soon", "June 2031", None]]


class TestQuarters:
    @pytest.mark.parametrize(
        ("day", "code"),
        [
            (date(2026, 11, 22), "2026-27Q2"),
            (date(2026, 4, 1), "2025-26Q4"),
            (date(2026, 3, 31), "2025-26Q3"),
        ],
    )
    def test_the_last_that_has_ended(self, day: date, code: str) -> None:
        assert str(last_ended(day)) == code
        assert str(quarter_to_show([agreement()], day)) == code

    def test_the_latest_that_is_told_of_is_shown(self) -> None:
        told = agreement(actuals=(actual(1, 1), actual(3, 1)))
        assert quarter_to_show([told], date(2026, 1, 1)) == Quarter(Y1, 3)
        offered = quarters_offered([told], date(2026, 1, 1))
        assert [str(each) for each in offered] == ["2030-31Q3", "2030-31Q1", "2025-26Q3"]


@pytest.mark.parametrize(
    ("given", "runs"),
    [
        ({}, True),
        ({"starts": PartialDate(2030, 7)}, False),
        ({"starts": PartialDate(2030)}, True),
        ({"ends": PartialDate(2030, 3)}, False),
        ({"ends": PartialDate(2030, 4)}, True),
    ],
)
def test_whether_an_agreement_runs_within_a_quarter(given: dict[str, object], runs: bool) -> None:
    assert agreement(**given).runs_within(FIRST) is runs
