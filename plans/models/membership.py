"""Who belongs to which board, and as what."""

from django.conf import settings
from django.db import models

from bcf.accounts.access import Role
from bcf.base.models import Versioned
from plans.models.organisations import Board


class Membership(Versioned):
    """A person's role on one board."""

    FIXED = ("user_id", "board_id")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        ordering = ("board__name", "user__username")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "board"),
                name="membership_once",
                violation_error_message=(
                    "This person is a member of this board already. Change the role there."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.role} of {self.board}"
