"""What the forms of agreements, programmes and rows of boards offer to a person."""

from collections.abc import Callable
from typing import Any

from django.db import models

from bcf.accounts.access import Ability
from governance.models import ProgrammeNetwork
from governance.queries import agreements_editable_by, programmes_editable_by
from plans.admin.scoped import ScopedAdmin
from plans.queries import Somebody, boards_where, plans_editable_by, plans_visible_to
from schemes.models import Scheme


def _networks(user: Somebody) -> models.QuerySet[ProgrammeNetwork]:
    rows = ProgrammeNetwork.objects.select_related("programme")
    return rows.filter(programme__in=programmes_editable_by(user).values("pk"))


def _schemes(user: Somebody) -> models.QuerySet[Scheme]:
    return Scheme.objects.filter(plan__in=plans_visible_to(user).values("pk"))


# What a foreign key of a form offers to a person; others are free to choose.
OFFERED: dict[str, Callable[[Somebody], models.QuerySet[Any]]] = {
    "plan": plans_editable_by,
    "board": lambda user: boards_where(user, Ability.EDIT_DRAFT),
    "agreement": agreements_editable_by,
    "programme": programmes_editable_by,
    "network": _networks,
    "scheme": _schemes,
}


class OfferedAdmin(ScopedAdmin):
    """Rows whose form offers what the person may change, or read where that is enough."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in OFFERED:
            kwargs["queryset"] = OFFERED[db_field.name](request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
