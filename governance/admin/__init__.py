"""The admin of governance; the site of `bcf.admin` registers what it names here."""

from governance.admin.agreements import (
    AgreementAdmin,
    AgreementNoteAdmin,
    AgreementProviderAdmin,
    AgreementValueAdmin,
    AgreementVariationAdmin,
)
from governance.admin.programmes import (
    ProgrammeAdmin,
    ProgrammeBudgetLineAdmin,
    ProgrammeMarkAdmin,
    ProgrammeMilestoneAdmin,
    ProgrammeNetworkAdmin,
    ProgrammeWorkstreamAdmin,
)
from governance.admin.rows import (
    BodyAdmin,
    ConditionResponseAdmin,
    MaturityAssessmentAdmin,
    PrintedFigureAdmin,
    ProviderCommentaryAdmin,
    RiskAdmin,
    RiskShareAdmin,
    SignOffAdmin,
)

__all__ = [
    "AgreementAdmin",
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
    "RiskAdmin",
    "RiskShareAdmin",
    "SignOffAdmin",
]
