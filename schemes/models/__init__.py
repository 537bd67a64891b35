"""What the money buys, what it is linked to, and the benefit that is expected of it."""

from schemes.models.benefits import Benefit, BenefitProfile
from schemes.models.links import DeliveryLink, SchemeCondition, SchemeMetric, SchemeRow
from schemes.models.milestones import Milestone
from schemes.models.scheme import JOINT, OTHER, Scheme, SpendLine
from schemes.models.spend import SpendActual

__all__ = [
    "JOINT",
    "OTHER",
    "Benefit",
    "BenefitProfile",
    "DeliveryLink",
    "Milestone",
    "Scheme",
    "SchemeCondition",
    "SchemeMetric",
    "SchemeRow",
    "SpendActual",
    "SpendLine",
]
