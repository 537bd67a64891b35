"""Fixed choices of spend lines and benefits."""

from django.db import models


class PriceBasis(models.TextChoices):
    """Where a unit price comes from."""

    PRINTED = "printed", "Printed in the plan"
    DERIVED = "derived", "Derived from a printed total"


class NewOrExisting(models.TextChoices):
    """Whether a plan spends on something for the first time; blank where it is not stated."""

    NEW = "new", "New"
    EXISTING = "existing", "Existing"
