"""Starting a refresh: what it begins with, who may, and that it is all or nothing."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bcf.accounts.models import User
from bcf.assurance.gather import gather
from bcf.assurance.refreshing import refresh_start, refreshes_to_start
from bcf.assurance.summary import summarise
from bcf.periods import parse_period
from metrics.models import MetricValue
from plans import actions
from plans.models import Board, ChangeSet, Contribution, Plan, Requirement
from schemes.models import Scheme, SpendLine
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    MetricValueFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SignOffFactory,
    SpendLineFactory,
)
from tests.integration.attached import BASE, REFRESH, TOP_UP, attaching_forms

__all__ = ["attaching_forms"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attaching_forms")]

YEAR = "2018-19"


@pytest.fixture
def board() -> Board:
    made: Any = BoardFactory()
    return made


@pytest.fixture
def plan(board: Board) -> Plan:
    """An approved plan of two years, with a theme over a scheme and a line that has parts."""
    made: Any = PlanFactory(
        slug="base", title="The first plan", boards=[board], template_version=BASE
    )
    for year, amount in (("2017-18", "11.11"), (YEAR, "1000.10"), (YEAR, "0.07")):
        source = "dfg" if amount == "0.07" else "nhs-minimum"
        ContributionFactory(
            plan=made, financial_year=year, funding_source=source, amount=Decimal(amount)
        )
    RequirementFactory(plan=made, financial_year=YEAR)
    RequirementFactory(plan=made, financial_year="2017-18")
    theme = SchemeFactory(plan=made, name="Theme", reference="T")
    scheme = SchemeFactory(plan=made, name="Falls", reference="1", parent=theme)
    given = {"plan": made, "financial_year": YEAR, "scheme": scheme}
    whole = SpendLineFactory(**given, description="Whole", amount=Decimal("900.03"))
    SpendLineFactory(**given, description="Part", amount=Decimal("400.01"), breaks_down=whole)
    SpendLineFactory(plan=made, financial_year="2017-18", amount=Decimal("5.00"))
    for period in ("2017-18Q1", "2018-19Q1"):
        MetricValueFactory(plan=made, board=board, period=period, kind="plan", value=41)
    SignOffFactory(plan=made)
    Plan.objects.filter(pk=made.pk).update(status="approved")
    made.refresh_from_db()
    return made


def counts(plan: Plan) -> dict[str, int]:
    kinds = (Contribution, Requirement, Scheme, SpendLine, MetricValue)
    return {kind.__name__: kind._default_manager.filter(plan=plan).count() for kind in kinds}


def test_a_refresh_begins_as_its_plan_is_in_its_years_to_the_penny(
    plan: Plan, board: Board, member: Callable[..., User]
) -> None:
    editor = member("editor", board)
    refresh = refresh_start(plan=plan, form=REFRESH, by=editor)

    year = parse_period(YEAR)
    before, after = (
        {each.year: each for each in summarise(gather(each, each.parts.all())).balances}[year]
        for each in (plan, refresh)
    )
    assert (after.income, after.spend) == (Decimal("1000.17"), Decimal("900.03"))
    assert (after.income, after.spend) == (before.income, before.spend)
    assert (refresh.attached_to, refresh.status, list(refresh.boards.all())) == (
        plan,
        "draft",
        [board],
    )
    assert counts(refresh) == {
        "Contribution": 2,
        "Requirement": 1,
        "Scheme": 2,
        "SpendLine": 2,
        "MetricValue": 1,
    }
    assert not refresh.sign_offs.exists()
    line: Any = SpendLine.objects.get(plan=refresh, description="Part")
    assert (line.breaks_down.plan, line.scheme.plan, line.scheme.parent.plan) == (
        refresh,
        refresh,
        refresh,
    )
    act = ChangeSet.objects.get()
    assert (act.get_kind_display(), act.actor, act.added) == ("Refresh started", editor, 8)
    assert str(plan) in act.words
    plan.refresh_from_db()
    assert plan.status == "approved"


def test_only_an_editor_starts_one_and_only_once(
    plan: Plan, board: Board, member: Callable[..., User], outsider: User
) -> None:
    editor = member("editor", board)
    for person in (member("viewer", board), outsider):
        assert refreshes_to_start(plan, person) == []
        with pytest.raises(actions.NotAllowed):
            refresh_start(plan=plan, form=REFRESH, by=person)
    for wrong in (TOP_UP, BASE, "unheard-of"):
        with pytest.raises(actions.Refused, match="No refresh"):
            refresh_start(plan=plan, form=wrong, by=editor)
    refresh_start(plan=plan, form=REFRESH, by=editor)
    assert refreshes_to_start(plan, editor) == []
    with pytest.raises(actions.Refused, match="No refresh"):
        refresh_start(plan=plan, form=REFRESH, by=editor)
    assert plan.attachments.count() == 1


def test_what_the_form_does_not_take_leaves_nothing(
    plan: Plan, board: Board, member: Callable[..., User]
) -> None:
    Contribution.objects.filter(plan=plan, funding_source="dfg").update(funding_source="levy")
    with pytest.raises(actions.Refused, match="does not take all rows"):
        refresh_start(plan=plan, form=REFRESH, by=member("editor", board))
    assert not plan.attachments.exists()
    assert not ChangeSet.objects.exists()


def test_a_refresh_is_started_from_the_plans_page(
    plan: Plan, board: Board, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(member("editor", board))
    assert "/plans/base/refresh/" in client.get("/plans/base/").content.decode()
    assert "Second year" in client.get("/plans/base/refresh/").content.decode()
    assert client.post("/plans/base/refresh/", {}).status_code == 400
    answer = client.post("/plans/base/refresh/", {"form": REFRESH})
    assert (answer.status_code, answer["Location"]) == (302, "/plans/base-second-year/")
    page = client.get("/plans/base/").content.decode()
    assert "/plans/base/refresh/" not in page
    assert "/plans/base-second-year/" in page
    refused = client.post("/plans/base/refresh/", {"form": REFRESH})
    assert refused.status_code == 400
    viewer = sign_in(member("viewer", board))
    assert viewer.get("/plans/base/refresh/").status_code == 403


def test_a_part_follows_its_joint_plan(board: Board, administrator: User) -> None:
    other = BoardFactory()
    joint: Any = PlanFactory(slug="joint", boards=[board, other], template_version=BASE)
    part: Any = PlanFactory(slug="part", boards=[board], part_of=joint, template_version=BASE)
    theme = SchemeFactory(plan=joint, name="Theme", reference="T")
    scheme = SchemeFactory(plan=part, name="Falls", reference="1", parent=theme)
    for each in (theme, scheme):
        SpendLineFactory(plan=part, financial_year=YEAR, scheme=each, description=each.name)
    with pytest.raises(actions.Refused, match="refresh of the joint plan first"):
        refresh_start(plan=part, form=REFRESH, by=administrator)
    whole = refresh_start(plan=joint, form=REFRESH, by=administrator)
    own = refresh_start(plan=part, form=REFRESH, by=administrator)
    assert (own.part_of, own.attached_to) == (whole, part)
    lines: Any = SpendLine.objects.filter(plan=own).select_related("scheme__plan")
    assert {line.description: line.scheme.plan for line in lines} == {"Theme": whole, "Falls": own}
    assert Scheme.objects.get(plan=own).parent == Scheme.objects.get(plan=whole)
