"""Long PDFs are made by a worker, which says how far it has come."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from bcf.files.pdf import write_pdf
from bcf.papers.keeping import keep, key_of
from bcf.papers.models import Paper

if django.VERSION >= (6, 0):  # Django has tasks of its own from then on
    from django.tasks import task
else:
    from django_tasks import task  # type: ignore[no-redef,unused-ignore]

logger = logging.getLogger(__name__)

# How much HTML is made into a PDF in a second, measured with `make bench` on two slow cores.
BYTES_A_SECOND = 25_000
# A worker that says nothing for so long has ended; the paper is asked for anew.
SILENT = timedelta(minutes=5)
LATE = timedelta(seconds=30)
# Progress is written no more often than that, in seconds.
OFTEN = 1.0
FAILED = "The PDF could not be made. The person who runs this service finds the reason in its log."


@dataclass(frozen=True)
class Progress:
    """How far a paper has come: waiting, being made (up to which page), made, or failed."""

    is_made: bool
    is_begun: bool
    page: int
    failure: str
    waiting: timedelta
    is_silent: bool

    @property
    def is_over(self) -> bool:
        return self.is_made or bool(self.failure)

    @property
    def is_late(self) -> bool:
        """Whether no worker has begun it after so long that none may be running."""
        return not self.is_begun and not self.is_over and self.waiting > LATE


def takes_long(html: str) -> bool:
    """Whether a PDF of this takes longer to make than a person should wait for an answer."""
    return len(html) / BYTES_A_SECOND > settings.PAPERS_WAIT_SECONDS


def ask_for(html: str, style: str) -> Progress:
    """Have a worker make this, unless one is at it or it is made already; say how far it is."""
    key = key_of(html, style)
    with transaction.atomic():
        paper, is_new = Paper.objects.select_for_update().get_or_create(
            key=key, defaults={"html": html, "style": style}
        )
        if not is_new and _is_abandoned(paper):
            paper.html, paper.style, paper.failure = html, style, ""
            paper.asked_at, paper.heard_at, paper.page = timezone.now(), None, 0
            paper.save()
            is_new = True
        if is_new:
            transaction.on_commit(lambda: make_paper.enqueue(key))
    return _progress(paper)


def progress_of(html: str, style: str) -> Progress | None:
    """How far the paper of this content has come; None where nobody asked for it."""
    paper = Paper.objects.filter(key=key_of(html, style)).first()
    return _progress(paper) if paper else None


def _progress(paper: Paper) -> Progress:
    return Progress(
        is_made=paper.is_made,
        is_begun=paper.heard_at is not None,
        page=paper.page,
        failure=paper.failure,
        waiting=timezone.now() - paper.asked_at,
        is_silent=_is_silent(paper),
    )


def _is_abandoned(paper: Paper) -> bool:
    """Whether nobody works on it any more: it failed, or its worker has long been silent."""
    return not paper.is_made and (bool(paper.failure) or _is_silent(paper))


def _is_silent(paper: Paper) -> bool:
    """Whether a worker began it and has said nothing for long."""
    return paper.heard_at is not None and timezone.now() - paper.heard_at > SILENT


@task()
def make_paper(key: str) -> None:
    """Make the paper of this key and keep it; a worker runs this."""
    paper = Paper.objects.filter(key=key, content__isnull=True).exclude(html="").first()
    if paper is None:
        return
    _note(key, 0)
    try:
        content = write_pdf(paper.html, paper.style, reached=_Notes(key))
    except Exception:
        Paper.objects.filter(key=key).update(failure=FAILED)
        logger.exception("The paper %s could not be made.", key)
        raise
    keep(key, content)
    call_command("prune_db_task_results", min_age_days=1, verbosity=0)


class _Notes:
    """Writes down the page reached, now and then."""

    def __init__(self, key: str) -> None:
        self.key, self.last = key, 0.0

    def __call__(self, page: int) -> None:
        if time.monotonic() - self.last >= OFTEN:
            self.last = time.monotonic()
            _note(self.key, page)


def _note(key: str, page: int) -> None:
    noted: dict[str, Any] = {"page": page, "heard_at": timezone.now()}
    Paper.objects.filter(key=key).update(**noted)
