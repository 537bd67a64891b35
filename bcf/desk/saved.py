"""Saved filters: each person's own, made on a list, renamed and removed here."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from bcf.accounts.access import Ability
from bcf.accounts.models import SavedFilter
from bcf.base.safe_forms import Wording
from plans.admin.columns import rows_in_words, shortened
from plans.admin.scoped import SafeAdmin, person
from plans.admin.value_filters import value_filter
from plans.queries import may_anywhere


def address_of(saved: SavedFilter) -> str:
    """The list with the filter."""
    opts = apps.get_model(saved.list)._meta
    path = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    return f"{path}?{saved.query}"


class SavedFilterForm(Wording, forms.ModelForm):
    """A name for the filter of a list; list and filter come from the list's page."""

    refusal = ""
    owner: Any = None
    lists: frozenset[str] = frozenset()

    class Meta:
        model = SavedFilter
        fields = ("name", "list", "query")
        widgets = {"list": forms.HiddenInput, "query": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.user = self.owner

    def clean_list(self) -> str:
        label = str(self.cleaned_data["list"])
        if label not in self.lists:
            raise ValidationError("There is no such list. Save the filter on the list’s own page.")
        return label

    def clean_query(self) -> str:
        """The filter as an address holds it, whatever was sent."""
        return urlencode(parse_qsl(self.cleaned_data["query"].replace("\0", "")))

    def _get_validation_exclusions(self) -> set[str]:
        # The person is no field of the form, and a name is theirs once a list.
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"user"}


class SavedFilterAdmin(SafeAdmin):
    """The person's own saved filters; nobody sees another's."""

    form: Any = SavedFilterForm
    is_added_elsewhere = True
    list_display = ("name", "of_list", "what", "apply")
    list_display_links = ("name",)
    list_filter = (value_filter("list", words=rows_in_words),)
    search_fields = ("name",)
    search_help_text = "Words of the name"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[SavedFilter]:
        return super().get_queryset(request).filter(user=person(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        own = obj is None or obj.user_id == request.user.pk
        return own and may_anywhere(request.user, Ability.ENTER_ADMIN)

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.owner = person(request)
        form.lists = frozenset(
            model._meta.label_lower
            for model, model_admin in self.admin_site._registry.items()
            if model_admin.has_view_permission(request)
        )
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("name",) if obj else ("name", "list", "query")

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Made on the page of a list alone, which knows what there is to save."""
        if request.method != "POST":
            messages.info(request, "Open a list, narrow it by its filters, and save it there.")
            return HttpResponseRedirect(reverse("admin:index"))
        return super().add_view(request, *args, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        extra = {**(extra_context or {}), "has_add_permission": False}
        return super().changelist_view(request, extra)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        messages.success(request, f"The filter is saved as “{obj.name}”.")
        return HttpResponseRedirect(address_of(obj))

    @admin.display(description="list", ordering="list")
    def of_list(self, saved: SavedFilter) -> str:
        return rows_in_words(saved.list)

    @admin.display(description="filter")
    def what(self, saved: SavedFilter) -> str:
        return shortened("; ".join(f"{name}: {value}" for name, value in parse_qsl(saved.query)))

    @admin.display(description="")
    def apply(self, saved: SavedFilter) -> str:
        return format_html('<a href="{}">Open the list</a>', address_of(saved))
