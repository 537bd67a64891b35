"""Every kind of row that people change, and who may read and change its rows."""

from typing import Any

from django.apps import apps
from django.db.models import Model

from governance.models import (
    Agreement,
    AgreementActual,
    AgreementNote,
    AgreementProvider,
    AgreementValue,
    AgreementVariation,
    Body,
    ConditionResponse,
    MaturityAssessment,
    PrintedFigure,
    Programme,
    ProgrammeBudgetLine,
    ProgrammeMark,
    ProgrammeMilestone,
    ProgrammeNetwork,
    ProgrammeWorkstream,
    ProviderCommentary,
    ReportPassage,
    Risk,
    RiskShare,
    RiskShareTerm,
    SignOff,
)
from governance.scopes import (
    AGREEMENT_ROWS,
    AGREEMENTS,
    NOTES,
    PASSAGES,
    PLACED,
    PROGRAMME_ROWS,
    PROGRAMMES,
    RISK_SHARE_TERMS,
    RISK_SHARES,
)
from metrics.models import ContextFigure, Metric, MetricOption, MetricValue, Population
from metrics.scopes import STATED_ROWS
from plans.models import (
    Answer,
    Board,
    BoardCode,
    Contribution,
    FundingShare,
    Organisation,
    OwnHeading,
    Plan,
    PopulationShare,
    RelatedDocument,
    Requirement,
)
from plans.scopes import PLAN_ROWS, PLANS, REFERENCE, Scope
from schemes.models import (
    Benefit,
    BenefitProfile,
    DeliveryLink,
    Milestone,
    Scheme,
    SchemeCondition,
    SchemeMetric,
    SpendActual,
    SpendLine,
)

SCOPES: dict[type[Model], Scope] = {
    Plan: PLANS,
    **dict.fromkeys(
        (
            *(Contribution, Requirement, SpendLine, SpendActual),
            *(Scheme, Benefit, BenefitProfile, Milestone),
            *(DeliveryLink, SchemeMetric, SchemeCondition, MetricOption),
            *(ConditionResponse, Answer, SignOff, ProviderCommentary),
            *(MaturityAssessment, OwnHeading, RelatedDocument),
        ),
        PLAN_ROWS,
    ),
    **dict.fromkeys((MetricValue, Population, ContextFigure), STATED_ROWS),
    **dict.fromkeys((Body, Risk, PrintedFigure), PLACED),
    RiskShare: RISK_SHARES,
    RiskShareTerm: RISK_SHARE_TERMS,
    Agreement: AGREEMENTS,
    **dict.fromkeys(
        (AgreementActual, AgreementProvider, AgreementValue, AgreementVariation), AGREEMENT_ROWS
    ),
    AgreementNote: NOTES,
    ReportPassage: PASSAGES,
    Programme: PROGRAMMES,
    **dict.fromkeys(
        (
            *(ProgrammeBudgetLine, ProgrammeMark, ProgrammeMilestone),
            *(ProgrammeNetwork, ProgrammeWorkstream),
        ),
        PROGRAMME_ROWS,
    ),
    **dict.fromkeys(
        (Board, BoardCode, FundingShare, Metric, Organisation, PopulationShare), REFERENCE
    ),
}


def kind_of(label: str) -> Any:
    """The model of a label such as `schemes.spendline`; `LookupError` where there is none."""
    model: Any = apps.get_model(label)
    if model not in SCOPES:
        raise LookupError(f"{label} is no kind of row that people change.")
    return model
