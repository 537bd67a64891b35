"""A result is divided under each rule with nothing lost, or what is missing is said."""

from collections.abc import Mapping
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.assurance.agreements.accounts import account_of
from bcf.assurance.agreements.division import (
    Basis,
    Divided,
    NotDivided,
    Wanted,
    account_divided,
    basis_of,
    divide_result,
    sharings_of,
    years_divided,
)
from bcf.assurance.agreements.values import Agreement, Share, Sharing
from bcf.assurance.figures import Choice
from bcf.base.worked import RowRef
from bcf.money import from_pence
from bcf.periods import FinancialYear
from governance.choices import RiskShareMethod
from tests.unit.assurance.agreement_values import COUNCIL, NHS, agreement, value

TRUST = Choice("trust", "Trust")
BOTH = (COUNCIL, NHS)
Y1, Y2 = FinancialYear(2016), FinancialYear(2017)
# Barnet's community equipment: what each spent, and the deficits of two years.
SPENT = {
    Y1: {COUNCIL: D(1_038_000), NHS: D(1_663_000)},
    Y2: {COUNCIL: D(1_230_000), NHS: D(2_412_000)},
}
DEFICIT = {Y1: D(-134_000), Y2: D(-1_075_000)}


@pytest.fixture
def equipment() -> Agreement:
    rows = [
        value(int(amount), year=year, party=party)
        for year, spent in SPENT.items()
        for party, amount in spent.items()
    ]
    rows += [
        value(int(amount), year=year, measure="surplus-or-deficit")
        for year, amount in DEFICIT.items()
    ]
    return agreement(*rows)


def equipment_basis(equipment: Agreement, year: FinancialYear, **more: Any) -> Basis:
    basis = basis_of(account_of(equipment, year))
    assert basis is not None
    return Basis(**{**basis.__dict__, **more})


def divided(method: str, basis: Basis) -> Divided:
    found = divide_result(method, basis)
    assert isinstance(found, Divided), found
    assert found.result == basis.result
    return found


def parts(found: Divided) -> Mapping[str, D]:
    return {part.party.key: part.amount for part in found.parts}


class TestEquipment:
    """The deficits of the equipment schedule under each rule."""

    @pytest.mark.parametrize(
        ("year", "council", "nhs"),
        [
            # 1,075,000 × 1,230 ÷ 3,642 and × 2,412 ÷ 3,642; 134,000 × 1,038 and 1,663 ÷ 2,701.
            (Y2, "-363056.01", "-711943.99"),
            (Y1, "-51496.48", "-82503.52"),
        ],
    )
    def test_in_proportion(
        self, equipment: Agreement, year: FinancialYear, council: str, nhs: str
    ) -> None:
        found = divided("proportion", equipment_basis(equipment, year))
        assert parts(found) == {"council": D(council), "nhs": D(nhs)}
        assert found.unborne == 0
        assert "what each spent stands for it" in found.note

    def test_the_working_is_said(self, equipment: Agreement) -> None:
        found = divided("proportion", equipment_basis(equipment, Y2))
        assert found.parts[0].working == "£1,075,000 × £1,230,000 ÷ £3,642,000"

    @pytest.mark.parametrize("year", [Y1, Y2])
    def test_by_contributions_where_they_are_stated(
        self, equipment: Agreement, year: FinancialYear
    ) -> None:
        paid = {COUNCIL: D(867_000), NHS: D(1_700_000)}
        found = divided("proportion", equipment_basis(equipment, year, contributed=paid))
        assert found.note == ""
        assert found.parts[0].working.endswith("× £867,000 ÷ £2,567,000")

    @pytest.mark.parametrize("year", [Y1, Y2])
    def test_by_percentages(self, equipment: Agreement, year: FinancialYear) -> None:
        percents = {COUNCIL: D("33.33"), NHS: D("66.67")}
        found = divided("percent", equipment_basis(equipment, year, percents=percents))
        assert parts(found)["council"] == (DEFICIT[year] * D("0.3333")).quantize(D("0.01"))
        assert found.parts[1].working.endswith("× 66.67%")

    def test_each_its_own(self, equipment: Agreement) -> None:
        paid = {COUNCIL: D(867_000), NHS: D(1_700_000)}
        found = divided("own", equipment_basis(equipment, Y2, contributed=paid))
        assert parts(found) == {"council": D(-363_000), "nhs": D(-712_000)}
        assert found.unborne == 0
        assert found.parts[0].working == "£867,000 − £1,230,000"

    def test_what_the_parties_own_amounts_do_not_explain_is_left(
        self, equipment: Agreement
    ) -> None:
        paid = {COUNCIL: D(867_000), NHS: D(1_500_000)}
        found = divided("own", equipment_basis(equipment, Y2, contributed=paid))
        assert found.unborne == D(200_000)
        assert "do not add to the result" in found.note

    def test_fixed_amounts(self, equipment: Agreement) -> None:
        amounts = {COUNCIL: D(100_000), NHS: D(200_000)}
        later = divided("fixed", equipment_basis(equipment, Y2, amounts=amounts))
        assert parts(later) == {"council": D(-100_000), "nhs": D(-200_000)}
        assert later.unborne == D(-775_000)
        assert later.parts[0].working == "its amount, £100,000"
        earlier = divided("fixed", equipment_basis(equipment, Y1, amounts=amounts))
        assert parts(earlier) == {"council": D("-44666.67"), "nhs": D("-89333.33")}
        assert earlier.unborne == 0
        assert earlier.parts[0].working == "£134,000 × £100,000 ÷ £300,000"

    def test_capped_by_percentages_and_in_proportion(self, equipment: Agreement) -> None:
        amounts = {NHS: D(500_000)}
        percents = {COUNCIL: D(50), NHS: D(50)}
        even = divided("capped", equipment_basis(equipment, Y2, amounts=amounts, percents=percents))
        assert parts(even) == {"council": D(-537_500), "nhs": D(-500_000)}
        assert even.unborne == D(-37_500)
        assert even.parts[1].working == "£1,075,000 × 50%, capped at £500,000"
        by_spend = divided("capped", equipment_basis(equipment, Y2, amounts=amounts))
        assert by_spend.unborne == D("-211943.99")
        below = divided("capped", equipment_basis(equipment, Y1, amounts=amounts))
        assert below.unborne == 0

    def test_no_risk_share_gives_it_to_nobody(self, equipment: Agreement) -> None:
        found = divided("none", equipment_basis(equipment, Y2))
        assert set(parts(found).values()) == {D(0)}
        assert found.unborne == D(-1_075_000)

    def test_the_latest_year_with_a_result_is_divided_unless_another_is_asked_for(
        self, equipment: Agreement
    ) -> None:
        years = [account_divided(equipment, asked) for asked in ("", "2016-17", "1999-00")]
        assert [each and each.year for each in years] == [Y2, Y1, Y2]
        assert years_divided(equipment) == (Y1, Y2)
        assert account_divided(agreement()) is None


class TestMissing:
    """What a rule lacks is said, with where it is entered."""

    @pytest.mark.parametrize(
        ("method", "wanted", "words"),
        [
            ("proportion", Wanted.CONTRIBUTIONS, "What Council and NHS paid in is not stated"),
            ("percent", Wanted.PERCENTS, "No percentage"),
            ("own", Wanted.CONTRIBUTIONS, "What Council and NHS paid in is not stated"),
            ("fixed", Wanted.AMOUNTS, "No fixed amount"),
            ("capped", Wanted.AMOUNTS, "No cap"),
            ("", Wanted.METHOD, "Choose its method"),
        ],
    )
    def test_with_nothing_but_the_result(self, method: str, wanted: Wanted, words: str) -> None:
        found = divide_result(method, Basis(D(-100), BOTH))
        assert isinstance(found, NotDivided)
        assert found.wanted is wanted
        assert words in found.why

    def test_one_party_alone_that_is_not_stated_is_named(self) -> None:
        found = divide_result("proportion", Basis(D(-100), BOTH, contributed={NHS: D(1)}))
        assert isinstance(found, NotDivided)
        assert "What Council paid in is not stated" in found.why

    def test_percentages_that_do_not_add_to_a_hundred(self) -> None:
        found = divide_result("percent", Basis(D(-100), BOTH, percents={NHS: D(60)}))
        assert isinstance(found, NotDivided)
        assert "add to 60" in found.why
        assert found.wanted is Wanted.PERCENTS

    def test_spend_that_is_not_stated_is_not_nothing(self) -> None:
        paid = dict.fromkeys(BOTH, D(10))
        found = divide_result("own", Basis(D(-100), BOTH, contributed=paid, spent={NHS: D(1)}))
        assert isinstance(found, NotDivided)
        assert found.wanted is Wanted.SPEND

    def test_a_party_without_a_percentage_bears_nothing(self) -> None:
        basis = Basis(D(-100), (*BOTH, TRUST), percents={COUNCIL: D(50), NHS: D(50)})
        found = divided("percent", basis)
        assert parts(found)["trust"] == 0
        assert found.parts[2].working == "no share"


class TestWhoseRule:
    """A schedule without a rule of its own has that of its overarching agreement."""

    RULE = Sharing(
        "Half each.", "percent", None, (Share(NHS, D(100), None),), RowRef("r", "o", "r")
    )

    def test_its_own_comes_first(self) -> None:
        own, above = agreement(risk_shares=(self.RULE,)), agreement(slug="above")
        assert sharings_of(own, [above]) == ((self.RULE,), own)

    def test_the_nearest_above_that_has_one(self) -> None:
        one = agreement()
        above = agreement(slug="above", risk_shares=(self.RULE,))
        assert sharings_of(one, [agreement(slug="between"), above]) == ((self.RULE,), above)
        assert sharings_of(one, []) == ((), one)

    def test_its_shares_are_those_of_the_basis(self) -> None:
        one = agreement(value(-10, year=Y1, measure="surplus-or-deficit"))
        basis = basis_of(account_of(one, Y1), [self.RULE])
        assert basis is not None
        assert basis.percents == {NHS: D(100)}
        assert basis_of(account_of(one, Y2)) is None


money = st.integers(0, 10**11).map(from_pence)
results = st.integers(-(10**11), 10**11).map(from_pence)
of_parties = st.dictionaries(st.sampled_from([COUNCIL, NHS, TRUST]), money)
percents = st.integers(0, 10_000).map(
    lambda hundredths: {COUNCIL: from_pence(hundredths), NHS: 100 - from_pence(hundredths)}
)
bases = st.builds(
    Basis,
    results,
    st.just((COUNCIL, NHS, TRUST)),
    of_parties,
    of_parties,
    st.one_of(st.just({}), percents),
    of_parties,
)


@given(st.sampled_from(RiskShareMethod.values), bases)
def test_nothing_is_lost_under_any_rule(method: str, basis: Basis) -> None:
    found = divide_result(method, basis)
    if isinstance(found, NotDivided):
        assert found.why
        return
    assert found.result == basis.result
    assert [part.party for part in found.parts] == [COUNCIL, NHS, TRUST]
    if method != "own":
        assert all(part.amount * basis.result >= 0 for part in found.parts)
        assert found.unborne * basis.result >= 0
