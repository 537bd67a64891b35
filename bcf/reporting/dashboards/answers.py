"""The answers of a board's dashboard, made of what was read: pure but for addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bcf.assurance.checks.naming import joined
from bcf.assurance.checks.record import Record
from bcf.assurance.measured import MetricFigure
from bcf.assurance.money_tables import verdict_words
from bcf.assurance.summary import summarise
from bcf.assurance.totals import Balance
from bcf.reporting.dashboards.deciding import Deciding, deciding_of
from bcf.reporting.dashboards.milestones import Late, late_milestones
from bcf.reporting.dashboards.money import Money, money_of
from bcf.reporting.dashboards.reading import BoardRead
from bcf.reporting.dashboards.risks import Risks, risks_of
from bcf.reporting.dashboards.tracking import Track, Verdict, track_of
from bcf.reporting.plan_tables import where_listed


@dataclass(frozen=True)
class Card:
    """One big figure with its words; `kind` as of a column, `address` where it is explained."""

    label: str
    value: Decimal | int | str | None
    note: str
    address: str
    kind: str = "number"


@dataclass(frozen=True)
class Answers:
    """What the page says of the chosen plan, a question each.

    `of` names whose the money, the signatures and the milestones are where the plan is of several
    boards together; it is empty where they are this board's own.
    """

    of: str
    money: Money
    track: Track
    risks: Risks
    deciding: Deciding
    late: Late

    @property
    def glance(self) -> tuple[Card, ...]:
        """The few figures that are looked for first, each leading to its question."""
        return (
            *(_pooled(each, self.of) for each in self.money.balances),
            _on_track(self.track),
            _at_risk(self.risks),
            _to_sign(self.deciding),
            Card("Late milestones", self.late.number, "due before today, not done", "#late"),
        )


def answers_of(read: BoardRead, today: date) -> Answers | None:
    """The answers for the chosen plan; None where there is none."""
    if read.plan is None or read.record is None or read.findings is None:
        return None
    record = read.record
    boards = [each.area for each in read.plan.boards.all()]
    of = f"{joined(boards)} together" if read.is_joint else ""
    summary = summarise(record.money)
    return Answers(
        of=of,
        money=money_of(summary, where_listed(record.money), of),
        track=track_of(record.cycle.metrics, _of_board(record, read.board.slug), _begins(record)),
        risks=risks_of(record.risks, _inherited(record)),
        deciding=deciding_of(read.plan.status, record.sign_offs, read.findings.found, today),
        late=late_milestones(record.milestones, today),
    )


def _begins(record: Record) -> date | None:
    return record.money.years[0].starts_on if record.money.years else None


def _of_board(record: Record, board: str) -> Iterable[MetricFigure]:
    """The figures of this board alone: those of a joint area are not one board's.

    A plan of one board need not name it.
    """
    alone = {row.plans for row in record.boards if row.slug == board}
    is_alone = len(record.boards) == 1 and bool(alone)
    for each in record.measured.values:
        if each.board == board or (is_alone and not each.board and each.plan == record.slug):
            yield each


def _inherited(record: Record) -> frozenset[str]:
    return frozenset(row.ref for row in record.risks if row.owner not in record.family)


def _pooled(each: Balance, of: str) -> Card:
    words = verdict_words(each) if each.difference is not None else "spend not stated"
    note = f"{words}, {of}" if of else words
    return Card(f"Pooled in {each.year.label}", each.income, note, "#money", "money")


def _on_track(track: Track) -> Card:
    verdicts = [each.verdict for each in track.standings]
    known = len(verdicts) - verdicts.count(Verdict.NO_DATA)
    if not known:
        return Card("Metrics on track", "cannot be told", "no figures to compare", "#track", "text")
    off, without = verdicts.count(Verdict.OFF_TRACK), verdicts.count(Verdict.NO_DATA)
    more = [f"{without} without data"] if without else []
    old = ["before the plan began"] if track.is_of_before else []
    note = ", ".join([f"{off} off track", *more, *old])
    value = f"{verdicts.count(Verdict.ON_TRACK)} of {len(verdicts)}"
    return Card("Metrics on track", value, note, "#track", "text")


def _at_risk(risks: Risks) -> Card:
    if not risks.grid:
        words = f"{risks.every} entered, not scored" if risks.every else "none entered"
        return Card("High risks", "cannot be told", words, "#risk", "text")
    return Card(
        "High risks", f"{risks.high} of {risks.every}", "12 of 25 and more", "#risk", "text"
    )


def _to_sign(deciding: Deciding) -> Card:
    if not deciding.every:
        return Card("Signatures wanting", "none entered", "", "#sign", "text")
    value = f"{deciding.wanting} of {deciding.every}"
    return Card("Signatures wanting", value, "no date, no name or not ratified", "#sign", "text")
