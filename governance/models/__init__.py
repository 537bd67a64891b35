"""Who agreed to a plan, under which agreement, at what risk, and what was printed."""

from governance.models.agreement_events import AgreementEvent
from governance.models.agreement_rows import (
    AgreementActual,
    AgreementNote,
    AgreementProvider,
    AgreementValue,
    AgreementVariation,
)
from governance.models.agreements import Agreement
from governance.models.conditions import ConditionResponse, MaturityAssessment
from governance.models.people import Body, ProviderCommentary, SignOff
from governance.models.printed import PrintedFigure
from governance.models.programmes import (
    Programme,
    ProgrammeBudgetLine,
    ProgrammeMark,
    ProgrammeMilestone,
    ProgrammeNetwork,
    ProgrammeWorkstream,
)
from governance.models.reports import ReportPassage
from governance.models.risk_shares import RiskShare, RiskShareTerm
from governance.models.risks import Risk

__all__ = [
    "Agreement",
    "AgreementActual",
    "AgreementEvent",
    "AgreementNote",
    "AgreementProvider",
    "AgreementValue",
    "AgreementVariation",
    "Body",
    "ConditionResponse",
    "MaturityAssessment",
    "PrintedFigure",
    "Programme",
    "ProgrammeBudgetLine",
    "ProgrammeMark",
    "ProgrammeMilestone",
    "ProgrammeNetwork",
    "ProgrammeWorkstream",
    "ProviderCommentary",
    "ReportPassage",
    "Risk",
    "RiskShare",
    "RiskShareTerm",
    "SignOff",
]
