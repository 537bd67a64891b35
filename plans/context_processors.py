"""What every page knows of the person who looks at it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from bcf.accounts.access import Ability
from plans.queries import boards_joined_by, may_anywhere


def access(request: HttpRequest) -> dict[str, object]:
    """`can_enter_admin`: whether the masthead leads to the administration.

    `own_boards`: the boards of which the person is a member.
    """
    return {
        "can_enter_admin": SimpleLazyObject(
            lambda: may_anywhere(request.user, Ability.ENTER_ADMIN)
        ),
        "own_boards": SimpleLazyObject(lambda: list(boards_joined_by(request.user))),
    }
