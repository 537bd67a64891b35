"""The head of an agreement's page: how it stands on a day, its terms, and what may be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from bcf.assurance.agreements.accounts import account_of, years_with_account
from bcf.assurance.agreements.standing import Standing, State
from bcf.assurance.agreements.sums import of_all_parties, years_of
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.figures import NOT_STATED
from bcf.base.typedfields import DateField
from bcf.periods import FinancialYear
from bcf.reporting.agreements.agreement_reading import AgreementRead
from bcf.reporting.agreements.agreement_telling import joined_names
from bcf.reporting.dashboards.panels import Card
from bcf.ui.templatetags.ui import british_date
from governance.choices import AgreementKind, Arrangement, ClientGroup, ValueMeasure

COLOURS = {
    State.COMING: "blue",
    State.IN_FORCE: "green",
    State.ENDED: "grey",
    State.SUPERSEDED: "grey",
    State.UNKNOWN: "yellow",
}
ABSENT = "Not stated"


class AsAtForm(forms.Form):
    """The day whose terms are shown."""

    as_at = DateField(
        label="Terms as agreed on",
        required=False,
        help_text="A day, such as 31/3/2018. Leave it empty for today.",
    )


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the year that is divided, and the day whose terms are shown."""

    year: str = ""
    as_at: date | None = None

    @property
    def query(self) -> str:
        """What follows the address of another view of the agreement."""
        asked = {"year": self.year, "as_at": self.as_at.isoformat() if self.as_at else ""}
        named = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(named)}" if named else ""


@dataclass(frozen=True)
class Fact:
    """One line of the head: what, its words, a remark to them, and where they lead."""

    label: str
    words: str
    note: str = ""
    address: str = ""


def facts_of(read: AgreementRead, agreement: Agreement, standing: Standing) -> tuple[Fact, ...]:
    """The terms of the day with what else names the agreement."""
    return (
        Fact("Kind", _kind(agreement)),
        *_above(read),
        Fact("State", *_state(read, standing)),
        Fact("Boards", joined_names(agreement.boards)),
        Fact("Parties", joined_names(agreement.parties) or ABSENT),
        Fact("Host", agreement.host.label if agreement.host != NOT_STATED else ABSENT),
        Fact("Pooled fund manager", agreement.fund_manager or ABSENT),
        Fact("Arrangement", _label(Arrangement, agreement.arrangement)),
        Fact("For whom", _label(ClientGroup, agreement.client_group)),
        Fact("Term", *_term(agreement, standing)),
        Fact("Time left", _left(standing)),
        Fact("Notice", _notice(agreement, standing)),
        Fact("Review due", agreement.review.label if agreement.review else ABSENT),
        Fact("Purpose", agreement.says.get("purpose") or ABSENT),
        *(
            [Fact("Also called", "\n".join(agreement.other_titles))]
            if agreement.other_titles
            else []
        ),
    )


def _kind(agreement: Agreement) -> str:
    under = "under section 75" if agreement.is_section_75 else "not under section 75"
    return f"{AgreementKind(agreement.kind).label}, {under}"


def _above(read: AgreementRead) -> Iterable[Fact]:
    """What it is a schedule of, where the reader may know of that."""
    if read.above:
        above = read.above[0]
        yield Fact("Schedule of", above.title, address=reverse("agreement", args=[above.slug]))


def _state(read: AgreementRead, standing: Standing) -> tuple[str, str, str]:
    """The state in words, a remark, and the address of what took its place."""
    after = standing.successor
    if standing.state is State.SUPERSEDED:
        if after.key in read.known:
            return f"Superseded by {after.label}", "", reverse("agreement", args=[after.key])
        return "Superseded by another agreement", "", ""
    if standing.state is State.UNKNOWN:
        return standing.state, "Its dates do not tell: enter when it starts and when it ends.", ""
    return standing.state, "", ""


def _label(choices: type[Arrangement] | type[ClientGroup], key: str) -> str:
    return str(choices(key).label) if key else ABSENT


def _term(agreement: Agreement, standing: Standing) -> tuple[str, str]:
    term = standing.term
    start = term.starts.label if term.starts else "start not stated"
    note = "As of the agreement that it is a schedule of, where its own dates are not stated."
    words = f"In words: {agreement.term_in_words}." if agreement.term_in_words else ""
    said = f"{words} {note if standing.is_term_above else ''}".strip()
    if not term.starts and not term.is_end_known:
        return ABSENT, said
    if term.is_open_ended:
        return f"{start}, with no end", said
    return f"{start} to {term.ends.label}" if term.ends else f"{start}, end not stated", said


def _left(standing: Standing) -> str:
    if standing.term.is_open_ended:
        return "It has no end."
    left = standing.days_left
    if left is None:
        return ABSENT
    if left < 0:
        return f"It ended {_days(-left)} ago."
    return f"{_days(left)} left." if left else "It ends on this day."


def _days(number: int) -> str:
    return f"{number:,} day{'' if number == 1 else 's'}"


def _notice(agreement: Agreement, standing: Standing) -> str:
    parts = []
    if agreement.notice_months is not None:
        months = agreement.notice_months
        parts.append(f"{months} month{'' if months == 1 else 's'}")
    if standing.notice_by:
        parts.append(f"to be given by {british_date(standing.notice_by)}")
    if agreement.notice:
        parts.append(f"given {agreement.notice.label}")
    return "; ".join(parts) or ABSENT


def cards_of(agreement: Agreement) -> tuple[Card, ...]:
    """The figures that are looked for first: the pool, what was spent, what is left."""
    pools = years_of(agreement, ValueMeasure.POOLED_FUND)
    dated = [year for year in pools if isinstance(year, FinancialYear)]
    year = dated[-1] if dated else pools[-1] if pools else None
    pool = of_all_parties(agreement, ValueMeasure.POOLED_FUND, year) if year else None
    every = (account_of(agreement, each) for each in years_with_account(agreement))
    accounts = [each for each in every if not each.is_empty]
    last = accounts[-1] if accounts else None
    spent, result = (last.spent, last.result) if last else (None, None)
    of_year = last.year.label if last else "no year is stated"
    return (
        Card(
            "Pooled fund",
            pool.rounded(2) if pool else None,
            year.label if year else "no year is stated",
            "#agreed",
            "money",
        ),
        Card("Spent", spent.rounded(2) if spent else None, of_year, "#account", "money"),
        Card(
            "Surplus or deficit",
            result.rounded(2) if result else None,
            of_year,
            "#division",
            "money",
        ),
    )
