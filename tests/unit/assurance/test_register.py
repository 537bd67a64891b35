"""The register: its tree by board and client group, what is asked of it, and its money."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from bcf.assurance.agreements.register import (
    UNSTATED,
    Asked,
    Register,
    pooled_of,
    pooled_years,
    register_on,
    year_shown,
)
from bcf.assurance.agreements.sums import pooled_funds
from bcf.assurance.agreements.values import Agreement, Provider
from bcf.assurance.figures import Choice
from bcf.base.worked import RowRef
from bcf.periods import NOT_STATED, FinancialYear
from tests.unit.assurance.agreed import (
    NORTH,
    SOUTH,
    TRUST,
    Y2017,
    Y2018,
    agreement,
    event,
    pooled,
    terms,
)
from tests.unit.assurance.agreement_values import COUNCIL

DAY = date(2018, 11, 15)


ALL = Asked()


def register(*agreements: Agreement, asked: Asked = ALL, day: date = DAY) -> Register:
    return register_on(day, agreements, asked, {})


def tree(found: Register) -> list[tuple[str, str, list[tuple[int, str]]]]:
    """Boards, client group, and each agreement with its depth."""
    return [
        (
            " ".join(board.label for board in heading.boards),
            group.client_group,
            [(line.depth, line.agreement.slug) for line in group.lines],
        )
        for heading in found.headings
        for group in heading.groups
    ]


class TestTree:
    def test_schedules_stand_under_what_they_are_schedules_of(self) -> None:
        found = register(
            agreement("b", parent="over"),
            agreement("deep", parent="a"),
            agreement("a", parent="over"),
            agreement("alone", kind="standalone"),
            agreement("over", kind="overarching"),
        )
        lines = [(0, "over"), (1, "a"), (2, "deep"), (1, "b"), (0, "alone")]
        assert tree(found) == [("North", "adults", lines)]
        assert all(line.parent is None for line in found.lines)

    def test_boards_and_client_groups_have_places_of_their_own(self) -> None:
        found = register(
            agreement("unstated", client_group=""),
            agreement("joint", boards=(SOUTH, NORTH)),
            agreement("south", boards=(SOUTH,)),
            agreement("children", client_group="children"),
            agreement("adults"),
        )
        assert tree(found) == [
            ("North", "adults", [(0, "adults")]),
            ("North", "children", [(0, "children")]),
            ("North", "", [(0, "unstated")]),
            ("North South", "adults", [(0, "joint")]),
            ("South", "adults", [(0, "south")]),
        ]

    @pytest.mark.parametrize("given", [{"client_group": "children"}, {"boards": (NORTH, SOUTH)}])
    def test_a_schedule_in_another_place_names_what_it_is_a_schedule_of(
        self, given: dict[str, Any]
    ) -> None:
        found = register(
            agreement("over", kind="overarching"), agreement("a", parent="over", **given)
        )
        (line,) = (line for line in found.lines if line.agreement.slug == "a")
        assert (line.depth, line.parent) == (0, Choice("over", "Over"))

    def test_a_parent_that_was_not_asked_for_is_named_and_a_hidden_one_is_not(self) -> None:
        found = register(
            agreement("over", kind="overarching"),
            agreement("a", parent="over"),
            agreement("b", parent="hidden"),
            asked=Asked(kind="schedule"),
        )
        named = {line.agreement.slug: line.parent for line in found.lines}
        assert named == {"a": Choice("over", "Over"), "b": None}

    def test_what_starts_later_is_left_out_and_named(self) -> None:
        found = register(agreement("later", starts="2019-04"), agreement("now", starts="2018-04"))
        assert [line.agreement.slug for line in found.lines] == ["now"]
        assert [each.agreement.slug for each in found.later] == ["later"]

    def test_what_ended_before_stays(self) -> None:
        found = register(agreement("old", ends="2015"))
        assert [line.position.state for line in found.lines] == ["ended"]

    def test_what_ends_within_twelve_months_stands_by_its_end(self) -> None:
        found = register(
            agreement("c", ends="2019-11-16"),
            agreement("b", ends="2019-11-15"),
            agreement("a", ends="2019-03"),
            agreement("old", ends="2018-03"),
        )
        assert [line.agreement.slug for line in found.ending] == ["a", "b"]


class TestAsked:
    EVERY = (
        agreement("over", kind="overarching", is_open_ended=True, client_group=""),
        agreement(
            "equipment",
            arrangement="lead-commissioning",
            ends="2019-03",
            says={"purpose": "Joint buying of hoists."},
            other_titles=("ICES",),
        ),
        agreement(
            "concordat",
            kind="other",
            is_section_75=False,
            client_group="children",
            boards=(SOUTH,),
            ends="2015",
            parties=(TRUST,),
            host=Choice("host", "Great Host"),
            providers=(
                Provider(
                    Choice("age", "Age Concern"),
                    "Advice",
                    "current",
                    None,
                    None,
                    RowRef("governance.agreementprovider", "concordat", "age"),
                ),
            ),
        ),
        agreement("mental", starts="2012"),
    )

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            (Asked(), "concordat equipment mental over"),
            (Asked(board="north"), "equipment mental over"),
            (Asked(board="nowhere"), ""),
            (Asked(client_group="adults"), "equipment mental"),
            (Asked(client_group=UNSTATED), "over"),
            (Asked(kind="other"), "concordat"),
            (Asked(arrangement="lead-commissioning"), "equipment"),
            (Asked(arrangement=UNSTATED), "concordat mental over"),
            (Asked(is_section_75=True), "equipment mental over"),
            (Asked(is_section_75=False), "concordat"),
            (Asked(state="in-force"), "equipment over"),
            (Asked(state="ending"), "equipment"),
            (Asked(state="ended"), "concordat"),
            (Asked(state="not-known"), "mental"),
            (Asked(words="EQUIP"), "equipment"),
            (Asked(words="ices"), "equipment"),
            (Asked(words="hoists joint"), "equipment"),
            (Asked(words="hoists trust"), ""),
            (Asked(words="trust"), "concordat"),
            (Asked(words="great host"), "concordat"),
            (Asked(words="age concern"), "concordat"),
            (Asked(words="council", kind="overarching"), "over"),
        ],
    )
    def test_filters_and_words(self, asked: Asked, found: str) -> None:
        lines = register(*self.EVERY, asked=asked).lines
        assert " ".join(sorted(line.agreement.slug for line in lines)) == found

    def test_parties_and_arrangements_are_those_of_the_day(self) -> None:
        before = terms(arrangement="lead-commissioning", parties=("council",))
        one = agreement(
            "one",
            arrangement="pooled-fund",
            parties=(COUNCIL, TRUST),
            events=(event(date(2019, 1, 1), before, terms()),),
        )
        for asked in (Asked(words="trust"), Asked(arrangement="pooled-fund")):
            assert not register(one, asked=asked).lines
            assert register(one, asked=asked, day=date(2019, 1, 1)).lines


class TestMoney:
    def test_years_are_those_of_pooled_funds(self) -> None:
        one = agreement("one", pooled(1, Y2018), pooled(2), pooled(3, NOT_STATED))
        other = agreement("other", pooled(4), pooled(5, FinancialYear(2030), measure="spend"))
        assert pooled_years([one, other]) == [Y2017, Y2018, NOT_STATED]

    @pytest.mark.parametrize(
        ("years", "shown"),
        [
            ([Y2017, Y2018, NOT_STATED], "2018-19"),
            ([Y2017, FinancialYear(2019)], "2017-18"),
            ([FinancialYear(2019), FinancialYear(2020)], "2019-20"),
            ([NOT_STATED], "2018-19"),
            ([], "2018-19"),
        ],
    )
    def test_the_year_shown_is_the_latest_that_has_begun(self, years: Any, shown: str) -> None:
        assert str(year_shown(years, DAY)) == shown

    def test_another_amount_without_a_year_stands_beside(self) -> None:
        one = agreement("one", pooled(2_053), pooled(2_097, NOT_STATED))
        found = pooled_of(one, Y2017)
        assert found.figure is not None
        assert found.elsewhere is not None
        assert found.figure.rounded() == 2_053
        assert found.elsewhere.amount == 2_097
        assert pooled_of(one, NOT_STATED).elsewhere is None

    def test_the_same_amount_without_a_year_is_not_told_twice(self) -> None:
        assert (
            pooled_of(agreement("one", pooled(5), pooled(5, NOT_STATED)), Y2017).elsewhere is None
        )

    def test_an_amount_without_a_year_is_not_that_of_a_year(self) -> None:
        found = pooled_of(agreement("one", pooled(5, NOT_STATED)), Y2017)
        assert (found.figure, found.value) == (None, None)
        assert found.elsewhere is not None
        assert found.elsewhere.amount == 5

    def test_without_a_fund_of_all_the_parties_are_added_in_rows_and_totals(self) -> None:
        one = agreement("one", pooled(3, party=COUNCIL), pooled(4, party=TRUST))
        found = register(one, agreement("two", pooled(10)), agreement("three"))
        (group,) = found.headings[0].groups
        figure, total = pooled_of(one, Y2017).figure, pooled_funds(group.agreements, Y2017)
        assert figure is not None
        assert total is not None
        assert figure.rounded() == 7
        assert total.rounded() == 17
        assert pooled_of(one, Y2017).value is None
        assert [name for name, _ in found.by_client_group()] == ["adults"]

    def test_a_figure_in_another_unit_says_how_it_is_printed_and_why(self) -> None:
        one = pooled(
            3_642_000,
            is_put_right=True,
            as_printed="£3,642",
            unit_meant="£000",
            ground="Column head",
        )
        assert one.put_right_in_words == "printed £3,642, meant as £000: column head"
        assert pooled(1, as_printed="£1", ground="In pounds").put_right_in_words == ""

    @pytest.mark.parametrize(
        ("ground", "said"), [("CCG’s table", ": CCG’s table"), ("", ""), ("Size", ": size")]
    )
    def test_a_ground_goes_on_after_a_colon(self, ground: str, said: str) -> None:
        one = pooled(1, is_put_right=True, as_printed="£1", unit_meant="£000", ground=ground)
        assert one.put_right_in_words == f"printed £1, meant as £000{said}"

    def test_funds_are_those_agreed_on_the_day(self) -> None:
        before, after = terms(pooled={Y2017: D(1)}), terms(pooled={Y2017: D(2)})
        one = agreement("one", pooled(2), events=(event(date(2019, 1, 1), before, after),))
        for day, amount in ((DAY, 1), (date(2019, 1, 1), 2)):
            found = pooled_funds(register(one, day=day).agreements, Y2017)
            assert found is not None
            assert found.rounded() == amount
