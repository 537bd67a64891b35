"""Fixed vocabularies of governance; what differs from cycle to cycle is in `plans/cycles`."""

from django.db import models


class ConditionStatus(models.TextChoices):
    """Whether a plan meets a national condition; the plan's own words stand beside it."""

    MET = "met", "Met"
    NOT_MET = "not-met", "Not met"
    IN_PROGRESS = "in-progress", "In progress"
    NOT_STATED = "not-stated", "Not stated"


class AgreementKind(models.TextChoices):
    """Where an agreement stands in the tree of agreements."""

    OVERARCHING = "overarching", "Overarching agreement"
    SCHEDULE = "schedule", "Schedule"
    STANDALONE = "standalone", "Standalone agreement"
    OTHER = "other", "Other"


class ClientGroup(models.TextChoices):
    """Whom an agreement is for; blank where it is not stated."""

    ADULTS = "adults", "Adults"
    CHILDREN = "children", "Children"
    ALL = "all", "Adults and children"


class Arrangement(models.TextChoices):
    """The three flexibilities of section 75 of the NHS Act 2006; blank where not stated."""

    POOLED_FUND = "pooled-fund", "Pooled fund"
    LEAD_COMMISSIONING = "lead-commissioning", "Lead commissioning"
    INTEGRATED_PROVISION = "integrated-provision", "Integrated provision"


class ProviderStatus(models.TextChoices):
    """Whether a provider still works under an agreement; blank where it is not stated."""

    CURRENT = "current", "Current"
    ENDED = "ended", "Ended"


class ValueMeasure(models.TextChoices):
    """What an amount of an agreement measures."""

    POOLED_FUND = "pooled-fund", "Pooled fund"
    CONTRIBUTION = "contribution", "Contribution"
    SPEND = "spend", "Spend"
    SURPLUS_OR_DEFICIT = "surplus-or-deficit", "Surplus or deficit"
    CARRIED_FORWARD = "carried-forward", "Carried forward"


class ActualMeasure(models.TextChoices):
    """What is told of an agreement quarter by quarter."""

    CONTRIBUTION = ValueMeasure.CONTRIBUTION.value, ValueMeasure.CONTRIBUTION.label
    SPEND = ValueMeasure.SPEND.value, ValueMeasure.SPEND.label


class AgreementAction(models.TextChoices):
    """What happens to the terms of an agreement."""

    VARY = "vary", "Varied"
    EXTEND = "extend", "Extended"
    END = "end", "Ended"
    SUPERSEDE = "supersede", "Superseded"
    WITHDRAW = "withdraw", "Taken back"


class NoteKind(models.TextChoices):
    """What a note about agreements records."""

    OUTCOME = "outcome", "Intended outcome"
    HIGHLIGHT = "highlight", "Highlight"
    RISK = "risk", "Risk"
    MITIGATION = "mitigation", "Mitigation"
    INTENTION = "intention", "Intention"


class RiskShareMethod(models.TextChoices):
    """How an over- or underspend is divided; blank where the rule does not say."""

    PROPORTION = "proportion", "In proportion to contributions"
    PERCENT = "percent", "By fixed percentages"
    FIXED = "fixed", "Fixed amounts"
    OWN = "own", "Each partner bears its own"
    CAPPED = "capped", "Capped"
    NONE = "none", "No risk share"


class SignOffRole(models.TextChoices):
    """In which role somebody signs a plan."""

    COUNCIL = "council", "Council"
    NHS_COMMISSIONER = "nhs-commissioner", "NHS commissioner"
    BOARD = "board", "Health and Wellbeing Board"
    PROVIDER = "provider", "Provider"


class Agrees(models.TextChoices):
    """Whether a provider agrees with the plan's figures; blank where it is not stated."""

    YES = "yes", "Agrees"
    PARTLY = "partly", "Agrees in part"
    NO = "no", "Does not agree"


class Recurrence(models.TextChoices):
    """Whether money comes again; blank where it is not stated."""

    RECURRENT = "recurrent", "Recurrent"
    NON_RECURRENT = "non-recurrent", "Non-recurrent"


class YesOrNo(models.TextChoices):
    """An answer that may also be blank: not stated."""

    YES = "yes", "Yes"
    NO = "no", "No"
