"""What others did to the rows of a grid between showing it and saving it."""

from typing import Any

from django.utils import timezone

from plans.grids.sheet import Cells, GridRow, Posted, Sheet


class Meanwhile:
    """Holds what was posted against what is stored now."""

    def __init__(self, sheet: Sheet, posted: Posted, stored: dict[int, Any]) -> None:
        self._sheet, self._posted, self._stored = sheet, posted, stored

    def refuse(self) -> None:
        """Refuse the rows that the person and somebody else have changed, or that are gone.

        A refused row takes what the other changed in the cells that the person left alone, and
        keeps the person's own cells; saved again, it replaces what the other wrote there.
        """
        for row in self._posted.rows.values():
            touched = self._posted.touched(row)
            if row.number is None or not (touched or row.is_removed):
                continue
            if row.number not in self._stored:
                self._of_missing(row)
            else:
                self._of_changed(row, touched)

    def _of_missing(self, row: GridRow) -> None:
        if row.is_removed:
            return
        did = self._did(row.number, "removed", history_type="-")
        row.refuse(
            "",
            f"{did} What you typed is still here as a new row: save again to add it, or tick "
            "“Remove”.",
        )
        row.number, row.token, row.is_kept = None, "", True

    def _of_changed(self, row: GridRow, touched: set[str]) -> None:
        assert row.number is not None
        now = self._sheet.cells_of(self._stored[row.number])
        shown = GridRow(now, number=row.number, token=row.token)
        theirs = self._posted.touched(shown)
        # The same words from both are no difference.
        theirs = {name for name in theirs if row.cells.get(name) != now[name]}
        if theirs:
            row.is_conflict = row.is_kept = True
            row.refuse("", self._sentence(row, now, theirs, touched))
        row.cells = {
            name: row.cells[name] if name in touched else text for name, text in now.items()
        }
        row.token = self._sheet.token(row.number, now)

    def _sentence(self, row: GridRow, now: Cells, theirs: set[str], touched: set[str]) -> str:
        changes = []
        for column in self._sheet.columns:
            if column.name in theirs:
                mine = row.cells.get(column.name, "") or "empty"
                yours = f" (yours: {mine})" if column.name in touched else " (put into your row)"
                changes.append(f"{column.label}: {now[column.name] or 'empty'}{yours}")
        what = (
            "It is still ticked: save again to remove it, or take off the tick."
            if row.is_removed
            else "What you typed is still here: save again to put it in place of theirs."
        )
        did = self._did(row.number, "changed")
        return f"{did} It now has {'; '.join(changes)}. {what}"

    def _did(self, number: int | None, what: str, **records: str) -> str:
        """Who changed or removed a row of this plan last, and when, as a sentence."""
        model: Any = self._sheet.model
        history = model.history.filter(id=number, plan=self._sheet.plan, **records)
        last = history.select_related("history_user").order_by("-history_date", "-pk").first()
        if last is None:
            return f"Somebody {what} this row after you had opened the table."
        at = timezone.localtime(last.history_date)
        who = last.history_user or "Somebody"
        when = f"{at.day} {at:%B %Y at %H:%M}"
        return f"{who} {what} this row on {when}, after you had opened the table."
