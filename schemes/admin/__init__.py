"""The admin of schemes; the site of `bcf.admin` registers what it names here."""

from schemes.admin.benefits import BenefitAdmin, BenefitProfileAdmin, MilestoneAdmin
from schemes.admin.links import (
    DeliveryLinkAdmin,
    SchemeConditionAdmin,
    SchemeMetricAdmin,
    SpendActualAdmin,
)
from schemes.admin.schemes import SchemeAdmin, SpendLineAdmin

__all__ = [
    "BenefitAdmin",
    "BenefitProfileAdmin",
    "DeliveryLinkAdmin",
    "MilestoneAdmin",
    "SchemeAdmin",
    "SchemeConditionAdmin",
    "SchemeMetricAdmin",
    "SpendActualAdmin",
    "SpendLineAdmin",
]
