"""Submitting a plan: not while errors remain, unless its cycle lets an approver say why."""

from django.db import transaction

from bcf.accounts.models import User
from bcf.assurance.checks.asking import check_whole
from bcf.assurance.checks.finding import Findings
from plans import actions
from plans.models import Plan, PlanEvent


class ErrorsRemain(actions.Refused):
    """The plan's checks find errors. `findings` has them all."""

    def __init__(self, sentence: str, findings: Findings) -> None:
        super().__init__(sentence)
        self.findings = findings


@transaction.atomic
def submit(*, plan: Plan, by: User, note: str = "", reason: str = "") -> PlanEvent:
    """Submit a draft whose checks find no error.

    With errors, and where the cycle allows it, it is submitted for the `reason` that the approver
    states, which stays with the event. Raises `ErrorsRemain`, or what `plan_submit` raises.
    """
    actions.hold_to_submit(plan, by=by)
    findings = check_whole(plan)
    if findings.errors:
        note = _despite(plan, findings, reason.strip(), note)
    return actions.plan_submit(plan=plan, by=by, note=note)


def _despite(plan: Plan, findings: Findings, reason: str, note: str) -> str:
    count = len(findings.errors)
    errors = "1 error" if count == 1 else f"{count} errors"
    if not plan.cycle.definition.errors_may_be_explained:
        raise ErrorsRemain(
            f"The checks of {plan} find {errors}. Mend {'it' if count == 1 else 'them'}, then "
            "submit the plan.",
            findings,
        )
    if not reason:
        raise ErrorsRemain(
            f"The checks of {plan} find {errors}. Mend {'it' if count == 1 else 'them'}, or give "
            "the reason for submitting with errors on the page on which the plan is submitted.",
            findings,
        )
    remark = f"Remark: {note}" if note else ""
    return "\n\n".join(filter(None, (f"Submitted with {errors}. Reason: {reason}", remark)))
