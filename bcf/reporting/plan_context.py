"""What every page of a plan knows: the way back, and what the person may do with the plan."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from bcf.accounts.access import Ability, allows
from plans.actions import NEEDS
from plans.models import Plan
from plans.queries import joint_visible_to, standing_on
from plans.rules import actions_from


def _trail(found: Plan, here: str) -> list[tuple[str, str]]:
    """The way back: all plans, the board where there is one alone, the plan, this page."""
    boards = list(found.boards.all())
    trail = [("Plans and boards", reverse("home"))]
    if len(boards) == 1:
        trail.append((boards[0].name, reverse("board", args=[boards[0].slug])))
    if not here:
        return [*trail, (found.title, "")]
    return [*trail, (found.title, found.get_absolute_url()), (here, "")]


def plan_context(request: HttpRequest, found: Plan, here: str = "") -> dict[str, Any]:
    """What the page `here` of a plan knows; its joint plan is asked for."""
    return context_with(request, found, joint_visible_to(request.user, found), here)


def context_with(
    request: HttpRequest, found: Plan, joint: Plan | None, here: str = ""
) -> dict[str, Any]:
    """The same where the joint plan is read already, as far as the person may see it."""
    standing = standing_on(request.user, found.boards.all())
    return {
        "plan": found,
        "owner": found.title,
        "boards": found.boards.all(),
        "joint": joint,
        "trail": _trail(found, here),
        "actions": [
            {"label": action.label, "address": f"plan-{action}"}
            for action in actions_from(found.status)
            if allows(standing, NEEDS[action])
        ],
        "may_edit": found.is_open and allows(standing, Ability.EDIT_DRAFT),
        "edit_address": reverse("admin:plans_plan_change", args=[found.pk]),
    }
