"""An agreement's page: its terms on a day, its account, who bears what is left, and who sees it."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.test import Client

from bcf.accounts.models import User
from bcf.periods import FinancialYear, PartialDate
from governance import actions
from governance.actions import Deed, terms_now
from governance.models import Agreement
from plans.models import Board, Organisation
from tests import factories
from tests.integration.documents import tables_of

pytestmark = pytest.mark.django_db

EQUIPMENT = "/agreements/s75-ces/"
CCG, COUNCIL = "Barnet Clinical Commissioning Group", "London Borough of Barnet"


@pytest.fixture
def client(administrator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(administrator)


@pytest.fixture
def own() -> Board:
    return factories.BoardFactory(slug="own")


@pytest.fixture
def outsider(sign_in: Callable[[User], Client]) -> Client:
    return sign_in(factories.UserFactory())


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words_of(client: Client, address: str) -> str:
    """All that is written on a page, spaces as one."""
    text = re.sub(r"<[^>]+>", " ", page_of(client, address))
    return " ".join(html.unescape(text).split())


def deed(effective: date, reason: str = "Because.") -> Deed:
    return Deed(effective, reason)


@pytest.mark.usefixtures("real_plans")
class TestEquipment:
    """Barnet's community equipment schedule, figure by figure."""

    def test_its_account_of_two_years(self, client: Client) -> None:
        account = tables_of(page_of(client, EQUIPMENT))["account"]
        assert account.amounts(f"Spent by {CCG}") == [D(1_663_000), D(2_412_000)]
        assert account.amounts(f"Spent by {COUNCIL}") == [D(1_038_000), D(1_230_000)]
        assert account.amounts("Total spent") == [D(2_701_000), D(3_642_000)]
        assert account.amounts("Surplus or deficit, as stated") == [D(-134_000), D(-1_075_000)]
        implied = account.amounts("Funding implied by what was spent and left")
        assert implied == [D(2_567_000), D(2_567_000)]
        assert account.amounts("Paid in by all") == [None, None]
        assert account.amounts("Rise of spend from the year before") == [None, D(941_000)]
        assert account.amounts(f"Rise of what {CCG} spent") == [None, D(749_000)]

    def test_how_the_figures_follow_is_said(self, client: Client) -> None:
        words = words_of(client, EQUIPMENT)
        assert "In 2017–18, £3,642,000 was spent of £2,567,000: a deficit of £1,075,000." in words
        assert "£2,567,000 = £3,642,000 − £1,075,000" in words
        assert "Spend rose by £941,000 (34.84%) from 2016–17 to 2017–18." in words
        assert "Not stated for any year here: paid in by Barnet Clinical" in words

    def test_a_pool_printed_in_another_unit_is_shown_as_meant(self, client: Client) -> None:
        page = page_of(client, EQUIPMENT)
        pools = tables_of(page)["pooled-funds"]
        assert [amounts for _, amounts in pools.rows] == [[D(3_642_000)]] * 2
        assert "£3,642<" in page
        assert "1.6.2 table is in £ thousands" in words_of(client, EQUIPMENT)

    def test_a_pool_without_a_year_is_told_where_it_is_that_of_no_year(
        self, client: Client
    ) -> None:
        salt = words_of(client, "/agreements/s75-salt/")
        assert "£2,097,635 is printed without a year, and £2,053,000 for 2017–18" in salt
        assert "they differ by £44,635" in salt
        assert "printed without a year" not in words_of(client, EQUIPMENT)

    @pytest.mark.parametrize(
        ("asked", "result", "ccg", "council"),
        [
            ("", "-1075000", "-711943.99", "-363056.01"),
            ("?year=2016-17", "-134000", "-82503.52", "-51496.48"),
            ("?year=1999-00", "-1075000", "-711943.99", "-363056.01"),
        ],
    )
    def test_each_rule_divides_the_result_of_the_year_asked_for(
        self, client: Client, asked: str, result: str, ccg: str, council: str
    ) -> None:
        rules = tables_of(page_of(client, EQUIPMENT + asked))["each-rule"]
        expected = [D(ccg), D(council), D(0), D(result)]
        assert rules.amounts("In proportion to contributions") == expected
        assert rules.amounts("No risk share") == [D(0), D(0), D(result), D(result)]

    def test_what_a_rule_lacks_is_said(self, client: Client) -> None:
        words = words_of(client, EQUIPMENT)
        assert "By fixed percentages: not divided. No percentage of any party is stated." in words
        assert f"What {CCG} and {COUNCIL} paid in is not stated." in words
        assert "£1,075,000 × £2,412,000 ÷ £3,642,000" in words

    def test_the_rule_of_its_overarching_agreement_applies(self, client: Client) -> None:
        above = Agreement.objects.get(slug="s75-adults-2013")
        rule = factories.RiskShareFactory(
            plan=None, agreement=above, rule="Forty to sixty.", method="capped"
        )
        for key, percent, cap in (("barnet-council", 40, 400_000), ("barnet-ccg", 60, None)):
            factories.RiskShareTermFactory(
                risk_share=rule,
                organisation=Organisation.objects.get(key=key),
                percent=percent,
                amount=cap,
            )
        page, words = page_of(client, EQUIPMENT), words_of(client, EQUIPMENT)
        parts = tables_of(page)["rule-1"]
        assert parts.amounts(CCG) == [D(-645_000)]
        assert parts.amounts(COUNCIL) == [D(-400_000)]
        assert parts.amounts("Borne by nobody") == [D(-30_000)]
        assert parts.amounts("Result") == [D(-1_075_000)]
        assert "£1,075,000 × 40%, capped at £400,000" in words
        assert "that of its overarching agreement, “Overarching Agreement (adults)”" in words

    def test_a_rule_is_tried_with_what_is_typed(self, client: Client) -> None:
        asked = "?rule=own&result=-1,075,000&paid-1=1,700,000&paid-2=£867,000"
        tried = tables_of(page_of(client, EQUIPMENT + asked))["tried"]
        assert tried.amounts(CCG) == [D(-712_000)]
        assert tried.amounts(COUNCIL) == [D(-363_000)]
        assert tried.amounts("Result") == [D(-1_075_000)]

    @pytest.mark.parametrize(
        ("asked", "problem"),
        [
            ("rule=percent&result=-9&percent-1=60", "The percentages add to 60."),
            ("rule=percent&result=-9", "No percentage of any party is stated."),
            ("rule=fixed&result=-9&amount-1=-5", "The amount is never less than £0."),
            ("rule=own&result=-9&paid-1=7", f"What {COUNCIL} paid in is not stated."),
            ("rule=own&result=lots&paid-1=7", "“lots” is not an amount."),
            ("rule=&result=-9", "Choose"),
            ("rule=made-up&result=-9", "made-up"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
        self, client: Client, asked: str, problem: str
    ) -> None:
        page = page_of(client, f"{EQUIPMENT}?{asked}")
        words = words_of(client, f"{EQUIPMENT}?{asked}")
        assert "There is a problem" in words
        assert problem in words
        assert "tried" not in tables_of(page)
        typed = dict(each.split("=") for each in asked.split("&"))
        for name in typed.keys() - {"rule"}:
            assert re.search(rf'name="{name}" value="{re.escape(typed[name])}"', page)

    def test_its_notes_by_kind_and_those_of_all_agreements_apart(self, client: Client) -> None:
        words = words_of(client, EQUIPMENT)
        order = [
            "Intended outcomes",
            "Bulk purchasing and good commissioning",
            "What is done about the risks",
            "Review the catalogue",
            "About all agreements of the board",
            "several agreements face variation",
        ]
        places = [words.index(each, words.index("What is it for")) for each in order]
        assert places == sorted(places)

    def test_providers_that_run_a_service_together(self, client: Client) -> None:
        words = words_of(client, "/agreements/s75-vcs/")
        assert "Who provided until it ended" in words
        assert "Runs it together with" in words

    def test_its_sources(self, client: Client) -> None:
        words = words_of(client, EQUIPMENT)
        assert "Source: Barnet Health and Wellbeing Board, 15 November 2018" in words
        assert "item 7, 1.6.2 table" in words

    def test_picture_and_figures(self, client: Client) -> None:
        picture = client.get(f"{EQUIPMENT}pictures/account.svg")
        assert picture["Content-Type"].startswith("image/svg+xml")
        lines = b"".join(client.get(f"{EQUIPMENT}pictures/account.csv")).decode()
        assert "-1075000.00" in lines
        assert client.get(f"{EQUIPMENT}pictures/nothing.svg").status_code == 404
        assert client.get(f"{EQUIPMENT}pictures/events.svg").status_code == 404


class TestTerms:
    """What was agreed on a day, and what happened since."""

    @pytest.fixture
    def varied(self, own: Board, administrator: User) -> Agreement:
        """Ended by mistake, taken back, varied, and superseded."""
        found = factories.AgreementFactory(
            slug="varied", boards=[own], starts=PartialDate(2017, 4), ends=PartialDate(2021, 3)
        )
        after = factories.AgreementFactory(slug="after", title="The one after", boards=[own])
        by = administrator
        ended = actions.agreement_end(
            agreement=found, last_day=date(2018, 3, 31), deed=deed(date(2018, 1, 1)), by=by
        )
        actions.agreement_event_withdraw(event=ended, reason="It was another.", by=by)
        terms = replace(
            terms_now(found),
            ends=PartialDate(2022, 3),
            pooled={FinancialYear(2018): D("3900000.00")},
        )
        actions.agreement_vary(
            agreement=found,
            terms=terms,
            deed=Deed(date(2018, 7, 1), "Demand grew.", date(2018, 6, 28)),
            by=by,
        )
        actions.agreement_supersede(
            agreement=found, successor=after, deed=deed(date(2019, 4, 1), "Absorbed."), by=by
        )
        return found

    @pytest.mark.parametrize(
        ("as_at", "term", "state"),
        [
            ("2018-06-30", "April 2017 to March 2021", "In force"),
            ("1/7/2018", "April 2017 to March 2022", "In force"),
            ("31 March 2019", "April 2017 to March 2022", "In force"),
            ("1 April 2019", "April 2017 to 31 March 2019", "Superseded by The one after"),
            ("1 March 2017", "April 2017 to March 2021", "Not started"),
            ("", "April 2017 to 31 March 2019", "Superseded by The one after"),
        ],
    )
    def test_the_terms_of_a_day(
        self, client: Client, varied: Agreement, as_at: str, term: str, state: str
    ) -> None:
        words = words_of(client, f"/agreements/{varied.slug}/?as_at={as_at}")
        assert f"Term {term}" in words
        assert f"State {state}" in words
        assert ("These are the terms as they were agreed" in words) is bool(as_at)

    @pytest.mark.parametrize(
        ("as_at", "has_pool"), [("2018-06-30", False), ("2018-07-01", True), ("", True)]
    )
    def test_the_pooled_fund_of_a_day(
        self, client: Client, varied: Agreement, as_at: str, has_pool: bool
    ) -> None:
        page = page_of(client, f"/agreements/{varied.slug}/?as_at={as_at}")
        assert ("pooled-funds" in tables_of(page)) is has_pool

    @pytest.mark.parametrize(
        ("as_at", "problem"),
        [("soon", "“soon” is not a date."), ("9999-12-31", "Give a day from 1900 to 2198")],
    )
    def test_a_bad_date_is_said_and_kept(
        self, client: Client, varied: Agreement, as_at: str, problem: str
    ) -> None:
        page = page_of(client, f"/agreements/{varied.slug}/?as_at={as_at}")
        assert problem in html.unescape(page)
        assert f'value="{as_at}"' in page

    def test_events_in_one_list_with_variations(self, client: Client, varied: Agreement) -> None:
        factories.AgreementVariationFactory(
            agreement=varied, varied=PartialDate(2018, 9), change="More beds."
        )
        words = words_of(client, "/agreements/varied/").split("What changed since")[2]
        order = [
            "Superseded by The one after",
            "End: March 2022 → 31 March 2019",
            "More beds.",
            "End: March 2021 → March 2022; Pooled fund 2018–19: not stated → £3,900,000",
            "Demand grew. 28 June 2018",
            "Ended (taken back)",
            "It was another.",
        ]
        places = [words.index(each) for each in order]
        assert places == sorted(places)

    def test_the_other_side_of_superseding(self, client: Client, varied: Agreement) -> None:
        assert f"Took the place of {varied.title}" in words_of(client, "/agreements/after/")


class TestCarried:
    """The plan that an agreement carries, as far as the reader may see it."""

    @pytest.fixture
    def carrying(self, own: Board) -> Agreement:
        plan = factories.PlanFactory(slug="the-plan", boards=[own], status="submitted")
        year = str(plan.cycle.years[0])
        for ref, amount in (("one", 70), ("two", 30)):
            scheme = factories.SchemeFactory(plan=plan, ref=ref)
            factories.SpendLineFactory(plan=plan, scheme=scheme, financial_year=year, amount=amount)
        factories.ContributionFactory(plan=plan, financial_year=year, amount=100)
        found = factories.AgreementFactory(slug="carrying", plan=plan, boards=[own])
        factories.AgreementValueFactory(agreement=found, financial_year=year, amount=100)
        return found

    def test_without_schemes_it_carries_the_whole_pool(
        self, client: Client, carrying: Agreement
    ) -> None:
        page = page_of(client, "/agreements/carrying/")
        assert tables_of(page)["carried-schemes"].amounts("Total")[0] == 100
        assert ": the two are equal." in words_of(client, "/agreements/carrying/")

    def test_with_schemes_their_lines_alone(self, client: Client, carrying: Agreement) -> None:
        carrying.schemes.add(carrying.plan.schemes.get(ref="one"))  # type: ignore[union-attr]
        carrying.values.update(amount=70)
        page = page_of(client, "/agreements/carrying/")
        assert tables_of(page)["carried-schemes"].amounts("Total")[0] == 70
        assert tables_of(page)["carried-lines"].amounts("Total") == [70]
        assert "is £30 less than the plan’s pool." in words_of(client, "/agreements/carrying/")

    def test_a_part_that_is_hidden_is_in_no_figure(
        self, carrying: Agreement, outsider: Client
    ) -> None:
        part = factories.PlanFactory(part_of=carrying.plan, boards=[factories.BoardFactory()])
        factories.SpendLineFactory(
            plan=part, financial_year=str(part.cycle.years[0]), amount="7654321.09"
        )
        words = words_of(outsider, "/agreements/carrying/")
        assert "1 part of the plan is a draft that you may not read" in words
        assert "7,654,321" not in words

    def test_of_a_hidden_plan_nothing_is_found(self, carrying: Agreement, outsider: Client) -> None:
        assert outsider.get("/agreements/carrying/").status_code == 200
        carrying.plan.__class__.objects.update(status="draft")
        for page in ("", "pictures/carried-lines.csv", "pictures/account.svg"):
            assert outsider.get(f"/agreements/carrying/{page}").status_code == 404


class TestWhoSees:
    """What hangs on drafts of others is not told beside what may be read."""

    @pytest.fixture
    def secret(self, own: Board) -> Any:
        return factories.PlanFactory(slug="secret", title="Secret plan", boards=[own])

    def test_neither_parent_nor_schedule_nor_successor(
        self, own: Board, secret: Any, administrator: User, outsider: Client, client: Client
    ) -> None:
        hidden = factories.AgreementFactory(title="Hidden one", plan=secret, boards=[own])
        shown = factories.AgreementFactory(
            slug="shown", boards=[own], parent=hidden, starts=PartialDate(2018)
        )
        factories.AgreementFactory(title="Hidden schedule", plan=secret, boards=[own], parent=shown)
        actions.agreement_supersede(
            agreement=shown, successor=hidden, deed=deed(date(2019, 4, 1)), by=administrator
        )
        words = words_of(outsider, "/agreements/shown/")
        assert "Hidden" not in words
        assert "State Ended" in words
        assert "Superseded by another agreement" in words
        for each in ("Schedule of Hidden one", "Superseded by Hidden one", "Hidden schedule"):
            assert each in words_of(client, "/agreements/shown/")

    def test_no_rule_of_a_hidden_plan(
        self, own: Board, secret: Any, outsider: Client, client: Client
    ) -> None:
        shown = factories.AgreementFactory(slug="shown", boards=[own])
        factories.AgreementValueFactory(agreement=shown, measure="surplus-or-deficit", amount=-9)
        factories.RiskShareFactory(plan=secret, agreement=shown, rule="Secret rule.")
        assert "Secret rule." not in words_of(outsider, "/agreements/shown/")
        assert "Secret rule." in words_of(client, "/agreements/shown/")

    @pytest.mark.parametrize(
        ("role", "may"), [("viewer", False), ("analyst", False), ("editor", True)]
    )
    def test_only_who_may_change_it_is_led_to_its_fields(
        self,
        own: Board,
        member: Callable[..., User],
        sign_in: Callable[[User], Client],
        role: str,
        may: bool,
    ) -> None:
        shown = factories.AgreementFactory(slug="shown", boards=[own])
        factories.AgreementValueFactory(agreement=shown)
        page = page_of(sign_in(member(role, own)), "/agreements/shown/")
        assert ("Edit in the admin" in page) is may
        change = f"/admin/governance/agreement/{shown.pk}/change/"
        for field in ("#id_contributions_varied", "#id_host", "#values-group"):
            assert (f"{change}{field}" in page) is may


def test_the_fields_to_which_gaps_lead_are_on_the_page_of_the_admin(
    own: Board, client: Client
) -> None:
    shown = factories.AgreementFactory(slug="shown", boards=[own])
    factories.AgreementValueFactory(agreement=shown)
    change = f"/admin/governance/agreement/{shown.pk}/change/"
    named = set(re.findall(rf'href="{change}#([\w-]+)"', page_of(client, "/agreements/shown/")))
    form = page_of(client, change)
    assert len(named) >= 10
    assert {name for name in named if f'id="{name}"' not in form} == set()


def test_an_agreement_of_which_nothing_is_known_says_what_goes_where(
    own: Board, client: Client
) -> None:
    factories.AgreementFactory(slug="bare", boards=[own])
    words = words_of(client, "/agreements/bare/")
    for sentence in (
        "No pooled fund is entered.",
        "No contribution, spend or result of a whole year is entered.",
        "No rule is recorded that says who bears",
        "No party of this agreement is entered.",
        "No outcome, highlight, risk or intention is recorded",
        "No provider is recorded.",
        "Nothing is recorded since it was made.",
        "No plan is recorded that this agreement carries.",
        "Nothing is asked: regulation 7",
        "No schedule is recorded under this agreement.",
        "no document is cited",
    ):
        assert sentence in words
