"""The checks that a cycle may ask for, by code, and the thresholds that each must be given.

Thresholds are plain numbers whose unit is the last word of their name.
"""

CHECKS: dict[str, tuple[str, ...]] = {
    "funding.below-minimum": (),
    "funding.spend-differs": ("tolerance-pounds",),
    "spend.out-of-hospital-below-minimum": (),
    "spend.social-care-below-minimum": (),
    "spend.source-not-stated": (),
    "spend.other-unspecified": (),
    "spend.type-mismatch": (),
    "scheme.description-incomplete": (),
    "scheme.components-differ": (),
    "scheme.unfunded": (),
    "condition.unanswered": (),
    "condition.not-met-without-action": (),
    "metric.plan-missing": (),
    "metric.rate-differs": (),
    "metric.periods-differ": (),
    "metric.reduction-below-ambition": ("ambition-percent",),
    "benefit.saving-differs": (),
    "printed.differs": (),
    "agreement.missing": (),
    "agreement.expired": (),
    "agreement.pool-differs": (),
    "agreement.unit-suspect": ("smaller-times",),
    "risk.rating-differs": (),
    "risk.unmitigated": (),
    "milestone.undated": (),
    "milestone.overdue": (),
    "signoff.missing": (),
    "signoff.unratified": (),
    "answer.missing": (),
    "share.not-100": (),
}
