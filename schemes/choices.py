"""Fixed choices of benefits."""

from django.db import models


class PriceBasis(models.TextChoices):
    """Where a unit price comes from."""

    PRINTED = "printed", "Printed in the plan"
    DERIVED = "derived", "Derived from a printed total"
