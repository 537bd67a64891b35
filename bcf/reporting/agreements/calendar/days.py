"""Days of a board's agreements for a calendar: ends, notice, reviews."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Max, QuerySet
from django.urls import reverse

from bcf.assurance.checks.naming import counted, joined
from bcf.assurance.checks.reading import agreement_row, agreements_wanted
from bcf.assurance.checks.record import AgreementRow
from bcf.assurance.checks.terms import term_of
from bcf.assurance.checks.together import read_together
from bcf.files.ical import MarkedDay
from bcf.periods import PartialDate
from governance.models import Agreement
from governance.queries import agreements_visible_to
from plans.models import Board
from plans.queries import Somebody

# How many days before each day a calendar program reminds of it.
REMINDERS = (90, 30)


@dataclass(frozen=True)
class Changed:
    """When an agreement last changed, and how often it did."""

    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    version: int = 0


@dataclass(frozen=True)
class AgreedDay:
    """A day of an agreement: `what` names it, and stays; `words` say what is entered of it."""

    row: AgreementRow
    what: str
    title: str
    day: date
    words: str


def read_agreements(
    user: Somebody, board: Board
) -> tuple[list[AgreementRow], Mapping[str, Changed]]:
    """A board's agreements that the reader may see, and when each last changed; two queries."""
    own = Agreement.objects.filter(boards=board).values("pk")
    rows = agreements_visible_to(user).filter(pk__in=own)
    found = read_together({"agreements": agreements_wanted(rows)})["agreements"]
    return list(map(agreement_row, found)), _changes(rows)


def _changes(rows: QuerySet[Agreement]) -> dict[str, Changed]:
    records = Agreement.history.filter(id__in=rows.values("pk")).order_by()
    last = records.values("slug").annotate(at=Max("history_date"), version=Max("version"))
    return {each["slug"]: Changed(each["at"], each["version"]) for each in last}


def days_of(agreements: Iterable[AgreementRow]) -> list[AgreedDay]:
    """What has to be done by which day, and what happened, in the order of the days.

    A schedule that ends with the agreement above it has no end of its own here: that one's tells.
    """
    every = list(agreements)
    others = {each.ref: each for each in every}
    days = (day for each in every for day in _days(each, others))
    return sorted(days, key=lambda day: (day.day, day.row.ref, day.what))


def _days(row: AgreementRow, others: Mapping[str, AgreementRow]) -> Iterator[AgreedDay]:
    if row.ends:
        yield _day(row, "end", "Ends", row.ends, _ending_along(row, others.values()))
        term = term_of(row, others)
        if term.notice_by and not row.notice:
            words = f"{counted(term.notice_months or 0, 'month')} before it ends, {row.ends.label}."
            yield AgreedDay(row, "notice-by", "Last day for notice", term.notice_by, words)
    if row.notice:
        yield _day(row, "notice", "Notice given", row.notice)
    if row.review:
        yield _day(row, "review", "Review due", row.review)


def _day(
    row: AgreementRow, what: str, title: str, stated: PartialDate, more: str = ""
) -> AgreedDay:
    return AgreedDay(row, what, title, stated.last_day, f"As entered: {stated.label}.{more}")


def _ending_along(row: AgreementRow, others: Iterable[AgreementRow]) -> str:
    names = [
        each.name
        for each in others
        if each.parent == row.ref and not each.ends and not each.is_open_ended
    ]
    return f"\nWith it: {joined(names)}." if names else ""


def marked(
    days: Iterable[AgreedDay], changed: Mapping[str, Changed], board: Board, site: str
) -> list[MarkedDay]:
    """The same for a calendar program; `site` is where the product is, `https://bcf.example.org`.

    Their names hold nothing of that place, so that they stay when it moves.
    """
    return [
        MarkedDay(
            name=f"{each.row.ref}-{each.what}@better-care-fund-agreements",
            day=each.day,
            title=f"{each.title}: {each.row.name}",
            words=f"{each.words}\n{board.name}",
            address=site + reverse("agreement", args=[each.row.ref]),
            changed=changed.get(each.row.ref, Changed()).at,
            version=changed.get(each.row.ref, Changed()).version,
            reminders=REMINDERS,
        )
        for each in days
    ]
