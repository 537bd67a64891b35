"""Keeping PDFs: the key of a content, what is kept under it, and how much at most.

The web processes keep nothing of their own; all of them, and the workers, share one table.
"""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bcf.files.pdf import MAKER, write_pdf
from bcf.papers.models import Paper

# What was asked for and never made is forgotten after that.
FORGOTTEN = timedelta(days=1)


def key_of(html: str, style: str) -> str:
    """The key under which the PDF of this content is kept."""
    parts = (MAKER, style, html)
    return sha256("\0".join(parts).encode()).hexdigest()


def kept(key: str) -> bytes | None:
    """The PDF of this key; None where none is kept. Its last use is noted once a day."""
    found = Paper.objects.filter(key=key, content__isnull=False).first()
    if found is None or found.content is None:
        return None
    today = timezone.localdate()
    if found.used_on != today:
        Paper.objects.filter(pk=found.pk).update(used_on=today)
    return bytes(found.content)


def make(html: str, style: str) -> bytes:
    """The PDF of this content: the one that is kept, else made now and kept."""
    key = key_of(html, style)
    content = kept(key)
    if content is None:
        content = write_pdf(html, style)
        keep(key, content)
    return content


@transaction.atomic
def keep(key: str, content: bytes) -> None:
    """Keep a PDF under its key, and make room for it."""
    made = {"content": content, "size": len(content), "html": "", "style": "", "failure": ""}
    Paper.objects.update_or_create(
        key=key, defaults={**made, "used_on": timezone.localdate(), "heard_at": timezone.now()}
    )
    trim()


def trim() -> None:
    """Forget what was never made, and the PDFs used longest ago beyond the room there is."""
    Paper.objects.filter(content__isnull=True, asked_at__lt=timezone.now() - FORGOTTEN).delete()
    room = settings.PAPERS_BYTES
    newest = Paper.objects.filter(content__isnull=False).order_by("-used_on", "-heard_at", "-pk")
    gone = []
    for number, size in newest.values_list("pk", "size"):
        room -= size
        if room < 0:
            gone.append(number)
    if gone:
        Paper.objects.filter(pk__in=gone).delete()
