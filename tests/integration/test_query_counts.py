"""Each page takes the same number of queries with few rows and with ten times as many.

The numbers are pinned: a change of one of them is a change to be looked at. The lists of the
admin are in `test_admin_list_queries.py`.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bcf.accounts.models import User
from bcf.api import COLLECTIONS
from bcf.base.bulk import save_rows
from bcf.periods import FinancialYear
from governance.models import Agreement, AgreementEvent, Programme
from metrics.models import Metric
from plans.models import Board, Plan
from tests import factories
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    FundingShareFactory,
    MembershipFactory,
    OrganisationFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db

FEW, MANY = 1, 10

# Address: queries as an approver of the plan's board, and as an administrator.
PINNED: dict[str, tuple[int, int]] = {
    "/": (7, 6),
    "/?q=area": (5, 4),
    "/cycles/": (3, 2),
    "/cycles/2019-20/": (3, 2),
    "/cycles/2019-20/?show=not-verified": (3, 2),
    "/cycles/2019-20/entries.csv": (2, 2),
    "/cycles/vocabulary/": (3, 2),
    "/boards/own/": (15, 14),
    "/boards/own/?plan=joint": (15, 14),
    "/boards/own/?plan=part": (15, 14),
    # Those of its page, and eleven that keep a PDF newly made, or one that finds it kept.
    "/boards/own/pack.pdf": (26, 15),
    # Those of its page but two, and eleven that keep a PDF newly made, or one that finds it kept.
    "/boards/own/section-75-report/": (22, 20),
    "/boards/own/section-75-report.pdf": (32, 21),
    "/boards/own/members/": (6, 4),
    "/boards/own/years/": (9, 8),
    "/boards/own/years/income.csv": (9, 8),
    "/boards/own/section-75-quarter/": (15, 14),
    "/boards/own/section-75-quarter.pdf": (26, 15),
    "/boards/own/pictures/balance.svg": (15, 14),
    "/boards/own/pictures/balance.csv": (15, 14),
    "/plans/joint/": (18, 16),
    "/plans/part/": (18, 16),
    "/plans/joint/pictures/balance.svg": (18, 16),
    "/plans/joint/pictures/balance.csv": (18, 16),
    "/plans/joint/checks/": (22, 20),
    "/plans/part/checks/": (23, 21),
    "/plans/joint/contributions/": (15, 13),
    "/plans/joint/spend-lines/": (16, 14),
    "/plans/joint/schemes/": (13, 11),
    "/plans/joint/benefits/": (17, 15),
    "/plans/joint/milestones/": (15, 13),
    "/plans/joint/delivery-links/": (13, 11),
    "/plans/joint/scheme-metrics/": (13, 11),
    "/plans/joint/metric-values/": (16, 14),
    "/plans/joint/own-headings/": (11, 9),
    "/plans/joint/risks/": (14, 12),
    "/plans/joint/risk-shares/": (13, 11),
    "/plans/joint/sign-offs/": (12, 10),
    "/plans/joint/bodies/": (14, 12),
    "/plans/joint/agreements/": (13, 11),
    "/plans/joint/printed-figures/": (15, 13),
    "/plans/joint/schemes/first/": (22, 20),
    "/boards/own/metric-values/": (11, 10),
    "/boards/own/metrics/drawn/": (7, 6),
    "/boards/own/metrics/drawn/figures.csv": (7, 6),
    "/boards/own/metrics/drawn/year-whole-admissions.svg": (7, 6),
    "/boards/own/agreements/": (8, 7),
    "/boards/own/agreement-notes/": (6, 5),
    "/boards/own/agreements.ics": (6, 5),
    "/boards/own/programmes/": (6, 5),
    "/boards/own/printed-figures/": (10, 9),
    "/agreements/": (10, 9),
    "/agreements/?board=own": (10, 9),
    "/agreements/register.csv": (10, 9),
    "/agreements/carrying/": (27, 26),
    "/agreements/s75/pictures/pooled-funds.csv": (22, 21),
    "/agreements/s75/": (22, 21),
    "/agreements/s75/vary/": (15, 14),
    "/agreements/s75/extend/": (11, 10),
    "/agreements/s75/end/": (11, 10),
    "/agreements/s75/supersede/": (12, 11),
    "/agreements/s75/events/EVENT/take-back/": (10, 9),
    "/programmes/closer/": (10, 9),
    "/plans/joint/template/": (56, 54),
    "/plans/part/template/": (54, 52),
    "/admin/": (7, 6),
    "/admin/plans/plan/JOINT/change/": (33, 34),
    "/admin/plans/plan/PART/change/": (35, 35),
}


@pytest.fixture
def own() -> Board:
    return BoardFactory(slug="own")


@pytest.fixture
def joint(own: Board) -> Plan:
    """A joint draft of two boards with a part each."""
    other = BoardFactory(slug="other")
    plan = PlanFactory(slug="joint", boards=[own, other])
    PlanFactory(slug="part", boards=[own], part_of=plan)
    PlanFactory(slug="sibling", boards=[other], part_of=plan)
    return plan


def fill(joint: Plan, own: Board, rows: int) -> None:
    """Add so many rows of every kind to the plans, the board and the lists."""
    plans = [joint, *joint.parts.all()]
    for number in range(rows):
        PlanFactory(boards=[own], status="submitted")
        MembershipFactory(board=own)
        FundingShareFactory(board=own, percent=1)
        for plan in plans:
            payer = OrganisationFactory()
            scheme = SchemeFactory(plan=plan)
            ContributionFactory(plan=plan, contributor=payer)
            whole = SpendLineFactory(
                plan=plan, scheme=scheme, funding_source="dfg", provider=payer, theme=f"T{number}"
            )
            SpendLineFactory(plan=plan, breaks_down=whole)
        fill_rows(plans, own)
    for plan in plans:
        for year in ("2017-18", "2018-19"):
            for rule in ("nhs-out-of-hospital", "social-care-maintenance"):
                if not plan.requirements.filter(financial_year=year, rule=rule).exists():
                    RequirementFactory(plan=plan, financial_year=year, rule=rule)


def fill_rows(plans: list[Plan], own: Board) -> None:
    """Add a row of every kind that lists show, to each plan, to the board, and to its own pages."""
    payer = OrganisationFactory()
    agreement = Agreement.objects.filter(slug="s75").first() or factories.AgreementFactory(
        slug="s75", boards=[own]
    )
    factories.AgreementFactory(parent=agreement, kind="schedule", boards=[own])
    factories.AgreementFactory(boards=[own])
    for make in (
        factories.AgreementActualFactory,
        factories.AgreementEventFactory,
        factories.AgreementNoteFactory,
        factories.AgreementProviderFactory,
        factories.AgreementVariationFactory,
    ):
        make(agreement=agreement)
    factories.AgreementValueFactory(agreement=agreement, organisation=payer)
    factories.AgreementNoteFactory(agreement=None, board=own)
    programme = Programme.objects.filter(slug="closer").first() or factories.ProgrammeFactory(
        slug="closer", board=own
    )
    network = factories.ProgrammeNetworkFactory(programme=programme)
    factories.ProgrammeMarkFactory(network=network)
    factories.ProgrammeMilestoneFactory(programme=programme, network=network)
    factories.ProgrammeWorkstreamFactory(programme=programme)
    factories.ProgrammeBudgetLineFactory(programme=programme, source=payer)
    factories.MetricValueFactory(board=own, provider=payer)
    factories.PrintedFigureFactory(plan=None, board=own, organisation=payer)
    drawn = Metric.objects.filter(key="drawn").first() or factories.MetricFactory(key="drawn")
    years = drawn.values.filter(provider=None, plan=None).count()
    for later in (years, years + 1):
        period = FinancialYear(2015 + later)
        factories.MetricValueFactory(board=own, metric=drawn, period=period)
        factories.MetricValueFactory(board=own, metric=drawn, period=period, provider=payer)
    for plan in plans:
        joint_or_own = {"board": None} if plan.slug == "joint" else {"board": own}
        if plan.slug != "sibling":
            factories.MetricValueFactory(
                plan=plan, metric=drawn, period=FinancialYear(2015 + years), **joint_or_own
            )
        scheme = plan.schemes.filter(ref="first").first() or SchemeFactory(plan=plan, ref="first")
        metric = factories.MetricFactory()
        SchemeFactory(plan=plan, parent=scheme)
        SpendLineFactory(plan=plan, scheme=scheme, provider=payer, theme=payer.name)
        benefit = factories.BenefitFactory(plan=plan)
        benefit.schemes.add(scheme)
        benefit.metrics.add(metric)
        factories.MilestoneFactory(plan=plan).schemes.add(scheme)
        factories.SchemeMetricFactory(scheme=scheme, metric=metric)
        factories.DeliveryLinkFactory(scheme=scheme, lead=payer).providers.add(payer)
        factories.MetricValueFactory(plan=plan, board=plan.boards.first(), provider=payer)
        factories.OwnHeadingFactory(plan=plan)
        factories.RiskFactory(plan=plan)
        rule = factories.RiskShareFactory(plan=plan, agreement=agreement)
        factories.RiskShareTermFactory(risk_share=rule, organisation=payer)
        factories.SignOffFactory(plan=plan)
        factories.OwnHeadingFactory(plan=plan)
        order = plan.answers.count() + 1
        factories.AnswerFactory(plan=plan, question="vision", order=order)
        body = factories.BodyFactory(plan=plan)
        factories.BodyFactory(plan=plan).reports_to.add(body)
        factories.PrintedFigureFactory(plan=plan, scheme=scheme, metric=metric, organisation=payer)
        factories.AgreementFactory(plan=plan, boards=[own]).parties.add(payer)
    fill_carrying(plans[0], own)


def fill_carrying(plan: Plan, own: Board) -> None:
    """Let an agreement carry one more scheme of the plan."""
    carrying = Agreement.objects.filter(slug="carrying").first() or factories.AgreementFactory(
        slug="carrying", plan=plan, boards=[own]
    )
    carrying.schemes.add(SchemeFactory(plan=plan))


def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


@pytest.fixture
def clients(
    own: Board,
    member: Callable[..., User],
    administrator: User,
    sign_in: Callable[[User], Client],
) -> tuple[Client, Client]:
    return sign_in(member("approver", own)), sign_in(administrator)


def addressed(address: str, joint: Plan) -> str:
    part = Plan.objects.get(slug="part")
    event = AgreementEvent.objects.filter(agreement__slug="s75").last()
    numbers = {"JOINT": joint, "PART": part, "EVENT": event}
    for name, row in numbers.items():
        address = address.replace(name, str(row.pk if row else 0))
    return address


def test_queries_do_not_grow_with_rows_and_are_pinned(
    joint: Plan, own: Board, clients: tuple[Client, Client]
) -> None:
    def counts() -> dict[str, tuple[int, int]]:
        return {
            address: tuple(count(client, addressed(address, joint)) for client in clients)
            for address in PINNED
        }  # type: ignore[misc]

    fill(joint, own, FEW)
    # Content types are read once a process.
    count(clients[0], f"/admin/plans/plan/{joint.pk}/change/")
    few = counts()
    fill(joint, own, MANY - FEW)
    many = counts()
    assert many == few
    assert many == PINNED


# Lists and rows of the API, and what it tells of plans. A list counts its rows and reads a page of
# them; each kind of link is one more query, and so is who may read what rows name elsewhere.
API: dict[str, tuple[int, int]] = {
    "/api/v1/spend-lines/?expand=plan,scheme,provider&breakdowns=1": (6, 5),
    "/api/v1/benefits/?expand=plan": (8, 7),
    "/api/v1/plans/joint/": (6, 5),
    "/api/v1/plans/joint/summary/": (10, 9),
    "/api/v1/plans/joint/checks/": (16, 15),
    "/api/v1/plans/joint/history/?kind=schemes.spendline": (13, 12),
    "/api/v1/boards/": (6, 6),
    "/api/v1/organisations/": (5, 5),
    "/api/v1/cycles/": (4, 4),
    "/api/v1/vocabulary/": (2, 2),
    "/api/v1/plans/": (8, 7),
    "/api/v1/contributions/": (5, 4),
    "/api/v1/requirements/": (5, 4),
    "/api/v1/answers/": (5, 4),
    "/api/v1/schemes/": (5, 4),
    "/api/v1/spend-lines/": (5, 4),
    "/api/v1/benefits/": (7, 6),
    "/api/v1/milestones/": (6, 5),
    "/api/v1/metrics/": (4, 4),
    "/api/v1/metric-values/": (5, 4),
    "/api/v1/populations/": (5, 4),
    "/api/v1/context-figures/": (5, 4),
    "/api/v1/agreements/": (8, 7),
    "/api/v1/agreement-values/": (5, 4),
    "/api/v1/agreement-actuals/": (5, 4),
    "/api/v1/printed-figures/": (5, 4),
    "/api/v1/condition-responses/": (5, 4),
    "/api/v1/risks/": (5, 4),
    "/api/v1/sign-offs/": (5, 4),
    "/api/v1/bodies/": (6, 5),
}


def test_the_api_takes_the_same_queries_with_few_rows_and_with_many(
    joint: Plan, own: Board, clients: tuple[Client, Client]
) -> None:
    def counts() -> dict[str, tuple[int, ...]]:
        addresses = API | {f"/api/v1/{each.key}/": () for each in COLLECTIONS}
        return {each: tuple(count(client, each) for client in clients) for each in addresses}

    fill(joint, own, FEW)
    # What is read once a process.
    count(clients[0], "/api/v1/plans/joint/checks/")
    few = counts()
    fill(joint, own, MANY - FEW)
    assert counts() == few
    assert few == API
    assert max(few["/api/v1/spend-lines/"]) <= 6


# The grids of a plan, with one row of each kind and with fifty.
GRIDS: dict[str, tuple[int, int]] = {
    "plans/contribution": (13, 12),
    "plans/requirement": (7, 6),
    "schemes/scheme": (10, 9),
    "schemes/spendline": (16, 15),
    "schemes/spendactual": (8, 7),
    "schemes/benefit": (11, 10),
    "schemes/benefitprofile": (8, 7),
    "schemes/milestone": (9, 8),
    "metrics/metricvalue": (11, 10),
    "governance/risk": (8, 7),
}


def fill_grids(plan: Plan, rows: int) -> None:
    """Add so many rows of every kind that has a grid to the plan, all with what they point at."""
    payers = [OrganisationFactory() for _ in range(rows)]
    board = plan.boards.first()
    schemes = [SchemeFactory.build(plan=plan, lead_commissioner=payer) for payer in payers]
    save_rows(schemes)
    lines = [
        SpendLineFactory.build(plan=plan, scheme=scheme, provider=payer)
        for scheme, payer in zip(schemes, payers, strict=True)
    ]
    save_rows(lines)
    benefits = factories.BenefitFactory.build_batch(rows, plan=plan)
    save_rows(benefits)
    milestones = factories.MilestoneFactory.build_batch(rows, plan=plan)
    save_rows(milestones)
    metric = factories.MetricFactory()
    more: list[Iterable[Any]] = [
        [SchemeFactory.build(plan=plan, parent=each) for each in schemes],
        [SpendLineFactory.build(plan=plan, breaks_down=each) for each in lines],
        [factories.SpendActualFactory.build(plan=plan, line=each) for each in lines],
        [factories.BenefitProfileFactory.build(plan=plan, benefit=each) for each in benefits],
        [ContributionFactory.build(plan=plan, contributor=each) for each in payers],
        [
            factories.MetricValueFactory.build(
                plan=plan, board=board, metric=metric, provider=each, commissioner=each
            )
            for each in payers
        ],
        factories.RiskFactory.build_batch(rows, plan=plan),
    ]
    for each in more:
        save_rows(list(each))
    for scheme, benefit, milestone in zip(schemes, benefits, milestones, strict=True):
        benefit.schemes.add(scheme)
        benefit.metrics.add(metric)
        milestone.schemes.add(scheme)


def test_grids_take_the_same_queries_with_one_row_and_with_fifty(
    joint: Plan, clients: tuple[Client, Client]
) -> None:
    def counts() -> dict[str, tuple[int, ...]]:
        return {
            kind: tuple(count(client, f"/admin/{kind}/grid/joint/") for client in clients)
            for kind in GRIDS
        }

    RequirementFactory(plan=joint, financial_year="2017-18", rule="nhs-out-of-hospital")
    fill_grids(joint, 1)
    one = counts()
    fill_grids(joint, 49)
    fifty = counts()
    assert fifty == one
    assert fifty == GRIDS


def test_the_pages_are_filled(joint: Plan, own: Board, clients: tuple[Client, Client]) -> None:
    fill(joint, own, 3)
    page: Any = clients[0].get("/plans/joint/spend-lines/")
    assert len(page.context["page_obj"].object_list) == 27
    change: Any = clients[1].get(f"/admin/plans/plan/{joint.pk}/change/")
    tables = [each.table for each in change.context["money_tables"]]
    # The rows of each year, and one for the total of each of the two years.
    assert [len(table.rows) for table in tables] == [3 + 1, 9 + 1, 4]
