"""The files of rows of every kind that the admin lets people edit."""

from django.db import models

from bcf.base.resources import RowResource
from governance import resources as governance
from metrics import resources as metrics
from plans import resources as plans
from schemes import resources as schemes

ALL: tuple[type[RowResource], ...] = (
    plans.PlanResource,
    plans.ContributionResource,
    plans.RequirementResource,
    plans.AnswerResource,
    plans.OwnHeadingResource,
    plans.RelatedDocumentResource,
    plans.BoardResource,
    plans.OrganisationResource,
    plans.PopulationShareResource,
    schemes.SchemeResource,
    schemes.SpendLineResource,
    schemes.SpendActualResource,
    schemes.SchemeMetricResource,
    schemes.SchemeConditionResource,
    schemes.DeliveryLinkResource,
    schemes.BenefitResource,
    schemes.BenefitProfileResource,
    schemes.MilestoneResource,
    metrics.MetricResource,
    metrics.MetricValueResource,
    metrics.MetricOptionResource,
    metrics.PopulationResource,
    metrics.ContextFigureResource,
    governance.AgreementResource,
    governance.AgreementActualResource,
    governance.AgreementNoteResource,
    governance.AgreementProviderResource,
    governance.AgreementValueResource,
    governance.AgreementVariationResource,
    governance.BodyResource,
    governance.ConditionResponseResource,
    governance.MaturityAssessmentResource,
    governance.PrintedFigureResource,
    governance.ProgrammeResource,
    governance.ProgrammeBudgetLineResource,
    governance.ProgrammeMarkResource,
    governance.ProgrammeMilestoneResource,
    governance.ProgrammeNetworkResource,
    governance.ProgrammeWorkstreamResource,
    governance.ProviderCommentaryResource,
    governance.ReportPassageResource,
    governance.RiskResource,
    governance.RiskShareResource,
    governance.RiskShareTermResource,
    governance.SignOffResource,
)
RESOURCES: dict[type[models.Model], type[RowResource]] = {each._meta.model: each for each in ALL}
