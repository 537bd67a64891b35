"""What a commissioner works on, in groups: every kind of row of the admin, each with a sentence.

The index and the plan's page both follow it. A kind of row that the admin registers stands in
one group; a test holds that.
"""

from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest

from bcf.accounts.models import SavedFilter, User
from governance.models import (
    Agreement,
    AgreementActual,
    AgreementEvent,
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
from metrics.models import ContextFigure, Metric, MetricOption, MetricValue, Population
from plans.models import (
    Answer,
    Board,
    ChangeSet,
    Contribution,
    Cycle,
    Membership,
    Organisation,
    OwnHeading,
    Plan,
    PlanEvent,
    PopulationShare,
    RelatedDocument,
    Requirement,
)
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


@dataclass(frozen=True)
class Group:
    """Kinds of rows that are worked on together, each with one sentence on what it is."""

    key: str
    title: str
    kinds: dict[type[Model], str]


GROUPS = (
    Group(
        "money",
        "Plans and money",
        {
            Plan: "One area’s plan for a cycle. Its page leads to all of its rows.",
            Contribution: "Who pays what into the pool, by year and funding source.",
            SpendLine: "What the pool is spent on, line by line.",
            Requirement: "The least that must be spent, beside what the plan states.",
            SpendActual: "What a line has cost so far, quarter by quarter.",
        },
    ),
    Group(
        "schemes",
        "Schemes",
        {
            Scheme: "What the money buys, with the template’s description of it.",
            Benefit: "What a scheme should change, and what that saves.",
            BenefitProfile: "A benefit month by month: planned, actual, forecast.",
            Milestone: "What is done by when.",
            DeliveryLink: "Who leads a scheme and who provides it.",
            SchemeMetric: "Which metrics a scheme is meant to improve.",
            SchemeCondition: "Which national conditions a scheme helps to meet.",
        },
    ),
    Group(
        "metrics",
        "Metrics",
        {
            MetricValue: "Where a metric was, is meant to be, and came to be.",
            MetricOption: "Local metrics that a plan considered.",
            Population: "How many people live in an area, by age or need.",
            ContextFigure: "Facts about an area that are no value of a metric.",
        },
    ),
    Group(
        "agreements",
        "Agreements",
        {
            Agreement: "Section 75 agreements and others, with their schedules.",
            AgreementValue: "What an agreement pools, pays in or spends in a year.",
            AgreementActual: "What was paid in and spent under an agreement, by quarter.",
            AgreementProvider: "Who provides what under an agreement.",
            AgreementVariation: "Changes of the terms of an agreement.",
            AgreementNote: "Outcomes, highlights, risks and intentions of an agreement.",
            RiskShare: "How an over- or underspend is divided.",
            RiskShareTerm: "What each partner bears under such a rule.",
            ReportPassage: "What people write in a board’s annual report on its agreements.",
        },
    ),
    Group(
        "governance",
        "Governance",
        {
            Answer: "What the plan answers to the template’s questions.",
            OwnHeading: "Headings that the plan adds to its template, in its own order.",
            ConditionResponse: "How the plan meets conditions and planning requirements.",
            Risk: "What may go wrong, how likely, and what is done about it.",
            SignOff: "Who signed for whom, and when.",
            Body: "Who decides, and to whom they report.",
            MaturityAssessment: "How far each change of the High Impact Change Model has come.",
            ProviderCommentary: "What an acute provider says of the figures.",
            RelatedDocument: "Papers that the plan refers to.",
            PrintedFigure: "What a document prints, to hold the rows against.",
        },
    ),
    Group(
        "programmes",
        "Programmes beside the plan",
        {
            Programme: "Work of a board beside its plan, such as Care Closer to Home.",
            ProgrammeBudgetLine: "What a programme costs, by year and source.",
            ProgrammeWorkstream: "The strands of a programme’s work.",
            ProgrammeNetwork: "Its networks of practices and their people.",
            ProgrammeMilestone: "What a programme does by when.",
            ProgrammeMark: "The marks in a network’s timetable.",
        },
    ),
    Group(
        "reference",
        "Reference",
        {
            Board: "Health and Wellbeing Boards, with the shares of their NHS money.",
            Organisation: "Councils, NHS bodies, providers and others.",
            Cycle: "Planning rounds. What each asks is its definition file.",
            Metric: "What is measured, in which unit, and which way is better.",
            PopulationShare: "Which part of a commissioner’s people lives in a board’s area.",
        },
    ),
    Group(
        "history",
        "What happened",
        {
            AgreementEvent: "Agreements varied, extended, ended and superseded.",
            PlanEvent: "Plans submitted, given an outcome and reopened.",
            ChangeSet: "Imports, bulk edits and removals, each undone by one act.",
        },
    ),
    Group(
        "people",
        "People and your own",
        {
            SavedFilter: "The filters of lists that you have saved.",
            Membership: "Who belongs to which board, and as what.",
            User: "People who sign in.",
        },
    ),
)


_BY_NAME = {
    f"{model._meta.app_label}_{model._meta.model_name}": group
    for group in GROUPS
    for model in group.kinds
}


def group_asked_for(request: HttpRequest) -> Group | None:
    """The group of the kind of row of which a page of the admin was asked for."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    return _BY_NAME.get(name.rpartition("_")[0])
