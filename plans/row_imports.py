"""Events of files of rows: checked and kept, then imported as a whole or not at all."""

import secrets
from collections.abc import Sequence

from django.db import transaction

from bcf.accounts.models import User
from bcf.base.bulk import save_rows
from bcf.base.outcomes import Outcome
from bcf.base.resources import Ready, RowResource
from bcf.files.reading import read_table
from plans.actions import Refused
from plans.changes import Act, change_set
from plans.choices import ChangeKind
from plans.models import ChangeSet, Plan, RowImport
from plans.scopes import Scope

Resource = type[RowResource]


class ImportRefused(Refused):
    """A file of which at least one row cannot be imported, so none was."""


class _Undone(Exception):
    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def rows_check(
    *, resource: Resource, name: str, content: bytes, by: User, plan: Plan | None = None
) -> RowImport:
    """Read a file of rows and keep it with what importing it would do; no row is changed.

    Rows belong to `plan` where the file does not say so. Raises `bcf.files.table.FileRefused`.
    """
    table = read_table(name, content)
    kept = RowImport(
        ref=secrets.token_hex(8),
        person=by,
        model=resource._meta.model._meta.label_lower,
        plan=plan,
        file_name=name[-255:],
    )
    kept.keep_file(content, table)
    kept.keep_outcome(_rows_of(resource, plan, by).check(table))
    RowImport.forget_old()
    kept.save()
    return kept


def rows_import(*, kept: RowImport, resource: Resource, by: User) -> ChangeSet:
    """Import all rows of a file that was checked, and forget the file.

    Everything is checked anew. Raises `ImportRefused` where a row cannot be imported or was
    changed since the preview: then nothing was, and the file is kept with a new preview. Raises
    another `Refused` where a plan was closed meanwhile, or the file is no longer there.
    """
    try:
        return _import(kept, resource, by)
    except _Undone as undone:
        kept.keep_outcome(_rows_of(resource, kept.plan, by).check(kept.table))
        kept.save()
        raise ImportRefused(_why(undone.outcome)) from undone


def rows_put_aside(*, kept: RowImport, by: User) -> None:
    """Forget a file without importing it."""
    RowImport.objects.filter(pk=kept.pk, person=by).delete()


def _import(kept: RowImport, resource: Resource, by: User) -> ChangeSet:
    rows = _rows_of(resource, kept.plan, by)
    rows.expected = kept.outcome.versions
    words = f"Import of {rows.model._meta.verbose_name_plural} from “{kept.file_name}”"
    with change_set(
        kind=ChangeKind.IMPORT, words=words, scope=rows.scope, model=rows.model, by=by
    ) as act:
        _claim(kept, by)
        outcome = rows.run(kept.table, lambda ready: rows_write(act, ready, rows.scope, by))
        if not outcome.may_be_imported:
            raise _Undone(outcome)
    return act.row


def _rows_of(resource: Resource, plan: Plan | None, by: User) -> RowResource:
    return resource(by, {"plan": plan} if plan and "plan" in resource.SCOPE else {})


def _claim(kept: RowImport, by: User) -> None:
    """Take the file away, so that two clicks import it once; undone with the import."""
    removed, _ = RowImport.objects.filter(pk=kept.pk, person=by).delete()
    if not removed:
        raise Refused(
            "This file was imported or put aside already. Look at the list, and choose the file "
            "again if its rows are not there."
        )


@transaction.atomic
def rows_write(act: Act, ready: Sequence[Ready], scope: Scope, by: User) -> None:
    """Save the rows, then what they are linked to; a row of which only links differ counts.

    A new row that is its own plan, or whose boards are links, is held as soon as it is there.
    """
    unknown = [each.row for each in ready if _is_unknown(each, scope)]
    act.hold([each.row for each in ready if not _is_unknown(each, scope)])
    versions = [each.row.version for each in ready]
    saved = save_rows([each.row for each in ready], by=by)
    act.added += saved.added
    act.changed += saved.changed
    for each, version in zip(ready, versions, strict=True):
        if each.links:
            act.changed += _link(act, each, is_saved=each.is_new or each.row.version != version)
    act.hold(unknown)


def _is_unknown(each: Ready, scope: Scope) -> bool:
    """Whether nothing that is stored says yet who may change the row."""
    if not each.is_new:
        return False
    plan = scope.plan_of(each.row)
    return plan.pk is None if plan else "boards" in each.links


def _link(act: Act, each: Ready, *, is_saved: bool) -> int:
    """Link the row; 1 where that alone changes it, which its version then counts."""
    if not is_saved:
        each.row.save()
    act.link(each.row, {name: [row.pk for row in rows] for name, rows in each.links.items()})
    return 0 if is_saved else 1


def _why(outcome: Outcome) -> str:
    """The refusal of an import that its preview allowed."""
    if outcome.objections:
        return f"Nothing was imported. {' '.join(outcome.objections)}"
    if not outcome.errors:
        return "Nothing was imported: the rows of the file are as they are here already."
    first = outcome.errors[0]
    several = outcome.refused > 1
    count = f"{outcome.refused:,} rows are" if several else f"Row {first.number:,} is"
    example = f" Row {first.number:,}:" if several else ""
    return (
        f"Nothing was imported: {count} refused.{example} {first.sentence} What importing would "
        "do now is shown below."
    )
