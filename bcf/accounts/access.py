"""Who may do what: the one table that queries, pages, the admin and the API all read.

A person's standing towards a plan or a board is the highest role that they hold on one of
its boards. Anything that the table does not list is denied.
"""

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from django.db import models


class Role(models.TextChoices):
    """What a member of a board may do there."""

    VIEWER = "viewer", "Viewer: reads the board's drafts"
    ANALYST = "analyst", "Analyst: also loads actuals and populations"
    EDITOR = "editor", "Editor: also edits drafts"
    APPROVER = "approver", "Approver: also submits, reopens and invites"


class TokenScope(models.TextChoices):
    """What whoever holds a personal token may do with it, of what its owner may."""

    READ = "read", "Read: it reads what you may read"
    WRITE = "write", "Write: it also adds, changes and removes rows that you may edit"
    CALENDAR = "calendar", "Calendar: only the dates of agreements, for a calendar program"


class Standing(IntEnum):
    """Where a person stands towards a plan or a board, from least to most trusted."""

    ANONYMOUS = 0
    OUTSIDER = 1
    VIEWER = 2
    ANALYST = 3
    EDITOR = 4
    APPROVER = 5
    ADMINISTRATOR = 6


class Ability(StrEnum):
    """Something that a person may or may not do."""

    READ_SUBMITTED = "read a plan from submitted on"
    READ_DRAFT = "read a draft"
    EDIT_DRAFT = "edit rows of a draft"
    LOAD_ACTUALS = "load actuals and populations"
    SUBMIT = "submit"
    REOPEN = "reopen"
    RECORD_OUTCOME = "record the assurer's outcome"
    MANAGE_MEMBERS = "invite and remove members"
    ENTER_ADMIN = "enter the admin site"


_FROM = {
    Ability.READ_SUBMITTED: Standing.OUTSIDER,
    Ability.READ_DRAFT: Standing.VIEWER,
    Ability.EDIT_DRAFT: Standing.EDITOR,
    Ability.LOAD_ACTUALS: Standing.ANALYST,
    Ability.SUBMIT: Standing.APPROVER,
    Ability.REOPEN: Standing.APPROVER,
    Ability.RECORD_OUTCOME: Standing.ADMINISTRATOR,
    Ability.MANAGE_MEMBERS: Standing.APPROVER,
    Ability.ENTER_ADMIN: Standing.EDITOR,
}
TABLE: dict[Ability, frozenset[Standing]] = {
    ability: frozenset(standing for standing in Standing if standing >= lowest)
    for ability, lowest in _FROM.items()
}

ROLE_STANDING = {
    Role.VIEWER: Standing.VIEWER,
    Role.ANALYST: Standing.ANALYST,
    Role.EDITOR: Standing.EDITOR,
    Role.APPROVER: Standing.APPROVER,
}


def allows(standing: Standing, ability: Ability, *, public_read: bool = False) -> bool:
    """Whether the table allows it; `public_read` opens submitted plans to everybody."""
    if public_read and ability is Ability.READ_SUBMITTED:
        return True
    return standing in TABLE.get(ability, frozenset())


def roles_with(ability: Ability) -> list[str]:
    """The roles on a board that carry an ability."""
    return [role.value for role, standing in ROLE_STANDING.items() if allows(standing, ability)]


def highest(roles: Iterable[str]) -> Standing:
    """The standing of a signed-in person who holds these roles."""
    return max((ROLE_STANDING[Role(role)] for role in roles), default=Standing.OUTSIDER)
