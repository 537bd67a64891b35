"""Every kind of row counts its versions, refuses a stale save, and keeps its history."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Now

from bcf.base.models import RowChanged, RowFixed, Versioned
from plans.actions import plan_submit
from plans.models import PlanEvent
from plans.models.events import AppendOnly
from tests import factories
from tests.conftest import OUR_APPS
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    CycleFactory,
    FundingShareFactory,
    MembershipFactory,
    OrganisationFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SpendLineFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

# A maker of rows, and a change that each may have.
KINDS: dict[str, tuple[Callable[[], Any], str, Any]] = {
    "Organisation": (OrganisationFactory, "name", "Another name"),
    "Board": (BoardFactory, "name", "Another Health and Wellbeing Board"),
    "BoardCode": (factories.BoardCodeFactory, "citation_place", "Table 9"),
    "FundingShare": (FundingShareFactory, "percent", 78),
    "Cycle": (CycleFactory, "name", "Another name"),
    "Plan": (PlanFactory, "title", "Another title"),
    "Membership": (MembershipFactory, "role", "viewer"),
    "Contribution": (ContributionFactory, "amount", 5),
    "Requirement": (RequirementFactory, "minimum", 5),
    "Scheme": (SchemeFactory, "name", "Another name"),
    "SpendLine": (SpendLineFactory, "amount", 5),
    "Answer": (factories.AnswerFactory, "text", "Other words"),
    "OwnHeading": (factories.OwnHeadingFactory, "heading", "Another heading"),
    "RelatedDocument": (factories.RelatedDocumentFactory, "title", "Another title"),
    "PopulationShare": (factories.PopulationShareFactory, "percent", 50),
    "Benefit": (factories.BenefitFactory, "citation_place", "Table 9"),
    "BenefitProfile": (factories.BenefitProfileFactory, "citation_place", "Table 9"),
    "SchemeMetric": (factories.SchemeMetricFactory, "citation_place", "Table 9"),
    "SchemeCondition": (factories.SchemeConditionFactory, "citation_place", "Table 9"),
    "DeliveryLink": (factories.DeliveryLinkFactory, "citation_place", "Table 9"),
    "Milestone": (factories.MilestoneFactory, "title", "Another title"),
    "SpendActual": (factories.SpendActualFactory, "citation_place", "Table 9"),
    "ContextFigure": (factories.ContextFigureFactory, "label", "Another label"),
    "Metric": (factories.MetricFactory, "name", "Another name"),
    "MetricOption": (factories.MetricOptionFactory, "indicator", "Another indicator"),
    "Population": (factories.PopulationFactory, "citation_place", "Table 9"),
    "MetricValue": (factories.MetricValueFactory, "citation_place", "Table 9"),
    "Agreement": (factories.AgreementFactory, "title", "Another title"),
    "AgreementProvider": (factories.AgreementProviderFactory, "citation_place", "Table 9"),
    "AgreementVariation": (factories.AgreementVariationFactory, "change", "Another change"),
    "AgreementValue": (factories.AgreementValueFactory, "citation_place", "Table 9"),
    "AgreementActual": (factories.AgreementActualFactory, "citation_place", "Table 9"),
    "AgreementNote": (factories.AgreementNoteFactory, "text", "Another note"),
    "ConditionResponse": (factories.ConditionResponseFactory, "citation_place", "Table 9"),
    "MaturityAssessment": (factories.MaturityAssessmentFactory, "change", "Another change"),
    "Body": (factories.BodyFactory, "name", "Another name"),
    "SignOff": (factories.SignOffFactory, "citation_place", "Table 9"),
    "ProviderCommentary": (factories.ProviderCommentaryFactory, "citation_place", "Table 9"),
    "PrintedFigure": (factories.PrintedFigureFactory, "citation_place", "Table 9"),
    "Programme": (factories.ProgrammeFactory, "title", "Another title"),
    "ProgrammeBudgetLine": (factories.ProgrammeBudgetLineFactory, "label", "Another label"),
    "ProgrammeNetwork": (factories.ProgrammeNetworkFactory, "name", "Another name"),
    "ProgrammeWorkstream": (factories.ProgrammeWorkstreamFactory, "name", "Another name"),
    "ProgrammeMilestone": (factories.ProgrammeMilestoneFactory, "title", "Another title"),
    "ProgrammeMark": (factories.ProgrammeMarkFactory, "citation_place", "Table 9"),
    "Risk": (factories.RiskFactory, "title", "Another title"),
    "RiskShare": (factories.RiskShareFactory, "rule", "Another rule"),
    "RiskShareTerm": (factories.RiskShareTermFactory, "percent", 25),
    "ReportPassage": (factories.ReportPassageFactory, "text", "Other words"),
}
kinds = pytest.mark.parametrize("kind", KINDS)


def make(kind: str) -> Any:
    return KINDS[kind][0]()


def change(row: Any) -> None:
    _, name, value = KINDS[type(row).__name__]
    assert getattr(row, name) != value
    setattr(row, name, value)
    row.save()


def again(row: Any) -> Any:
    return type(row)._base_manager.get(pk=row.pk)


def test_every_kind_of_row_is_tested_here() -> None:
    found = {
        model.__name__
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models()
        if issubclass(model, Versioned)
    }
    assert found == set(KINDS)


@kinds
def test_a_save_counts_the_version_up(kind: str) -> None:
    row = make(kind)
    assert row.version == 1
    change(row)
    assert (row.version, again(row).version) == (2, 2)


@kinds
def test_a_stale_save_is_refused_and_saves_nothing(kind: str) -> None:
    row = make(kind)
    stale = again(row)
    change(row)
    with pytest.raises(RowChanged, match="changed or removed by somebody else"):
        change(stale)
    assert again(row).version == 2
    assert stale.version == 1


@kinds
def test_a_row_that_was_removed_meanwhile_is_not_made_again(kind: str) -> None:
    row = make(kind)
    type(row)._base_manager.filter(pk=row.pk).delete()
    with pytest.raises(RowChanged):
        change(row)
    assert not type(row)._base_manager.filter(pk=row.pk).exists()


@kinds
def test_a_refused_save_leaves_the_version_as_it_was(kind: str) -> None:
    row = make(kind)
    _, name, value = KINDS[kind]
    field = row._meta.get_field(name)
    setattr(row, name, None)
    if field.null:
        setattr(row, name, -5)
    elif field.blank:
        setattr(row, name, "x" * (field.max_length + 1))
    if kind == "Requirement":
        row.financial_year = "2030-31"
    with pytest.raises(ValidationError):
        row.save()
    assert (row.version, again(row).version) == (1, 1)
    row = again(row)
    setattr(row, name, value)
    row.save()
    assert row.version == 2


def another_value(row: Any, name: str) -> Any:
    field = row._meta.get_field(name.removesuffix("_id"))
    if not isinstance(field, models.ForeignKey):
        return "another"
    makers = {
        "risk_share": factories.RiskShareFactory,
        "plan": PlanFactory,
        "board": BoardFactory,
        "user": UserFactory,
        "commissioner": lambda: FundingShareFactory().commissioner,
        "cycle": lambda: CycleFactory(key="2014-16"),
        "agreement": factories.AgreementFactory,
        "programme": factories.ProgrammeFactory,
    }
    return makers[field.name]().pk


FIXED = [
    (kind, name) for kind, (factory, *_) in KINDS.items() for name in factory._meta.model.FIXED
]


@pytest.mark.parametrize(("kind", "name"), FIXED)
def test_what_names_a_row_never_changes(kind: str, name: str) -> None:
    row = make(kind)
    before = getattr(row, name)
    setattr(row, name, another_value(row, name))
    with pytest.raises(RowFixed, match="never changes"):
        row.save()
    assert getattr(again(row), name) == before


@pytest.mark.parametrize("name", ["ref", "plan_id", "agreement_id", "programme_id"])
def test_every_row_keeps_its_ref_and_whose_row_it_is(name: str) -> None:
    having = {
        kind
        for kind, (factory, *_) in KINDS.items()
        if name in {field.attname for field in factory._meta.model._meta.concrete_fields}
    }
    assert len(having) > 4
    assert {kind for kind, fixed in FIXED if fixed == name} == having


@kinds
def test_every_change_leaves_a_history(kind: str) -> None:
    row = make(kind)
    key, model = row.pk, type(row)
    change(row)
    row.delete()
    history = model.history.filter(id=key).order_by("history_id")
    created, *changes, removed = history
    assert (created.history_type, removed.history_type) == ("+", "-")
    # A plan has one more: its boards are set after it is made.
    assert [each.history_type for each in changes] == ["~"] * len(changes) != []
    _, name, value = KINDS[kind]
    assert (getattr(created, name) == value, created.version) == (False, 1)
    assert (getattr(changes[-1], name), changes[-1].version) == (value, 2)


def test_the_history_of_a_page_names_who_did_it(sign_in: Any, member: Any) -> None:
    plan = PlanFactory()
    approver = member("approver", *plan.boards.all())
    response = sign_in(approver).post(
        f"/plans/{plan.slug}/submit/", {"note": "", "reason": "Agreed."}
    )
    assert response.status_code == 302
    assert plan.history.latest("history_id").history_user == approver


def test_the_boards_of_a_plan_are_in_its_history() -> None:
    plan = PlanFactory(boards=[])
    board = BoardFactory()
    plan.boards.add(board)
    latest = plan.history.latest("history_id")
    assert [each.board_id for each in latest.boards.all()] == [board.pk]


# -- refs ----------------------------------------------------------------------------------


def test_a_ref_is_made_once_from_what_tells_the_row_apart() -> None:
    line = SpendLineFactory(description="Rapid Care", theme="Enablers")
    assert line.ref == "2017-18-enablers-rapid-care"
    line.description = "Another description"
    line.save()
    assert again(line).ref == "2017-18-enablers-rapid-care"


def test_rows_that_read_the_same_have_refs_of_their_own_within_their_plan() -> None:
    first = SpendLineFactory(description="Carers")
    second = SpendLineFactory(description="Carers", plan=first.plan)
    elsewhere = SpendLineFactory(description="Carers")
    assert [first.ref, second.ref, elsewhere.ref] == [
        "2017-18-carers",
        "2017-18-carers-2",
        "2017-18-carers",
    ]


# -- events --------------------------------------------------------------------------------


@pytest.fixture
def event(administrator: Any) -> PlanEvent:
    return plan_submit(plan=PlanFactory(), by=administrator)


def test_an_event_is_never_changed_or_removed(event: PlanEvent) -> None:
    event.note = "rewritten"
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    with pytest.raises(AppendOnly):
        PlanEvent.objects.filter(pk=event.pk).update(note="rewritten")
    with pytest.raises(AppendOnly):
        PlanEvent.objects.all().delete()
    with pytest.raises(AppendOnly):
        event.plan.events.all().delete()
    assert PlanEvent.objects.get().note == ""


def test_bulk_paths_of_events_are_closed_too(event: PlanEvent) -> None:
    event.note = "rewritten"
    with pytest.raises(AppendOnly), transaction.atomic():
        PlanEvent.objects.bulk_update([event], ["note"])
    with pytest.raises(AppendOnly):
        PlanEvent.objects.update(at=Now())
    assert PlanEvent.objects.get().note == ""


def test_a_plan_with_events_is_not_removed(event: PlanEvent) -> None:
    with pytest.raises(models.ProtectedError):
        event.plan.delete()


def test_an_event_outlives_the_account_of_its_actor(event: PlanEvent, administrator: Any) -> None:
    name = str(administrator)
    administrator.delete()
    kept = PlanEvent.objects.get()
    assert (kept.actor, kept.actor_name) == (None, name)
