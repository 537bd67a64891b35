"""One call that checks a plan, behind the page, the command, the admin, the PDF and submitting."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from bcf.assurance.checks.finding import Findings
from bcf.assurance.checks.reading import gather_record
from bcf.assurance.checks.running import check
from governance.models import Agreement
from governance.queries import agreements_visible_to
from plans.models import Plan
from plans.queries import Somebody, joint_visible_to, parts_visible_to


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
    """The same of what this person may read."""
    return check_plan(
        plan,
        parts_visible_to(user, plan),
        joint_visible_to(user, plan),
        agreements_visible_to(user),
    )


def check_whole(plan: Plan) -> Findings:
    """The same of all there is, as for submitting, where no part may be left out."""
    return check_plan(plan, plan.parts.all(), plan.part_of, Agreement.objects.all())
