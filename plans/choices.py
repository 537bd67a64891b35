"""Fixed vocabularies of plans; what differs from cycle to cycle is in `plans/cycles`."""

from django.db import models


class OrganisationKind(models.TextChoices):
    """What sort of body takes part in a plan."""

    LOCAL_AUTHORITY = "local-authority", "Local authority"
    NHS_COMMISSIONER = "nhs-commissioner", "NHS commissioner"
    NHS_PROVIDER = "nhs-provider", "NHS provider"
    VOLUNTARY = "voluntary", "Voluntary or community organisation"
    PRIVATE = "private", "Private company"
    OTHER = "other", "Other"


class PlanStatus(models.TextChoices):
    """How far a plan has come."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    APPROVED = "approved", "Approved"


class PlanAction(models.TextChoices):
    """An event that moves a plan from one status to another."""

    SUBMIT = "submit", "Submit"
    APPROVE = "approve", "Record the assurer’s outcome"
    REOPEN = "reopen", "Reopen"


class ChangeKind(models.TextChoices):
    """An act that changes many rows at once."""

    IMPORT = "import", "Import"
    TABLE = "table", "Table edited"
    BULK = "bulk", "Bulk edit"
    REMOVAL = "removal", "Removal"
    RESTORE = "restore", "Restored from history"
    UNDO = "undo", "Undone"
    API = "api", "By the API"
    REFRESH = "refresh", "Refresh started"
