"""Checks of schemes: descriptions, components, and money."""

from decimal import Decimal

from bcf.assurance.checks.finding import Severity
from bcf.assurance.figures import Choice
from bcf.base.worked import RowRef
from bcf.periods import FinancialYear
from tests.unit.assurance.checks.records_schemes import (
    benefits,
    cycle,
    found,
    record,
    scheme,
    told,
)
from tests.unit.assurance.test_benefits import benefit
from tests.unit.assurance.test_benefits import scheme as choice
from tests.unit.assurance.values import Y2, figures, spend_line

DESCRIPTION, COMPONENTS = "scheme.description-incomplete", "scheme.components-differ"
UNFUNDED = "scheme.unfunded"


class TestDescriptions:
    def test_what_is_missing_is_said_once_for_the_schemes_that_lack_it(self) -> None:
        schemes = (scheme("1a", "", "objective", "evidence"),)
        assert told(found(record(schemes=schemes), DESCRIPTION)) == [
            (
                Severity.WARNING,
                "“Strategic objective” and “The evidence base” are not filled in for scheme 1a "
                "Work 1a. Fill them in.",
            )
        ]
        two = (*schemes, scheme("1b", "", "objective", "evidence"), scheme("1c"))
        (only,) = found(record(schemes=two), DESCRIPTION)
        assert "are not filled in for 2 schemes: 1a Work 1a and 1b Work 1b." in only.sentence
        assert only.found == "6 of 8 headings"
        assert only.mend
        assert (only.mend.ref, only.mend.field) == ("1a", "objective")

    def test_a_scheme_that_is_described_is_not_found(self) -> None:
        assert found(record(schemes=(scheme("1a"),)), DESCRIPTION) == []

    def test_themes_and_components_are_not_described_one_by_one(self) -> None:
        theme = scheme("1", "", "objective", name="Prevention", theme="Prevention")
        component = scheme("1a.1", "1a", "objective")
        assert found(record(schemes=(theme, scheme("1a", "1"), component)), DESCRIPTION) == []

    def test_lines_and_benefits_answer_for_money_and_impact(self) -> None:
        schemes = (scheme("1a", "", "investment", "impact"), scheme("1a.1", "1a", "investment"))
        line = spend_line(10, scheme=Choice("1a.1", "1a.1"))
        row = RowRef("schemes.benefit", "a", "one", "One")
        own = benefits(benefit(schemes=choice("1a"), row=row))
        assert found(record(figures(line), schemes=schemes, benefits=own), DESCRIPTION) == []
        (left,) = found(record(figures(line), schemes=schemes), DESCRIPTION)
        assert (
            left.sentence
            == "“Impact of scheme” is not filled in for scheme 1a Work 1a. Fill it in."
        )

    def test_a_form_that_asks_for_no_description_is_not_held_to_one(self) -> None:
        schemes = (scheme("1a", "", "objective"),)
        assert found(record(schemes=schemes, form="first-form"), DESCRIPTION) == []
        without = record(schemes=schemes, cycle=cycle(templates=()))
        assert found(without, DESCRIPTION) == []

    def test_the_schemes_of_a_part_are_found_with_its_area(self) -> None:
        part = figures(slug="b")
        schemes = (
            scheme("T1", name="Prevention", theme="Prevention", owner="a"),
            scheme("B1", "T1", "evidence", owner="b"),
        )
        joint = record(figures(slug="a", parts=(part,)), schemes=schemes)
        (only,) = found(joint, DESCRIPTION)
        assert only.area == "B"
        assert only.sentence.startswith("B: “The evidence base” is not filled in")


class TestComponents:
    def test_lines_that_break_down_another_add_to_it(self) -> None:
        whole = spend_line(1_000, ref="whole", description="Falls")
        parts = [spend_line(n, ref=f"p{n}", breaks_down="whole") for n in (600, 400)]
        assert found(record(figures(whole, *parts)), COMPONENTS) == []

    def test_a_difference_is_told_with_its_size(self) -> None:
        whole = spend_line(1_000, ref="whole", description="Falls")
        parts = [spend_line(n, ref=f"p{n}", breaks_down="whole") for n in (600, 470)]
        (only,) = found(record(figures(whole, *parts)), COMPONENTS)
        assert told([only]) == [
            (
                Severity.WARNING,
                "The 2 components of “Falls” in 2015–16 add to £1,070, £70 more than the line’s "
                "own £1,000. Correct the one that is wrong.",
            )
        ]
        assert (only.found, only.required) == ("£1,070", "£1,000")
        assert only.mend
        assert (only.mend.ref, only.mend.field) == ("whole", "amount")

    def test_one_component_is_told_as_one(self) -> None:
        whole = spend_line(1_000, ref="whole", description="Falls")
        part = spend_line(900, ref="p", breaks_down="whole")
        (only,) = found(record(figures(whole, part)), COMPONENTS)
        assert only.sentence.startswith(
            "The one component of “Falls” in 2015–16 is £900, £100 less"
        )

    def test_what_rounding_explains_is_a_note(self) -> None:
        thousands = Decimal(1_000)
        whole = spend_line(10_000, ref="whole", rounded_to=thousands)
        parts = [
            spend_line(n, ref=f"p{n}", breaks_down="whole", rounded_to=thousands)
            for n in (6_000, 3_000)
        ]
        (only,) = found(record(figures(whole, *parts)), COMPONENTS)
        assert only.severity is Severity.NOTE
        assert only.sentence.endswith("than the line’s own £10,000, which rounding explains.")

    def test_an_amount_that_is_not_entered_is_no_difference(self) -> None:
        whole = spend_line(1_000, ref="whole", description="Falls")
        part = spend_line(None, ref="p", breaks_down="whole")
        assert told(found(record(figures(whole, part)), COMPONENTS)) == [
            (
                Severity.NOT_CHECKED,
                "The components of “Falls” in 2015–16 were not added up, because an amount is not "
                "entered. Enter the amounts of the line and its components.",
            )
        ]

    def test_many_differences_are_one_finding(self) -> None:
        lines = [
            line
            for year in range(2000, 2011)
            for line in (
                spend_line(10, ref=f"w{year}", year=FinancialYear(year), description="Falls"),
                spend_line(9, ref=f"c{year}", year=FinancialYear(year), breaks_down=f"w{year}"),
            )
        ]
        (only,) = found(record(figures(*lines)), COMPONENTS)
        assert only.sentence.startswith(
            "11 lines differ from their components: “Falls”, “Falls”, “Falls” and 8 more. The "
            "first: The one component of “Falls” in 2000–01 is £9, £1 less"
        )
        assert len(only.rows) == 11


class TestMoney:
    def test_a_scheme_that_no_line_names_has_no_money(self) -> None:
        line = spend_line(10, scheme=Choice("1a", "1a"))
        schemes = (scheme("1a"), scheme("1b"))
        (only,) = found(record(figures(line), schemes=schemes), UNFUNDED)
        assert told([only]) == [
            (
                Severity.WARNING,
                "No money is planned in any year for scheme 1b Work 1b. Add a spend line for it.",
            )
        ]
        assert [row.ref for row in only.rows] == ["1b"]

    def test_a_line_without_scheme_may_be_what_pays(self) -> None:
        lines = (spend_line(10, scheme=Choice("1a", "1a")), spend_line(10, ref="rest"))
        schemes = (scheme("1a"), scheme("1b"), scheme("1c"))
        (only,) = found(record(figures(*lines), schemes=schemes), UNFUNDED)
        assert only.sentence == (
            "No money is planned in any year for 2 schemes: 1b Work 1b and 1c Work 1c. Add a spend "
            "line for each, or choose them on a line that names no scheme."
        )

    def test_money_of_a_component_or_of_the_whole_is_money(self) -> None:
        line = spend_line(10, scheme=Choice("1a", "1a"), year=Y2)
        schemes = (scheme("1"), scheme("1a", "1"), scheme("1a.1", "1a"))
        assert found(record(figures(line), schemes=schemes), UNFUNDED) == []

    def test_a_line_of_nothing_is_no_money(self) -> None:
        line = spend_line(0, scheme=Choice("1a", "1a"))
        (only,) = found(record(figures(line), schemes=(scheme("1a"),)), UNFUNDED)
        assert only.severity is Severity.WARNING

    def test_where_no_line_names_a_scheme_nothing_is_told(self) -> None:
        lines = (spend_line(10, ref="one"), spend_line(10, ref="two"))
        assert told(found(record(figures(*lines), schemes=(scheme("1a"),)), UNFUNDED)) == [
            (
                Severity.NOT_CHECKED,
                "It was not checked that every scheme has money, because none of the 2 spend "
                "lines names its scheme. Choose the scheme of each.",
            )
        ]
        (none,) = found(record(schemes=(scheme("1a"),)), UNFUNDED)
        assert "because no spend line is entered" in none.sentence
        assert found(record(), UNFUNDED) == []

    def test_a_part_whose_lines_name_no_scheme_is_not_checked(self) -> None:
        part = figures(spend_line(10, plan="b"), slug="b")
        money = figures(spend_line(10, scheme=Choice("1a", "1a")), slug="a", parts=(part,))
        (only,) = found(record(money, schemes=(scheme("1a"), scheme("B1", owner="b"))), UNFUNDED)
        assert only.severity is Severity.NOT_CHECKED
        assert only.sentence == (
            "B: it was not checked that every scheme has money, because the only spend line does "
            "not name its scheme. Choose it."
        )

    def test_a_scheme_without_money_stands_for_its_components(self) -> None:
        part = figures(spend_line(10, plan="b", scheme=Choice("b9", "B9")), slug="b")
        schemes = (
            scheme("T1", name="Prevention", theme="Prevention"),
            scheme("B1", "T1", owner="b"),
            scheme("B1.1", "B1", owner="b"),
            scheme("B9", "", owner="b"),
        )
        money = figures(slug="a", parts=(part,))
        (only,) = found(record(money, schemes=schemes), UNFUNDED)
        assert only.sentence.startswith("B: no money is planned in any year for scheme B1 Work B1.")

    def test_benefits_of_money_outside_the_pool_are_told(self) -> None:
        line = spend_line(35_000, scheme=Choice("1a", "1a"), in_pool=False)
        own = benefit(-23, schemes=(Choice("1a", "1a"),), row=RowRef("schemes.benefit", "a", "one"))
        of = record(figures(line), schemes=(scheme("1a"),), benefits=benefits(own))
        assert told(found(of, UNFUNDED)) == [
            (
                Severity.NOTE,
                "The money of scheme 1a Work 1a, £35,000 in 2015–16, is outside the pool, but what "
                "it should bring, 23 admissions fewer in 2030–31, counts in the plan’s benefits. "
                "Check that this is meant.",
            )
        ]
        inside = spend_line(35_000, scheme=Choice("1a", "1a"))
        of = record(figures(inside), schemes=(scheme("1a"),), benefits=benefits(own))
        assert not found(of, UNFUNDED)


def test_what_components_come_to_together() -> None:
    lines = []
    for ref, amount, part in (("one", 100, 110), ("two", 200, 205)):
        lines += [
            spend_line(amount, ref=ref, description=ref),
            spend_line(part, ref=f"{ref}-part", breaks_down=ref),
        ]
    *_, together = found(record(figures(*lines)), "scheme.components-differ")
    assert told([together]) == [
        (
            Severity.NOTE,
            "With the components in the place of these 2 lines, the spend of 2015–16 comes to "
            "£315, £15 more than £300.",
        )
    ]
    assert len(found(record(figures(*lines[:2])), "scheme.components-differ")) == 1


class TestThemes:
    CODE = "spend.theme-differs"
    HOME, AWAY = Choice("home", "At home"), Choice("away", "Away")

    def test_one_kind_of_spend_under_two_themes(self) -> None:
        north = figures(spend_line(1, plan="n", description="Carers", theme=self.HOME), slug="n")
        south = figures(spend_line(1, plan="s", description="Carers", theme=self.AWAY), slug="s")
        of = record(figures(slug="a", parts=(north, south)))
        assert told(found(of, self.CODE)) == [
            (
                Severity.NOTE,
                "“Carers” stands under several themes: “At home” in N and “Away” in S. Check that "
                "each is meant.",
            )
        ]

    def test_one_theme_or_none(self) -> None:
        lines = (
            spend_line(1, ref="one", theme=self.HOME),
            spend_line(1, ref="two", theme=self.HOME),
            spend_line(1, ref="three"),
        )
        assert not found(record(figures(*lines)), self.CODE)
