"""The named constraints of governance: a sentence for who types, a refusal for who goes past it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from governance.models import Agreement, AgreementNote, PrintedFigure, ProgrammeMilestone
from tests.factories.agreement import AgreementFactory
from tests.factories.agreement_note import AgreementNoteFactory
from tests.factories.agreement_provider import AgreementProviderFactory
from tests.factories.agreement_value import AgreementValueFactory
from tests.factories.agreement_variation import AgreementVariationFactory
from tests.factories.board import BoardFactory
from tests.factories.body import BodyFactory
from tests.factories.condition_response import ConditionResponseFactory
from tests.factories.maturity_assessment import MaturityAssessmentFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.plan import PlanFactory
from tests.factories.printed_figure import PrintedFigureFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.programme_budget_line import ProgrammeBudgetLineFactory
from tests.factories.programme_mark import ProgrammeMarkFactory
from tests.factories.programme_milestone import ProgrammeMilestoneFactory
from tests.factories.programme_network import ProgrammeNetworkFactory
from tests.factories.programme_workstream import ProgrammeWorkstreamFactory
from tests.factories.provider_commentary import ProviderCommentaryFactory
from tests.factories.risk import RiskFactory
from tests.factories.risk_share import RiskShareFactory
from tests.factories.scheme import SchemeFactory
from tests.factories.sign_off import SignOffFactory

pytestmark = pytest.mark.django_db

HERE = "There is {} of this reference here already."
THIS_PLAN = "This plan has {} of this reference already."
ENDS = "The end is before the start."


@dataclass
class Case:
    """`row` is a saved row, `wrong` the values that break the constraint in that row."""

    row: models.Model
    wrong: dict[str, Any]
    sentence: str


# The factory, what keeps two rows in one scope, and the sentence.
REFS: dict[str, tuple[Any, str, str]] = {
    "condition_response": (ConditionResponseFactory, "plan", THIS_PLAN.format("a response")),
    "maturity_assessment": (MaturityAssessmentFactory, "plan", THIS_PLAN.format("an assessment")),
    "sign_off": (SignOffFactory, "plan", THIS_PLAN.format("a sign-off")),
    "provider_commentary": (ProviderCommentaryFactory, "plan", THIS_PLAN.format("a commentary")),
    "risk": (RiskFactory, "plan", HERE.format("a risk")),
    "risk_share": (RiskShareFactory, "plan", HERE.format("a risk share")),
    "body": (BodyFactory, "plan", HERE.format("a body")),
    "printed_figure": (PrintedFigureFactory, "plan", HERE.format("a printed figure")),
    "agreement_provider": (AgreementProviderFactory, "agreement", HERE.format("a provider")),
    "agreement_variation": (AgreementVariationFactory, "agreement", HERE.format("a variation")),
    "agreement_value": (AgreementValueFactory, "agreement", HERE.format("an amount")),
    "agreement_note": (AgreementNoteFactory, "agreement", HERE.format("a note")),
    "programme_budget_line": (
        ProgrammeBudgetLineFactory,
        "programme",
        HERE.format("a budget line"),
    ),
    "programme_network": (ProgrammeNetworkFactory, "programme", HERE.format("a network")),
    "programme_workstream": (
        ProgrammeWorkstreamFactory,
        "programme",
        HERE.format("a workstream"),
    ),
    "programme_milestone": (ProgrammeMilestoneFactory, "programme", HERE.format("a milestone")),
    "programme_mark": (ProgrammeMarkFactory, "network", HERE.format("a mark")),
}
ANOTHER: dict[str, Any] = {"condition_response": {"condition": "social-care-maintenance"}}


def ref_once(name: str) -> Case:
    make, scope, sentence = REFS[name]
    first = make()
    second = make(**{scope: getattr(first, scope)}, **ANOTHER.get(name, {}))
    return Case(second, {"ref": first.ref}, sentence)


def has_plan_or_board(name: str) -> Case:
    sentence = "Choose the plan or the board it is about."
    return Case(REFS[name][0](), {"plan_id": None}, sentence)


def condition_response_once() -> Case:
    first = ConditionResponseFactory()
    second = ConditionResponseFactory(plan=first.plan, condition="social-care-maintenance")
    sentence = "This plan has a response to this condition already. Change that one."
    return Case(second, {"condition": first.condition}, sentence)


def maturity_assessment_once() -> Case:
    first = MaturityAssessmentFactory()
    second = MaturityAssessmentFactory(plan=first.plan)
    return Case(second, {"change": first.change}, "This plan has assessed this change already.")


def sign_off_once() -> Case:
    first = SignOffFactory()
    second = SignOffFactory(plan=first.plan)
    sentence = "This plan has a sign-off in this role, for this body and position already."
    return Case(second, {"organisation_id": first.organisation_id}, sentence)


def sign_off_organisation_or_board() -> Case:
    row = SignOffFactory()
    wrong = {"board_id": row.plan.boards.get().pk}
    return Case(row, wrong, "Somebody signs for an organisation or for a board.")


def provider_commentary_once() -> Case:
    first = ProviderCommentaryFactory()
    second = ProviderCommentaryFactory(plan=first.plan)
    sentence = "This plan has a commentary of this provider already."
    return Case(second, {"provider_id": first.provider_id}, sentence)


def risk_likelihood_1_to_5() -> Case:
    return Case(RiskFactory(), {"likelihood": 6}, "The likelihood is a whole number from 1 to 5.")


def risk_impact_1_to_5() -> Case:
    return Case(RiskFactory(), {"impact": 0}, "The impact is a whole number from 1 to 5.")


def risk_share_has_plan_agreement_or_board() -> Case:
    sentence = "Choose the plan, the agreement or the board whose risk is shared."
    return Case(RiskShareFactory(), {"plan_id": None}, sentence)


def risk_share_amount_not_negative() -> Case:
    return Case(
        RiskShareFactory(), {"amount": "-1.00"}, "An amount underwritten is never less than £0."
    )


def agreement_not_schedule_of_itself() -> Case:
    row = AgreementFactory()
    return Case(row, {"parent_id": row.pk}, "An agreement cannot be a schedule of itself.")


def agreement_ends_after_it_starts() -> Case:
    return Case(AgreementFactory(), {"starts": "2017-04", "ends": "2017-03-31"}, ENDS)


def agreement_open_ended_has_no_end() -> Case:
    sentence = "An agreement that has no end cannot have a date of its end. Clear one of the two."
    return Case(AgreementFactory(), {"is_open_ended": True, "ends": "2021-03"}, sentence)


def agreement_provider_once() -> Case:
    first = AgreementProviderFactory()
    second = AgreementProviderFactory(agreement=first.agreement)
    sentence = "This provider is under this agreement already."
    return Case(second, {"provider_id": first.provider_id}, sentence)


def agreement_provider_ends_after_it_starts() -> Case:
    return Case(AgreementProviderFactory(), {"starts": "2018-09-01", "ends": "2017"}, ENDS)


def agreement_value_once() -> Case:
    first = AgreementValueFactory(financial_year="2016-17")
    second = AgreementValueFactory(agreement=first.agreement, financial_year="2017-18")
    sentence = "This agreement has an amount of this kind for this year and party already."
    return Case(second, {"financial_year": "2016-17"}, sentence)


def agreement_value_not_negative() -> Case:
    sentence = "Only a surplus or deficit may be less than £0."
    return Case(AgreementValueFactory(), {"amount": "-1.00"}, sentence)


def agreement_note_has_agreement_or_board() -> Case:
    sentence = "Choose the agreement, or the board whose agreements it is about."
    return Case(AgreementNoteFactory(), {"agreement_id": None}, sentence)


def programme_budget_line_not_negative() -> Case:
    return Case(
        ProgrammeBudgetLineFactory(), {"amount": "-1.00"}, "A budget is never less than £0."
    )


def programme_network_once() -> Case:
    first = ProgrammeNetworkFactory()
    second = ProgrammeNetworkFactory(programme=first.programme)
    sentence = "This programme has a network of this name already."
    return Case(second, {"name": first.name}, sentence)


def programme_mark_once() -> Case:
    first = ProgrammeMarkFactory()
    second = ProgrammeMarkFactory(network=first.network)
    sentence = "This activity has a mark in this month already."
    return Case(second, {"activity": first.activity}, sentence)


CASES: dict[str, Callable[[], Case]] = {
    **{
        case.__name__: case
        for case in (
            condition_response_once,
            maturity_assessment_once,
            sign_off_once,
            sign_off_organisation_or_board,
            provider_commentary_once,
            risk_likelihood_1_to_5,
            risk_impact_1_to_5,
            risk_share_has_plan_agreement_or_board,
            risk_share_amount_not_negative,
            agreement_not_schedule_of_itself,
            agreement_ends_after_it_starts,
            agreement_open_ended_has_no_end,
            agreement_provider_once,
            agreement_provider_ends_after_it_starts,
            agreement_value_once,
            agreement_value_not_negative,
            agreement_note_has_agreement_or_board,
            programme_budget_line_not_negative,
            programme_network_once,
            programme_mark_once,
        )
    },
    **{f"{name}_ref_once": lambda name=name: ref_once(name) for name in REFS},
    **{
        f"{name}_has_plan_or_board": lambda name=name: has_plan_or_board(name)
        for name in ("risk", "body", "printed_figure")
    },
}


@pytest.mark.parametrize("name", CASES)
def test_who_types_it_is_told_in_a_sentence(name: str) -> None:
    case = CASES[name]()
    for attribute, value in case.wrong.items():
        setattr(case.row, attribute, value)
    with pytest.raises(ValidationError) as error:
        case.row.full_clean()
    assert case.sentence in error.value.messages


@pytest.mark.parametrize("name", CASES)
def test_an_update_that_goes_past_the_forms_is_refused_by_the_database(name: str) -> None:
    case = CASES[name]()
    rows = type(case.row)._base_manager.filter(pk=case.row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**case.wrong)


@pytest.mark.parametrize("name", [name for name in CASES if "itself" not in name])
def test_a_bulk_write_is_refused_by_the_database(name: str) -> None:
    case = CASES[name]()
    row = type(case.row)._base_manager.get(pk=case.row.pk)
    type(case.row)._base_manager.filter(pk=case.row.pk).delete()
    row.pk = None
    for attribute, value in case.wrong.items():
        setattr(row, attribute, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.bulk_create([row])


def test_every_constraint_of_governance_is_tested_here() -> None:
    models_here = apps.get_app_config("governance").get_models()
    assert {each.name for model in models_here for each in model._meta.constraints} == set(CASES)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2018-09-01", "2018"), ("2018", "2018-01"), ("2018-09-01", "2018-09-01"), ("", "2018")],
)
def test_an_end_that_is_vaguer_than_the_start_may_hold_it(starts: str, ends: str) -> None:
    row = AgreementFactory(starts=starts, ends=ends)
    assert Agreement.objects.get(pk=row.pk).ends == row.ends


def test_a_name_of_an_agreement_or_programme_is_taken_once() -> None:
    for make in (AgreementFactory, ProgrammeFactory):
        with pytest.raises(ValidationError, match="already exists"):
            make(slug=make().slug)


def test_agreements_are_no_circle() -> None:
    top = AgreementFactory()
    schedule = AgreementFactory(kind="schedule", parent=top)
    top.parent = AgreementFactory(kind="schedule", parent=schedule)
    with pytest.raises(ValidationError, match="is itself under this agreement"):
        top.full_clean()


def test_a_condition_is_one_of_the_cycle() -> None:
    with pytest.raises(ValidationError, match="is not one of this cycle’s choices"):
        ConditionResponseFactory(condition="data-sharing")


def test_a_board_that_signs_is_one_of_the_plan() -> None:
    with pytest.raises(ValidationError, match="Choose a board of this plan"):
        SignOffFactory(organisation=None, board=BoardFactory(), role="board")


def test_a_printed_figure_is_of_a_scheme_and_a_source_of_its_plan() -> None:
    with pytest.raises(ValidationError, match="Choose a scheme of this plan"):
        PrintedFigureFactory(scheme=SchemeFactory())
    with pytest.raises(ValidationError, match="is not one of this cycle’s choices"):
        PrintedFigureFactory(funding_source="lottery")
    assert PrintedFigureFactory(funding_source="ibcf-all").source_label


def test_a_note_names_an_agreement_or_a_board_not_both() -> None:
    with pytest.raises(ValidationError, match="Leave the board empty"):
        AgreementNoteFactory(board=BoardFactory())
    note = AgreementNote(board=BoardFactory(), kind="risk", text="About all of them.")
    note.save()
    assert note.ref == "risk-about-all-of-them"


def test_a_milestone_is_of_a_network_of_its_programme() -> None:
    row: ProgrammeMilestone = ProgrammeMilestoneFactory()
    row.network = ProgrammeNetworkFactory()
    with pytest.raises(ValidationError, match="Choose a network of this programme"):
        row.full_clean()


def test_rows_of_a_plan_and_of_a_board_have_refs_of_their_own() -> None:
    plan, board = PlanFactory(), BoardFactory()
    rows = [
        RiskFactory(plan=plan, title="Same"),
        RiskFactory(plan=plan, title="Same"),
        RiskFactory(plan=None, board=board, title="Same"),
    ]
    assert [row.ref for row in rows] == ["same", "same-2", "same"]


def test_a_rating_is_likelihood_times_impact() -> None:
    assert RiskFactory(likelihood=4, impact=4).rating == 16
    assert RiskFactory(likelihood=4).rating is None


def test_two_parties_of_an_agreement_stand_side_by_side() -> None:
    first = AgreementValueFactory(organisation=OrganisationFactory())
    facts = {"agreement": first.agreement, "financial_year": first.financial_year}
    AgreementValueFactory(**facts, organisation=OrganisationFactory())
    AgreementValueFactory(**facts)
    assert first.agreement.values.count() == 3


def test_figures_of_a_board_alone_need_no_cycle() -> None:
    row = PrintedFigureFactory(plan=None, board=BoardFactory(), measure="nhs-dfg-share")
    assert PrintedFigure.objects.get(pk=row.pk).measure_label == "NHS DFG share"
