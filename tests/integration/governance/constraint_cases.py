"""Ways to break each named constraint of governance."""

from collections.abc import Callable
from typing import Any

from tests.factories.agreement import AgreementFactory
from tests.factories.agreement_actual import AgreementActualFactory
from tests.factories.agreement_note import AgreementNoteFactory
from tests.factories.agreement_provider import AgreementProviderFactory
from tests.factories.agreement_value import AgreementValueFactory
from tests.factories.agreement_variation import AgreementVariationFactory
from tests.factories.body import BodyFactory
from tests.factories.condition_response import ConditionResponseFactory
from tests.factories.maturity_assessment import MaturityAssessmentFactory
from tests.factories.printed_figure import PrintedFigureFactory
from tests.factories.programme_budget_line import ProgrammeBudgetLineFactory
from tests.factories.programme_mark import ProgrammeMarkFactory
from tests.factories.programme_milestone import ProgrammeMilestoneFactory
from tests.factories.programme_network import ProgrammeNetworkFactory
from tests.factories.programme_workstream import ProgrammeWorkstreamFactory
from tests.factories.provider_commentary import ProviderCommentaryFactory
from tests.factories.report_passage import ReportPassageFactory
from tests.factories.risk import RiskFactory
from tests.factories.risk_share import RiskShareFactory
from tests.factories.risk_share_term import RiskShareTermFactory
from tests.factories.sign_off import SignOffFactory
from tests.integration.cases import Case

HERE = "There is {} of this reference here already."
THIS_PLAN = "This plan has {} of this reference already."
ENDS = "The end is before the start. Change “starts” or “ends”."


# The factory, what keeps two rows in one scope, and the sentence.
REFS: dict[str, tuple[Any, str, str]] = {
    "condition_response": (ConditionResponseFactory, "plan", THIS_PLAN.format("a response")),
    "maturity_assessment": (MaturityAssessmentFactory, "plan", THIS_PLAN.format("an assessment")),
    "sign_off": (SignOffFactory, "plan", THIS_PLAN.format("a sign-off")),
    "provider_commentary": (ProviderCommentaryFactory, "plan", THIS_PLAN.format("a commentary")),
    "risk": (RiskFactory, "plan", HERE.format("a risk")),
    "risk_share": (RiskShareFactory, "plan", HERE.format("a risk share")),
    "risk_share_term": (RiskShareTermFactory, "risk_share", HERE.format("a partner’s share")),
    "body": (BodyFactory, "plan", HERE.format("a body")),
    "printed_figure": (PrintedFigureFactory, "plan", HERE.format("a printed figure")),
    "agreement_provider": (AgreementProviderFactory, "agreement", HERE.format("a provider")),
    "agreement_variation": (AgreementVariationFactory, "agreement", HERE.format("a variation")),
    "agreement_value": (AgreementValueFactory, "agreement", HERE.format("an amount")),
    "agreement_actual": (AgreementActualFactory, "agreement", HERE.format("a quarter")),
    "report_passage": (ReportPassageFactory, "board", HERE.format("a passage")),
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
    return Case(
        second,
        {"change": first.change},
        "This plan has assessed this change already. Change that row.",
    )


def sign_off_once() -> Case:
    first = SignOffFactory()
    second = SignOffFactory(plan=first.plan)
    sentence = (
        "This plan has a sign-off in this role, for this organisation or board "
        "and position already. Change that one."
    )
    return Case(second, {"organisation_id": first.organisation_id}, sentence)


def sign_off_organisation_or_board() -> Case:
    row = SignOffFactory()
    wrong = {"board_id": row.plan.boards.get().pk}
    return Case(
        row, wrong, "Somebody signs for an organisation or for a board. Leave one of the two empty."
    )


def provider_commentary_once() -> Case:
    first = ProviderCommentaryFactory()
    second = ProviderCommentaryFactory(plan=first.plan)
    sentence = "This plan has a commentary of this provider already. Change that one."
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
        RiskShareFactory(),
        {"amount": "-1.00"},
        "The amount underwritten is never less than £0. Type it without a minus sign.",
    )


def risk_share_term_once() -> Case:
    first = RiskShareTermFactory()
    second = RiskShareTermFactory(risk_share=first.risk_share)
    sentence = "This partner has a share under this rule already. Change that one."
    return Case(second, {"organisation_id": first.organisation_id}, sentence)


def risk_share_term_percent_0_to_100() -> Case:
    return Case(
        RiskShareTermFactory(), {"percent": "100.01"}, "The share is from 0 to 100 per cent."
    )


def risk_share_term_amount_not_negative() -> Case:
    sentence = "The amount is never less than £0. Type it without a minus sign."
    return Case(RiskShareTermFactory(), {"amount": "-1.00"}, sentence)


def agreement_not_schedule_of_itself() -> Case:
    row = AgreementFactory()
    return Case(
        row,
        {"parent_id": row.pk},
        "An agreement cannot be a schedule of itself. Choose another agreement, or none.",
    )


def agreement_ends_after_it_starts() -> Case:
    return Case(AgreementFactory(), {"starts": "2017-04", "ends": "2017-03-31"}, ENDS)


def agreement_open_ended_has_no_end() -> Case:
    sentence = "An agreement that has no end cannot have a date of its end. Clear one of the two."
    return Case(AgreementFactory(), {"is_open_ended": True, "ends": "2021-03"}, sentence)


def agreement_provider_once() -> Case:
    first = AgreementProviderFactory()
    second = AgreementProviderFactory(agreement=first.agreement)
    sentence = "This provider is under this agreement already. Change that row."
    return Case(second, {"provider_id": first.provider_id}, sentence)


def agreement_provider_ends_after_it_starts() -> Case:
    return Case(AgreementProviderFactory(), {"starts": "2018-09-01", "ends": "2017"}, ENDS)


def agreement_value_once() -> Case:
    first = AgreementValueFactory(financial_year="2016-17")
    second = AgreementValueFactory(agreement=first.agreement, financial_year="2017-18")
    sentence = (
        "This agreement has an amount of this measure for this financial year "
        "and organisation already. Change that one."
    )
    return Case(second, {"financial_year": "2016-17"}, sentence)


def agreement_value_not_negative() -> Case:
    sentence = (
        "Only a surplus or deficit, or what is carried forward, may be less than £0. "
        "Choose one of these measures, or type the amount without a minus sign."
    )
    return Case(AgreementValueFactory(), {"amount": "-1.00"}, sentence)


def agreement_actual_once() -> Case:
    first = AgreementActualFactory(quarter="2016-17Q1")
    second = AgreementActualFactory(agreement=first.agreement, quarter="2016-17Q2")
    sentence = (
        "This agreement has this measure for this quarter and organisation already. "
        "Change that row."
    )
    return Case(second, {"quarter": "2016-17Q1"}, sentence)


def report_passage_once() -> Case:
    first = ReportPassageFactory(financial_year="2016-17")
    second = ReportPassageFactory(board=first.board, financial_year="2017-18")
    sentence = "This section of the report of this year is written already. Change that one."
    return Case(second, {"financial_year": "2016-17"}, sentence)


def agreement_note_has_agreement_or_board() -> Case:
    sentence = "Choose the agreement, or the board whose agreements it is about."
    return Case(AgreementNoteFactory(), {"agreement_id": None}, sentence)


def programme_budget_line_not_negative() -> Case:
    return Case(
        ProgrammeBudgetLineFactory(),
        {"amount": "-1.00"},
        "The amount of a budget is never less than £0. Type it without a minus sign.",
    )


def programme_network_once() -> Case:
    first = ProgrammeNetworkFactory()
    second = ProgrammeNetworkFactory(programme=first.programme)
    sentence = "This programme has a network of this name already. Type another name."
    return Case(second, {"name": first.name}, sentence)


def programme_mark_once() -> Case:
    first = ProgrammeMarkFactory()
    second = ProgrammeMarkFactory(network=first.network)
    sentence = "This activity has a mark in this month already. Change that one."
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
            risk_share_term_once,
            risk_share_term_percent_0_to_100,
            risk_share_term_amount_not_negative,
            agreement_not_schedule_of_itself,
            agreement_ends_after_it_starts,
            agreement_open_ended_has_no_end,
            agreement_provider_once,
            agreement_provider_ends_after_it_starts,
            agreement_value_once,
            agreement_value_not_negative,
            agreement_actual_once,
            report_passage_once,
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
