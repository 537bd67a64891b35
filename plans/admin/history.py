"""The history of each row in the admin: its versions, field by field, with the ways back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from bcf.accounts.models import User
from bcf.base.differences import Difference
from bcf.base.versions import Change, Version, folded, history_of, read_changes
from plans.admin.restore import RestorePages, value_of
from plans.models import ChangeSet
from plans.telling import Told, tell

VERSIONS_A_PAGE = 50


@dataclass(frozen=True)
class Shown:
    """One version on the page: the change that made it, and the ways back that it offers."""

    told: Told
    who: str
    act: ChangeSet | None
    restore_address: str
    fields: tuple[tuple[Difference, str], ...]


class RowHistory(RestorePages):
    """Shows the versions of a row, a removed one too, to who may read its plan's drafts."""

    object_history_template = "admin/row_history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The versions of a row, the newest first."""
        number = unquote(object_id)
        row, last = self.get_object(request, number), self.last_change(number)
        was = self.require_readable(request, row, last)
        records = history_of(self.model).filter(id=was.pk)
        page = Paginator(records, VERSIONS_A_PAGE).get_page(request.GET.get("page"))
        ids = [record.history_id for record in page.object_list]
        found = history_of(self.model).filter(history_id__in=ids)
        changes = folded(read_changes(self.model, found))
        may_restore = self.may_restore(request, row, was)
        context = {
            **self.row_context(request, row, was),
            "title": "History",
            "page_obj": page,
            "versions": self._shown(request, changes, last if may_restore else None, row),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def _shown(
        self, request: HttpRequest, changes: list[Change], last: Change | None, row: Any
    ) -> list[Shown]:
        """Versions with the ways back from `last`; where that is None, there is none."""
        told = tell(changes, to=request.user)
        people = User.objects.in_bulk([each.by_id for each in told if each.by_id])
        acts = {
            act.ref: act for act in ChangeSet.objects.filter(ref__in={each.reason for each in told})
        }
        fields = set(self.restorable_fields(request, row)) if row and last else set()
        return [
            Shown(
                told=each,
                who=str(people.get(each.by_id or 0, "Loaded from a file")),
                act=acts.get(each.reason),
                restore_address=self._way_back(change, last),
                fields=tuple(self._fields(each, change, last, fields)),
            )
            for each, change in zip(told, changes, strict=True)
        ]

    def _way_back(self, change: Change, last: Change | None) -> str:
        """Where a past version is restored, or a removed row put back; empty for what is now."""
        if last is None:
            return ""
        is_now = change.new.number == last.new.number
        is_offered = is_now if last.is_removal else not (is_now or change.is_removal)
        return self.restore_address(change.new) if is_offered else ""

    def _fields(
        self, told: Told, change: Change, last: Change | None, fields: Collection[str]
    ) -> Iterator[tuple[Difference, str]]:
        """Each field that changed, and where its old value is restored if it is another now."""
        old = None if change.is_removal else change.old
        for each in told.differences:
            way = ""
            if last and old and each.name in fields and not _is_now(each.name, old, last.new):
                way = self.restore_address(old, each.name)
            yield each, way


def _is_now(name: str, old: Version, now: Version) -> bool:
    """Whether a field says now what it said in an old version."""
    return bool(value_of(old, name) == value_of(now, name))
