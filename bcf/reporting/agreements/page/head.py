"""The head of an agreement's page: how it stands on a day, its terms, and what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from bcf.assurance.agreements.accounts import account_of, years_with_account
from bcf.assurance.agreements.positions import Position, State
from bcf.assurance.agreements.sums import of_all_parties, years_of
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.base.words import date_in_words
from bcf.periods import FinancialYear
from bcf.reporting.agreements.days import DayField
from bcf.reporting.agreements.register.words import (
    names_of,
    notice_of,
    state_of,
    term_note,
    term_of,
)
from bcf.reporting.dashboards.panels import Card
from governance.choices import AgreementKind, Arrangement, ClientGroup, ValueMeasure
from plans.successions import Successions

NOT_STARTED = ("Not started", "blue")
ABSENT = "Not stated"


class AsAtForm(forms.Form):
    """The day whose terms are shown."""

    as_at = DayField("Terms as agreed on", "A day, such as 31/3/2018. Leave it empty for today.")


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


def shown_state(position: Position) -> tuple[str, str]:
    """How the agreement stands on the day, and the colour of the tag that says so."""
    return NOT_STARTED if position.is_later else state_of(position)


def facts_of(
    position: Position, above: Sequence[Position], organisations: Successions
) -> tuple[Fact, ...]:
    """The terms of the day with what else names the agreement.

    `above` are those of which it is a schedule, the nearest first. `organisations` says what its
    parties became.
    """
    it = position.agreement
    return (
        Fact("Kind", _kind(it)),
        *(_linked("Schedule of", Choice(each.slug, each.title)) for each in _nearest(above)),
        _state(position),
        Fact("Boards", names_of(it.boards) or ABSENT),
        Fact("Parties", names_of(it.parties) or ABSENT, _became(position, organisations)),
        Fact("Host", it.host.label if it.host != NOT_STATED else ABSENT),
        Fact("Pooled fund manager", it.fund_manager or ABSENT),
        Fact("Arrangement", Arrangement(it.arrangement).label if it.arrangement else ABSENT),
        Fact("For whom", ClientGroup(it.client_group).label if it.client_group else ABSENT),
        Fact("Term", term_of(position) or ABSENT, _term_note(position)),
        Fact("Notice", _notice(position)),
        Fact("Review due", it.review.label if it.review else ABSENT),
        Fact("Purpose", it.says.get("purpose") or ABSENT),
        *([Fact("Also called", "\n".join(it.other_titles))] if it.other_titles else []),
    )


def _became(position: Position, known: Successions) -> str:
    """What parties became that exist no more on the day, in a sentence each."""
    parties = position.agreement.parties
    told = ((each.label, known.became(each.key, position.day)) for each in parties)
    return " ".join(f"{name} existed {words}." for name, words in told if words)


def _kind(agreement: Agreement) -> str:
    under = "under section 75" if agreement.is_section_75 else "not under section 75"
    return f"{AgreementKind(agreement.kind).label}, {under}"


def _nearest(above: Sequence[Position]) -> list[Agreement]:
    return [each.agreement for each in above[:1]]


def _linked(label: str, to: Choice, words: str = "") -> Fact:
    return Fact(label, words or to.label, address=reverse("agreement", args=[to.key]))


def _state(position: Position) -> Fact:
    words, _ = shown_state(position)
    after = position.successor
    if after.key:
        return _linked("State", after, f"{words} by {after.label}")
    if position.state is State.NOT_KNOWN:
        return Fact("State", words, "No end is stated: enter it, or that it has none.")
    return Fact("State", words)


def _term_note(position: Position) -> str:
    """How long it still runs, which dates are not its own, and the term as a document says it."""
    words = position.agreement.term_in_words
    return "; ".join(filter(None, [term_note(position), f"in words: {words}" if words else ""]))


def _notice(position: Position) -> str:
    """The period, by when notice is to be given, and when it was."""
    it, by = position.agreement, position.notice_by
    told = [notice_of(position)] if position.term.notice_months is not None else []
    told += [f"to be given by {date_in_words(by)}"] if by else []
    told += [f"given {it.notice.label}"] if it.notice else []
    return "; ".join(told) or ABSENT


def cards_of(agreement: Agreement) -> tuple[Card, ...]:
    """The figures that are looked for first: the pool, what was spent, what is left.

    All of the last year with an account, where a pool is stated for it.
    """
    every = (account_of(agreement, each) for each in years_with_account(agreement))
    accounts = [each for each in every if each.spent or each.result]
    last = accounts[-1] if accounts else None
    pools = years_of(agreement, ValueMeasure.POOLED_FUND)
    dated = [year for year in pools if isinstance(year, FinancialYear)]
    newest = dated[-1] if dated else pools[-1] if pools else None
    year = last.year if last and last.year in pools else newest
    pool = of_all_parties(agreement, ValueMeasure.POOLED_FUND, year) if year else None
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
