"""Setting one field of many rows at once, and removing many: acts that can be undone."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from bcf.accounts.models import User
from bcf.base.names import complete_all
from bcf.base.safe_forms import Wording
from bcf.base.words import field_label
from plans import actions
from plans.admin.restore import RestorePages
from plans.admin.told import told
from plans.admin.value_forms import ValueForm, is_of_one_plan, left_out, value_form
from plans.row_forms import RowForm
from plans.setting import (
    CannotSet,
    Setting,
    field_set,
    field_tried,
    old_and_new,
    rows_remove,
    setting_of,
    why_not,
)

# So many rows are set in a few seconds; more are narrowed down first.
MOST_ROWS = 10_000
SHOWN = 50
NOT_AS_SEEN = (
    "The value, or what the rows are now, is no longer what you looked at. Look at what would "
    "change now."
)


class BulkEdit(RestorePages):
    """Offers to set a field of the rows that are ticked in a list.

    `bulk_fields` names the fields that are offered; None stands for all that can be typed or
    chosen in the row's own form, and an empty tuple for none. Removals are acts that can be
    undone, unless `undoes_removals` says that they cannot.
    """

    bulk_fields: ClassVar[tuple[str, ...] | None] = None
    undoes_removals: ClassVar[bool] = True

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = super().get_actions(request)
        if self.restorable and self.bulk_fields != () and self.has_change_permission(request):
            found["set_field"] = (
                type(self).set_field,
                "set_field",
                "Set a field of the selected rows",
            )
        return found

    def set_field(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """Ask for the field, then for the value; show what would change, then change it."""
        rows = complete_all(queryset[: MOST_ROWS + 1])
        if len(rows) > MOST_ROWS:
            messages.error(
                request,
                f"These are more than {MOST_ROWS:,} rows. Narrow the list down by its filters, "
                "and set the field in several steps.",
            )
            return HttpResponseRedirect(request.get_full_path())
        return SettingPage(self, request, queryset, rows).answer()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.delete_queryset(request, self.model._base_manager.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Remove rows as one act, all or none."""
        assert isinstance(request.user, User)
        rows = list(queryset)
        if self.restorable and self.undoes_removals:
            act = rows_remove(rows, scope=self.scope, by=request.user)
            if act:
                messages.success(request, told(act))
            return
        with transaction.atomic():
            self.scope.hold(rows, by=request.user)
            for row in rows:
                row.delete()


class SettingPage:
    """The page on which a field of ticked rows is set; posted to the list that they stand in."""

    def __init__(
        self, owner: BulkEdit, request: HttpRequest, queryset: QuerySet[Any], rows: list[Any]
    ) -> None:
        self.owner, self.request, self.queryset = owner, request, queryset
        self.scope = owner.scope
        self.step = request.POST.get("bulk_step", "")
        self._read(rows)
        self.field_form = FieldForm(
            request.POST if request.POST.get("bulk_field") else None, choices=self._fields()
        )

    def _read(self, rows: list[Any]) -> None:
        """Tell the rows that the person may change now; what is offered follows from them."""
        self.rows, self.editable = rows, self._editable()
        self.own = [row for row in rows if row.pk in self.editable]
        self.plans = {plan.pk: plan for row in self.own if (plan := self.scope.plan_of(row))}

    def _editable(self) -> set[Any]:
        """The numbers of the rows that the person may change now."""
        chosen = self.queryset.order_by().values("pk")
        rows = self.owner.model._default_manager.filter(pk__in=chosen)
        editable = self.scope.editable(self.request.user, rows)
        return set(editable.values_list("pk", flat=True))

    def _fields(self) -> list[tuple[str, str]]:
        """The fields that can be set in one go, by name and label."""
        if not self.own:
            return []
        fields = self._own_form(self.own[0]).fields
        offered, absent = self.owner.bulk_fields, self._absent()
        return [
            (name, field_label(self.owner.opts.get_field(name)))
            for name in self.owner.restorable_fields(self.request, self.own[0])
            if (offered is None or name in offered)
            and name in fields
            and name not in absent
            and not self.owner.opts.get_field(name).many_to_many
            and (len(self.plans) < 2 or not is_of_one_plan(fields[name]))
        ]

    def _absent(self) -> set[str]:
        """The fields of which another cycle than the first row's offers nothing."""
        form = self.owner.form
        if not issubclass(form, RowForm):
            return set()
        rows = self._one_a_cycle()[1:]
        return {name for row in rows for name in form.absent(self.scope.plan_of(row), row)}

    def _own_form(self, row: Any) -> Any:
        return self.owner.get_form(self.request, row, change=True)(instance=row)

    def answer(self) -> HttpResponse:
        if not self.field_form.is_bound or not self.field_form.is_valid():
            return self._page()
        self.field: Any = self.owner.opts.get_field(self.field_form.cleaned_data["bulk_field"])
        own = [self._own_form(row).fields[self.field.name] for row in self._one_a_cycle()]
        self.left_out = left_out(own) if len(own) > 1 else []
        form = value_form(self.field, own)(self.request.POST if self.step == "value" else None)
        if not form.is_bound or not form.is_valid():
            return self._page(form)
        setting = self._setting(form)
        if setting is None or not setting.changing:
            return self._page(form, setting)
        if not self.request.POST.get("seen"):
            return self._tried(form, setting)
        return self._set(form, setting)

    @property
    def person(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def _tried(self, form: ValueForm, setting: Setting) -> HttpResponse:
        """What would change, or why it cannot; known before anybody agrees to it."""
        try:
            field_tried(setting, scope=self.scope, by=self.person)
        except CannotSet as refused:
            return self._page(form, problems=refused.problems, more=refused.more)
        except actions.Refused as refused:
            return self._page(form, problems=[str(refused)])
        return self._again(form, [])

    def _one_a_cycle(self) -> list[Any]:
        """A row of each cycle, since each has choices of its own."""
        found: dict[Any, Any] = {}
        for row in self.own:
            plan = self.scope.plan_of(row)
            found.setdefault(plan and plan.cycle_id, row)
        return list(found.values())

    def _setting(self, form: ValueForm) -> Setting | None:
        """What the value would change; None where it is none for this field, which is said."""
        value = form.cleaned_data["value"]
        if not self.field.is_relation:
            try:
                value = self.field.to_python(value)
            except ValidationError as error:
                form.add_error("value", error)
                return None
        if value is None and not self.field.null:
            value = ""
        return setting_of(self.own, self.field, value)

    def _set(self, form: ValueForm, setting: Setting) -> HttpResponse:
        if setting.seen != self.request.POST["seen"]:
            return self._page(form, setting, problems=[NOT_AS_SEEN])
        try:
            act = field_set(setting, scope=self.scope, by=self.person)
        except CannotSet as refused:
            return self._again(form, refused.problems, refused.more)
        except actions.Refused as refused:
            return self._again(form, [str(refused)])
        messages.success(self.request, told(act))
        return HttpResponseRedirect(self.request.get_full_path())

    def _again(self, form: ValueForm, problems: list[str], more: int = 0) -> HttpResponse:
        """The page with what was refused; the rows are read anew, since they carry the value."""
        self._read(complete_all(self.queryset.all()[:MOST_ROWS]))
        return self._page(form, self._setting(form), problems=problems, more=more)

    def _left_alone(self) -> dict[str, int]:
        """How many rows the person may not change now, by the reason."""
        others = (row for row in self.rows if row.pk not in self.editable)
        return dict(Counter(why_not(self.scope, row) for row in others))

    def _page(
        self,
        form: ValueForm | None = None,
        setting: Setting | None = None,
        problems: Sequence[str] = (),
        more: int = 0,
    ) -> HttpResponse:
        shown = setting.changing[:SHOWN] if setting else ()
        across = self.request.POST.get("select_across") == "1"
        ticked = self.request.POST.getlist(ACTION_CHECKBOX_NAME)
        context = {
            **self.owner.admin_site.each_context(self.request),
            "title": "Set a field of the selected rows",
            "opts": self.owner.opts,
            "media": self.owner.media,
            "field_form": self.field_form,
            "form": form,
            "setting": setting,
            "preview": old_and_new(setting, shown, self.scope) if setting else (),
            "unshown": len(setting.changing) - len(shown) if setting else 0,
            "count": len(self.rows),
            "left_alone": self._left_alone(),
            "may_set": bool(self.own),
            "several_plans": len(self.plans) > 1,
            "left_out": getattr(self, "left_out", ()),
            "problems": problems,
            "more_problems": more,
            "across": across,
            "ticked": ticked[:1] if across else ticked,
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "back": self.request.get_full_path(),
        }
        wrong = problems or (form and form.is_bound and not form.is_valid())
        status = 400 if wrong else 200
        return TemplateResponse(self.request, "admin/set_field.html", context, status=status)


class FieldForm(Wording, forms.Form):
    """Which field is set."""

    bulk_field = forms.ChoiceField(label="Field")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["bulk_field"]
        field.choices = [("", "—"), *choices]
