"""One call that checks a plan, behind the page, the command, the admin, the PDF and submitting."""

from collections.abc import Iterable, Iterator
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
    joint, parts = joint_visible_to(user, plan), parts_visible_to(user, plan)
    findings = check_plan(plan, parts, joint, agreements_visible_to(user))
    hides_parts = plan.parts.exclude(pk__in=parts.values("pk")).exists()
    return as_read(findings, plan, joint, hides_parts=hides_parts)


def as_read(findings: Findings, plan: Plan, joint: Plan | None, *, hides_parts: bool) -> Findings:
    """The findings of a plan for somebody who may read this joint plan of it, or none.

    `hides_parts` says whether the plan has parts that the person may not read.
    """
    if plan.part_of_id and not joint:
        return _without_inherited(findings)
    return _of_parts_alone(findings) if hides_parts else findings


def _of_parts_alone(findings: Findings) -> Findings:
    """What is found of each part that may be read; what needs all of them was not checked."""
    kept = [each for each in findings.found if each.area]
    return sorted_findings([*kept, *_unread(SECTIONS, "a part of this joint plan is a draft")])


def _without_inherited(findings: Findings) -> Findings:
    kept = [each for each in findings.found if each.code.split(".")[0] not in INHERITED]
    return sorted_findings([*kept, *_unread(INHERITED, "this plan inherits from a joint plan")])


def _unread(kinds: Iterable[str], because: str) -> Iterator[Finding]:
    for kind in kinds:
        yield Finding(
            f"{kind}.unread",
            Severity.NOT_CHECKED,
            f"{SECTIONS[kind]}: not checked as a whole, because {because} that you may not read.",
        )


def check_whole(plan: Plan) -> Findings:
    """The same of all there is, as for submitting, where no part may be left out."""
    return check_plan(plan, plan.parts.all(), plan.part_of, Agreement.objects.all())
