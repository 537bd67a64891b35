"""PDFs are kept by their content, within the room there is, and long ones are made by a worker."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bcf.papers import jobs, keeping
from bcf.papers.jobs import ask_for, make_paper, progress_of, takes_long
from bcf.papers.keeping import keep, kept, key_of, make, trim
from bcf.papers.models import Paper

pytestmark = pytest.mark.django_db

HTML = '<html lang="en-GB"><head><title>Plan</title></head><body><p>Words</p></body></html>'
STYLE = "p { color: black }"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was made into a PDF, without making one."""
    made: list[str] = []

    def write(html: str, style: str, **given: Any) -> bytes:
        made.append(html)
        return b"%PDF-" + html.encode()

    monkeypatch.setattr(keeping, "write_pdf", write)
    monkeypatch.setattr(jobs, "write_pdf", write)
    return made


def test_the_key_is_of_content_style_and_maker(monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of(HTML, STYLE)
    assert key == key_of(HTML, STYLE)
    assert len({key, key_of(HTML + " ", STYLE), key_of(HTML, STYLE + " ")}) == 3
    monkeypatch.setattr(keeping, "MAKER", "Another program 2")
    assert key_of(HTML, STYLE) != key


def test_what_was_made_is_not_made_again(written: list[str]) -> None:
    first = make(HTML, STYLE)
    with CaptureQueriesContext(connection) as queries:
        assert make(HTML, STYLE) == first
    assert len(queries) == 1
    assert make(HTML + "more", STYLE) != first
    assert written == [HTML, HTML + "more"]


def test_the_day_of_its_last_use_is_noted_once(written: list[str]) -> None:
    make(HTML, STYLE)
    Paper.objects.update(used_on=timezone.localdate() - timedelta(days=3))
    assert kept(key_of(HTML, STYLE))
    assert Paper.objects.get().used_on == timezone.localdate()
    with CaptureQueriesContext(connection) as queries:
        assert kept(key_of(HTML, STYLE))
    assert len(queries) == 1


def test_what_was_used_longest_ago_goes_first(settings: Any) -> None:
    settings.PAPERS_BYTES = 100
    today = timezone.localdate()
    for age, key in ((2, "oldest"), (1, "middle"), (0, "newest")):
        keep(key, b"x" * 40)
        Paper.objects.filter(key=key).update(used_on=today - timedelta(days=age))
    trim()
    assert set(Paper.objects.values_list("key", flat=True)) == {"newest", "middle"}
    keep("another", b"y" * 70)
    assert set(Paper.objects.values_list("key", flat=True)) == {"another"}
    assert kept("another") == b"y" * 70


def test_what_was_asked_for_and_never_made_is_forgotten(written: list[str]) -> None:
    ask_for(HTML, STYLE)
    Paper.objects.update(asked_at=timezone.now() - timedelta(days=2))
    keep("another", b"x")
    assert list(Paper.objects.values_list("key", flat=True)) == ["another"]


def test_long_content_takes_long(settings: Any) -> None:
    settings.PAPERS_WAIT_SECONDS = 20
    assert not takes_long("x" * 10_000)
    assert takes_long("x" * (jobs.BYTES_A_SECOND * 20 + 1))


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_it_and_it_is_kept() -> None:
    asked = ask_for(HTML, STYLE)
    assert (asked.is_made, asked.is_begun) == (False, False)
    assert kept(key_of(HTML, STYLE)) is None
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0, reload=False)
    content = kept(key_of(HTML, STYLE))
    assert content
    assert content.startswith(b"%PDF-")
    paper = Paper.objects.get()
    assert (paper.html, paper.style, paper.size) == ("", "", len(content))
    found = progress_of(HTML, STYLE)
    assert found
    assert found.is_made
    assert found.is_over


@pytest.mark.django_db(transaction=True)
def test_it_is_asked_for_once_however_often_a_page_looks(written: list[str]) -> None:
    for _ in range(3):
        ask_for(HTML, STYLE)
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0, reload=False)
    assert written == [HTML]
    assert ask_for(HTML, STYLE).is_made


def test_the_page_reached_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    ask_for(HTML, STYLE)
    seen = []

    def write(html: str, style: str, *, reached: Any) -> bytes:
        for page in (1, 2, 3):
            reached(page)
            found = progress_of(HTML, STYLE)
            assert found
            assert found.is_begun
            seen.append(found.page)
        return b"%PDF-"

    monkeypatch.setattr(jobs, "write_pdf", write)
    monkeypatch.setattr(jobs, "OFTEN", 0.0)
    make_paper.call(key_of(HTML, STYLE))
    assert seen == [1, 2, 3]


def test_a_failure_is_said_and_may_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: Any, **more: Any) -> bytes:
        raise RuntimeError("no fonts")

    ask_for(HTML, STYLE)
    monkeypatch.setattr(jobs, "write_pdf", fail)
    with pytest.raises(RuntimeError):
        make_paper.call(key_of(HTML, STYLE))
    found = progress_of(HTML, STYLE)
    assert found
    assert "could not be made" in found.failure
    assert found.is_over
    again = ask_for(HTML, STYLE)
    assert not again.failure
    assert Paper.objects.get().html == HTML


def test_a_silent_worker_is_noticed_and_the_paper_asked_for_anew() -> None:
    ask_for(HTML, STYLE)
    Paper.objects.update(heard_at=timezone.now() - timedelta(minutes=10), page=7)
    found = progress_of(HTML, STYLE)
    assert found
    assert found.is_silent
    again = ask_for(HTML, STYLE)
    assert not again.is_begun
    assert again.page == 0


def test_a_job_that_no_worker_begins_is_late() -> None:
    assert not ask_for(HTML, STYLE).is_late
    Paper.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert ask_for(HTML, STYLE).is_late


def test_a_job_whose_paper_is_gone_or_made_does_nothing(written: list[str]) -> None:
    make_paper.call("missing")
    make(HTML, STYLE)
    make_paper.call(key_of(HTML, STYLE))
    assert written == [HTML]
