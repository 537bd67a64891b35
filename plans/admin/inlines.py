"""Tables of rows on the page of the row that they belong to."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest

from bcf.base.seen import SEEN, SeenForm
from plans.admin.shown import read_only
from plans.row_forms import RowFormSet, SafeForm


class OwnedInline(admin.TabularInline):
    """A table of rows; who may change the row of the page may change them."""

    form = SafeForm
    formset = RowFormSet
    extra = 0
    show_change_link = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        owner = self.admin_site.get_model_admin(self.parent_model)
        return obj is not None and bool(owner.has_change_permission(request, obj))

    has_change_permission = has_delete_permission = has_add_permission

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return shown
        return read_only(shown, self.model, self.form)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fixed
        return (*fixed, *flatten_fieldsets(self.get_fieldsets(request, obj)))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = super().get_fields(request, obj)
        may_save = self.has_change_permission(request, obj) and issubclass(self.form, SeenForm)
        return (*shown, SEEN) if may_save and SEEN not in shown else shown
