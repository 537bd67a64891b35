"""The admin of governance; the site of `bcf.admin` registers what it names here."""

from governance.admin.agreements import (
    AgreementActualAdmin,
    AgreementAdmin,
    AgreementNoteAdmin,
    AgreementProviderAdmin,
    AgreementValueAdmin,
    AgreementVariationAdmin,
)
from governance.admin.events import AgreementEventAdmin
from governance.admin.programmes import (
    ProgrammeAdmin,
    ProgrammeBudgetLineAdmin,
    ProgrammeMarkAdmin,
    ProgrammeMilestoneAdmin,
    ProgrammeNetworkAdmin,
    ProgrammeWorkstreamAdmin,
)
from governance.admin.reports import ReportPassageAdmin
from governance.admin.rows import (
    BodyAdmin,
    ConditionResponseAdmin,
    MaturityAssessmentAdmin,
    PrintedFigureAdmin,
    ProviderCommentaryAdmin,
    RiskAdmin,
    RiskShareAdmin,
    RiskShareTermAdmin,
    SignOffAdmin,
)

__all__ = [
    "AgreementActualAdmin",
    "AgreementAdmin",
    "AgreementEventAdmin",
    "AgreementNoteAdmin",
    "AgreementProviderAdmin",
    "AgreementValueAdmin",
    "AgreementVariationAdmin",
    "BodyAdmin",
    "ConditionResponseAdmin",
    "MaturityAssessmentAdmin",
    "PrintedFigureAdmin",
    "ProgrammeAdmin",
    "ProgrammeBudgetLineAdmin",
    "ProgrammeMarkAdmin",
    "ProgrammeMilestoneAdmin",
    "ProgrammeNetworkAdmin",
    "ProgrammeWorkstreamAdmin",
    "ProviderCommentaryAdmin",
    "ReportPassageAdmin",
    "RiskAdmin",
    "RiskShareAdmin",
    "RiskShareTermAdmin",
    "SignOffAdmin",
]
