"""The admin of what happened to agreements: looked at by who may read them, changed by nobody."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from bcf.money import format_pounds
from governance.choices import Arrangement
from governance.models import AgreementEvent
from governance.queries import agreement_rows_visible_to, agreements_visible_to
from governance.rules import Terms
from plans.admin.columns import date_column, moment_column, plan_column, text_column
from plans.admin.events import ViewOnlyAdmin
from plans.admin.filters import BoardFilter
from plans.admin.value_filters import related_filter, value_filter
from plans.models import Organisation


class AgreementEventAdmin(ViewOnlyAdmin):
    """What happened to agreements: varied, extended, ended, superseded, and what was taken back."""

    plan_path = "agreement__plan"
    board_path = "agreement__boards"
    list_display = (
        "action",
        "agreement",
        date_column("effective", "takes effect on"),
        moment_column("at", "when"),
        "actor_name",
        text_column("reason", "reason"),
        plan_column("agreement__plan"),
    )
    list_select_related: ClassVar[Any] = ("agreement__plan",)
    list_filter = (
        BoardFilter,
        related_filter("agreement"),
        value_filter("action", "what happened"),
        value_filter("actor_name", "by"),
    )
    search_fields = ("reason", "actor_name", "agreement__title")
    search_help_text = "Words of the reason, of who acted, or of the agreement"
    fields = (
        "agreement",
        "action",
        "effective",
        "deed_date",
        "reason",
        "successor",
        "before_in_words",
        "after_in_words",
        "at",
        "actor_name",
        "withdraws",
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[AgreementEvent]:
        rows = super().get_queryset(request).select_related("agreement__plan")
        return agreement_rows_visible_to(request.user, rows)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without the agreement that superseded it, where the person may not know of that one."""
        fields = super().get_fields(request, obj)
        other = obj and obj.successor_id
        if other and not agreements_visible_to(request.user).filter(pk=other).exists():
            return [name for name in fields if name != "successor"]
        return fields

    @admin.display(description="terms before")
    def before_in_words(self, event: AgreementEvent) -> str:
        return terms_in_words(event.terms_before)

    @admin.display(description="terms after")
    def after_in_words(self, event: AgreementEvent) -> str:
        return terms_in_words(event.terms_after)


def terms_in_words(terms: Terms) -> str:
    """`Ends: March 2021; arrangement: Pooled fund; parties: …; pooled fund 2017–18: £1,000`."""
    names = dict(Organisation.objects.filter(key__in=terms.parties).values_list("key", "name"))
    arrangement = Arrangement(terms.arrangement).label if terms.arrangement else "not stated"
    parties = ", ".join(names.get(key, key) for key in terms.parties) or "not stated"
    pooled = [
        f"pooled fund {year.label}: {format_pounds(amount)}"
        for year, amount in sorted(terms.pooled.items())
    ]
    return "; ".join(
        (f"Ends: {terms.end_label}", f"arrangement: {arrangement}", f"parties: {parties}", *pooled)
    )
