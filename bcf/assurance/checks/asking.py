"""One call that checks a plan, behind the page, the command, the admin, the PDF and submitting."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from bcf.assurance.checks.finding import (
    SECTIONS,
    Finding,
    Findings,
    Severity,
    sorted_findings,
)
from bcf.assurance.checks.reading import gather_record
from bcf.assurance.checks.running import check
from governance.models import Agreement
from governance.queries import agreements_visible_to
from plans.models import Plan
from plans.queries import Somebody, joint_visible_to, parts_visible_to

# What a part of a joint plan has from that one, by the first word of a check's code.
INHERITED = ("condition", "answer", "risk", "signoff")


def check_plan(
    plan: Plan,
    parts: QuerySet[Plan],
    joint: Plan | None,
    agreements: QuerySet[Agreement],
    today: date | None = None,
) -> Findings:
    """What the checks of its cycle find in a plan; dates are late as of today.

    The arguments are scoped reads, as of `gather_record`.
    """
    day = today or timezone.localdate()
    return check(gather_record(plan, parts, joint, agreements, day))


def check_for(user: Somebody, plan: Plan) -> Findings:
    """The same of what this person may read.

    A part inherits responses, answers, risks and signatures of its joint plan. Who may not read
    that one is told so, and of none of them that it is missing.
    """
    joint = joint_visible_to(user, plan)
    findings = check_plan(plan, parts_visible_to(user, plan), joint, agreements_visible_to(user))
    return _without_inherited(findings) if plan.part_of_id and not joint else findings


def _without_inherited(findings: Findings) -> Findings:
    kept = [each for each in findings.found if each.code.split(".")[0] not in INHERITED]
    unread = [
        Finding(
            f"{kind}.unread",
            Severity.NOT_CHECKED,
            f"{SECTIONS[kind]}: not checked, because this plan is a part of a joint plan that you "
            "may not read, and inherits from it.",
        )
        for kind in INHERITED
    ]
    return sorted_findings([*kept, *unread])


def check_whole(plan: Plan) -> Findings:
    """The same of all there is, as for submitting, where no part may be left out."""
    return check_plan(plan, plan.parts.all(), plan.part_of, Agreement.objects.all())
