"""People, for administrators."""

from typing import Any

from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as StockUserChangeForm
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

from bcf.accounts.models import User
from bcf.base.safe_forms import Wording


class UserCreationForm(Wording, AdminUserCreationForm):
    error_messages = {
        "password_mismatch": "Password confirmation: it differs from the password. "
        "Type both again.",
    }

    class Meta:
        model = User
        fields = ("username", "name", "email")


class UserChangeForm(Wording, StockUserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


class PasswordForm(Wording, AdminPasswordChangeForm):
    error_messages = UserCreationForm.error_messages


class UserAdmin(StockUserAdmin):
    """People who sign in. Only administrators come here."""

    add_form = UserCreationForm
    form = UserChangeForm
    change_password_form = PasswordForm
    list_display = ("username", "name", "email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("username", "name", "email")
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email")}),
        ("What this person may do", {"fields": ("is_active", "is_superuser")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "username",
                    "name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        people = super().get_queryset(request)
        return people if request.user.is_superuser else people.none()

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        raise Http404(f"No {opts.verbose_name} of this number was found.")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)
