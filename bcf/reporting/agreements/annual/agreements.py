"""The agreements of an annual report, one after the other: terms, outcomes, money, what comes."""

from collections.abc import Iterable, Iterator, Sequence

from bcf.assurance.agreements.sums import current_services, months_long
from bcf.assurance.agreements.values import Agreement, Agreements, Happened, Provider
from bcf.assurance.agreements.year_end import later_events
from bcf.assurance.checks.naming import counted, joined, quoted
from bcf.base.words import date_in_words
from bcf.periods import FinancialYear
from bcf.reporting.agreements.annual.metrics import told_metrics
from bcf.reporting.agreements.annual.money import (
    GROUPS,
    account_table,
    other_print,
    pool_of,
    put_right_words,
    spent_whole,
    undated_pool,
)
from bcf.reporting.agreements.annual.reading import AnnualReading
from bcf.reporting.documents.model import Block, Fact, Facts, Points, Section, Words
from bcf.reporting.documents.tables import tabled
from bcf.ui.tables import NOT_STATED
from governance.choices import (
    AgreementAction,
    AgreementKind,
    Arrangement,
    NoteKind,
    ProviderStatus,
)

KINDS = (AgreementKind.OVERARCHING, AgreementKind.SCHEDULE)


def agreement_sections(reading: AnnualReading, first: str) -> tuple[Section, ...]:
    """A heading a client group, and under it each agreement, numbered on from `first`: `1.5`."""
    before, _, number = first.rpartition(".")
    at = int(number)
    sections = []
    for group, label in GROUPS.items():
        ordered = in_order(reading.agreements.of_client_group(group))
        if ordered:
            sections.append(
                Section(
                    key=f"group-{group or 'not-stated'}",
                    heading=f"The agreements and schedules: {label}",
                    sections=tuple(
                        _section(reading, each, f"{before}.{at + place}", ordered)
                        for place, each in enumerate(ordered)
                    ),
                )
            )
            at += len(ordered)
    return tuple(sections)


def in_order(agreements: Agreements) -> list[Agreement]:
    """Each overarching agreement with its schedules after it; then those that stand alone."""
    tops = [each for each in agreements.rows if each.kind == AgreementKind.OVERARCHING]
    found: list[Agreement] = []
    for top in tops:
        found += [top, *schedules_of(top, agreements.rows)]
    rest = [each for each in agreements.rows if each not in found]
    return found + sorted(rest, key=lambda each: each.kind not in KINDS)


def schedules_of(agreement: Agreement, among: Sequence[Agreement]) -> list[Agreement]:
    """The schedules of an agreement, each with its own schedules after it."""
    found: list[Agreement] = []
    for each in among:
        if each.parent == agreement.slug and each.kind != AgreementKind.OVERARCHING:
            rest = [other for other in among if other not in (agreement, each)]
            found += [each, *schedules_of(each, rest)]
    return found


def _section(
    reading: AnnualReading, agreement: Agreement, number: str, among: Sequence[Agreement]
) -> Section:
    blocks: list[Block] = [Facts(tuple(_facts(reading, agreement)))]
    blocks += _purpose(agreement)
    blocks += _points("Outcomes that it is for", _notes(agreement, NoteKind.OUTCOME))
    blocks += _points("Schedules under it", _named(schedules_of(agreement, among)))
    if agreement.kind == AgreementKind.OVERARCHING:
        blocks += _points("Beside it, with other parties or by itself", _beside(agreement, among))
    blocks += _points("Who provides it", _providers(agreement))
    blocks += _points("Highlights", _notes(agreement, NoteKind.HIGHLIGHT))
    if agreement.slug in reading.carrying:
        told = told_metrics(reading.measured, reading.metrics, reading.year)
        label = f"The national metrics of the fund in {reading.year.label}"
        blocks += _points(label, told)
    account = account_table(agreement, reading.year)
    blocks += [tabled(account)] if account else []
    blocks += _points("Risks", _notes(agreement, NoteKind.RISK))
    blocks += _points("What is done about them", _notes(agreement, NoteKind.MITIGATION))
    blocks += _points("What becomes of it", _becomes(reading, agreement))
    return Section(f"agreement-{agreement.slug}", agreement.title, number, blocks=tuple(blocks))


def _points(label: str, points: Iterable[str]) -> list[Block]:
    found = tuple(points)
    return [Points(label, found)] if found else []


def _notes(agreement: Agreement, kind: str) -> Iterator[str]:
    return (note.text for note in agreement.notes if note.kind == kind)


def _named(agreements: Iterable[Agreement]) -> Iterator[str]:
    return (each.title for each in agreements)


def _purpose(agreement: Agreement) -> list[Block]:
    text = agreement.says.get("purpose", "")
    return [Words(text)] if text else []


def _facts(reading: AnnualReading, agreement: Agreement) -> Iterator[Fact]:
    yield Fact("Parties", joined_or_not(each.label for each in agreement.parties))
    if len(agreement.boards) > 1:
        yield Fact("Boards, together", joined(each.label for each in agreement.boards))
    if agreement.arrangement:
        yield Fact("Arrangement", Arrangement(agreement.arrangement).label)
    if agreement.host.key:
        yield Fact("Host", agreement.host.label)
    yield Fact("Starts", _starts(agreement, reading.year))
    yield Fact("Expires", _expires(agreement))
    yield from _pooled(agreement, reading.year)
    if agreement.review:
        yield Fact("Review due", agreement.review.label)
    if agreement.notice_months is not None:
        yield Fact("Notice period", counted(agreement.notice_months, "month"))
    if agreement.notice:
        yield Fact("Notice given", agreement.notice.label)
    for each in agreement.risk_shares:
        yield Fact("Over- and underspends", each.rule)


def joined_or_not(names: Iterable[str]) -> str:
    """The names in a sentence; `not stated` where there are none."""
    found = tuple(names)
    return joined(found) if found else NOT_STATED


def _starts(agreement: Agreement, year: FinancialYear) -> str:
    starts = agreement.starts
    if starts is None:
        return NOT_STATED
    is_later = starts.first_day > year.ends_on
    return f"{starts.label}, after {year.label} was over" if is_later else starts.label


def _expires(agreement: Agreement) -> str:
    end = agreement.terms.end_label
    length = months_long(agreement)
    return f"{end} ({length.words} in all)" if length else end


def _pooled(agreement: Agreement, year: FinancialYear) -> Iterator[Fact]:
    """The pooled fund of the year with what is printed of it; of no year where none is stated."""
    pool, undated = pool_of(agreement, year), undated_pool(agreement)
    if pool:
        lines = [
            pool.words,
            *put_right_words(agreement, year),
            *other_print(agreement, pool),
            *spent_whole(agreement, year, pool),
        ]
        yield Fact(f"Pooled fund of {year.label}", "\n".join(lines))
    elif undated:
        yield Fact("Pooled fund", f"{undated.words}, without a year")
    elif agreement.kind != AgreementKind.OVERARCHING:
        yield Fact(f"Pooled fund of {year.label}", NOT_STATED)


def _beside(agreement: Agreement, among: Sequence[Agreement]) -> Iterator[str]:
    """The agreements of the same client group that are no schedules of any."""
    for each in among:
        if each.kind not in KINDS:
            others = [party.label for party in each.parties if party not in agreement.parties]
            yield f"{each.title}, with {joined(others)}" if others else each.title


def _providers(agreement: Agreement) -> Iterator[str]:
    for group in current_services(agreement):
        names = joined(each.organisation.label for each in group)
        services = dict.fromkeys(each.service.rstrip(".") for each in group if each.service)
        terms = dict.fromkeys(words for each in group if (words := _term(each)))
        said = "; ".join((*services, *terms))
        yield f"{names}: {said}." if said else f"{names}."
    for each in agreement.providers:
        if each.status == ProviderStatus.ENDED:
            service = f" {each.service}" if each.service else ""
            yield f"{each.organisation.label}, which has ended.{service}"


def _term(provider: Provider) -> str:
    """`from 1 September 2018 to 2021`; empty where neither is stated."""
    starts = f"from {provider.starts.label}" if provider.starts else ""
    ends = f"to {provider.ends.label}" if provider.ends else ""
    return f"{starts} {ends}".strip()


def _becomes(reading: AnnualReading, agreement: Agreement) -> Iterator[str]:
    """What happened to its terms within a year after the year's end, and what is intended."""
    for event in later_events(agreement, reading.year):
        yield told_event(reading, event)
    yield from _notes(agreement, NoteKind.INTENTION)


def told_event(reading: AnnualReading, event: Happened) -> str:
    """`Superseded from 1 April 2018 by “…”: merged with the pool (deed of 3 March 2018).`"""
    by = ""
    if event.action == AgreementAction.SUPERSEDE:
        known = reading.known.get(event.successor.key)
        by = f" by {quoted(known.title)}" if known else " by another agreement"
    deed = f" (deed of {date_in_words(event.deed_date)})" if event.deed_date else ""
    label = AgreementAction(event.action).label
    reason = event.reason.strip().rstrip(".")
    return f"{label} from {date_in_words(event.effective)}{by}: {reason}{deed}."
