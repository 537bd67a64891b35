"""A file of rows between its preview and its import."""

import datetime
import hashlib
import json
import zlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from bcf.base.outcomes import Outcome
from bcf.files.table import Table, TableRow
from plans.models.plan import Plan

KEPT_FOR = datetime.timedelta(days=1)


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode())


def _unpacked(packed: Any) -> Any:
    return json.loads(zlib.decompress(bytes(packed)))


class RowImport(models.Model):
    """What a person uploaded, as it was read, and what importing it would do.

    It is kept here because each page may be served by another process, and goes away when it is
    imported or put aside, or after a day. What was imported is told by its `ChangeSet`.
    """

    ref = models.SlugField(max_length=20, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="row_imports"
    )
    model = models.CharField("kind of row", max_length=60)
    plan = models.ForeignKey(
        Plan,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        help_text="To which rows belong where the file does not say so.",
    )
    file_name = models.CharField("file", max_length=255)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField("uploaded at", auto_now_add=True)
    checked_at = models.DateTimeField(auto_now=True)
    packed_table = models.BinaryField()
    packed_outcome = models.BinaryField()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.file_name

    @classmethod
    def forget_old(cls) -> None:
        """Remove those that nobody came back to within a day."""
        cls.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()

    def keep_file(self, content: bytes, table: Table) -> None:
        """Keep what was uploaded: its size and digest, and its rows as they were read."""
        self.size, self.sha256 = len(content), hashlib.sha256(content).hexdigest()
        self.packed_table = _packed([table.columns, table.rows])

    @property
    def table(self) -> Table:
        columns, rows = _unpacked(self.packed_table)
        found = tuple(TableRow(number, tuple(cells)) for number, cells in rows)
        return Table(tuple(columns), found)

    @property
    def outcome(self) -> Outcome:
        """What importing would do, as it was when the file was last checked."""
        return Outcome.from_json(_unpacked(self.packed_outcome))

    def keep_outcome(self, outcome: Outcome) -> None:
        self.packed_outcome = _packed(outcome.as_json())
