"""Rows for tests, one file a model; each is checked as it is saved, like any other row."""

from tests.factories.agreement import AgreementFactory
from tests.factories.agreement_actual import AgreementActualFactory
from tests.factories.agreement_event import AgreementEventFactory
from tests.factories.agreement_note import AgreementNoteFactory
from tests.factories.agreement_provider import AgreementProviderFactory
from tests.factories.agreement_value import AgreementValueFactory
from tests.factories.agreement_variation import AgreementVariationFactory
from tests.factories.answer import AnswerFactory
from tests.factories.benefit import BenefitFactory
from tests.factories.benefit_profile import BenefitProfileFactory
from tests.factories.board import BoardFactory
from tests.factories.board_code import BoardCodeFactory
from tests.factories.body import BodyFactory
from tests.factories.change_set import ChangeSetFactory
from tests.factories.condition_response import ConditionResponseFactory
from tests.factories.context_figure import ContextFigureFactory
from tests.factories.contribution import ContributionFactory
from tests.factories.cycle import CycleFactory
from tests.factories.delivery_link import DeliveryLinkFactory
from tests.factories.funding_share import FundingShareFactory
from tests.factories.maturity_assessment import MaturityAssessmentFactory
from tests.factories.membership import MembershipFactory
from tests.factories.metric import MetricFactory
from tests.factories.metric_option import MetricOptionFactory
from tests.factories.metric_value import MetricValueFactory
from tests.factories.milestone import MilestoneFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.own_heading import OwnHeadingFactory
from tests.factories.plan import PlanFactory
from tests.factories.plan_event import PlanEventFactory
from tests.factories.population import PopulationFactory
from tests.factories.population_share import PopulationShareFactory
from tests.factories.printed_figure import PrintedFigureFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.programme_budget_line import ProgrammeBudgetLineFactory
from tests.factories.programme_mark import ProgrammeMarkFactory
from tests.factories.programme_milestone import ProgrammeMilestoneFactory
from tests.factories.programme_network import ProgrammeNetworkFactory
from tests.factories.programme_workstream import ProgrammeWorkstreamFactory
from tests.factories.provider_commentary import ProviderCommentaryFactory
from tests.factories.related_document import RelatedDocumentFactory
from tests.factories.report_passage import ReportPassageFactory
from tests.factories.requirement import RequirementFactory
from tests.factories.risk import RiskFactory
from tests.factories.risk_share import RiskShareFactory
from tests.factories.risk_share_term import RiskShareTermFactory
from tests.factories.row_import import RowImportFactory
from tests.factories.saved_filter import SavedFilterFactory
from tests.factories.scheme import SchemeFactory
from tests.factories.scheme_condition import SchemeConditionFactory
from tests.factories.scheme_metric import SchemeMetricFactory
from tests.factories.sign_off import SignOffFactory
from tests.factories.spend_actual import SpendActualFactory
from tests.factories.spend_line import SpendLineFactory
from tests.factories.token import TokenFactory
from tests.factories.user import PASSWORD, UserFactory

__all__ = [
    "PASSWORD",
    "AgreementActualFactory",
    "AgreementEventFactory",
    "AgreementFactory",
    "AgreementNoteFactory",
    "AgreementProviderFactory",
    "AgreementValueFactory",
    "AgreementVariationFactory",
    "AnswerFactory",
    "BenefitFactory",
    "BenefitProfileFactory",
    "BoardCodeFactory",
    "BoardFactory",
    "BodyFactory",
    "ChangeSetFactory",
    "ConditionResponseFactory",
    "ContextFigureFactory",
    "ContributionFactory",
    "CycleFactory",
    "DeliveryLinkFactory",
    "FundingShareFactory",
    "MaturityAssessmentFactory",
    "MembershipFactory",
    "MetricFactory",
    "MetricOptionFactory",
    "MetricValueFactory",
    "MilestoneFactory",
    "OrganisationFactory",
    "OwnHeadingFactory",
    "PlanEventFactory",
    "PlanFactory",
    "PopulationFactory",
    "PopulationShareFactory",
    "PrintedFigureFactory",
    "ProgrammeBudgetLineFactory",
    "ProgrammeFactory",
    "ProgrammeMarkFactory",
    "ProgrammeMilestoneFactory",
    "ProgrammeNetworkFactory",
    "ProgrammeWorkstreamFactory",
    "ProviderCommentaryFactory",
    "RelatedDocumentFactory",
    "ReportPassageFactory",
    "RequirementFactory",
    "RiskFactory",
    "RiskShareFactory",
    "RiskShareTermFactory",
    "RowImportFactory",
    "SavedFilterFactory",
    "SchemeConditionFactory",
    "SchemeFactory",
    "SchemeMetricFactory",
    "SignOffFactory",
    "SpendActualFactory",
    "SpendLineFactory",
    "TokenFactory",
    "UserFactory",
]
