"""The answers of a dashboard, made of what was read: pure but for addresses."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bcf.assurance.checks.naming import joined
from bcf.assurance.checks.record import AgreementRow, Record
from bcf.assurance.money_tables import verdict_words
from bcf.assurance.summary import MoneySummary, summarise
from bcf.assurance.totals import Balance
from bcf.reporting.dashboards.changes import changes_question
from bcf.reporting.dashboards.checked import checks_question
from bcf.reporting.dashboards.choosing import Chosen, of_year
from bcf.reporting.dashboards.deciding import Deciding, deciding_of, deciding_question
from bcf.reporting.dashboards.milestones import (
    Placed,
    milestones_question,
    number_late,
    placed,
)
from bcf.reporting.dashboards.money import money_question
from bcf.reporting.dashboards.on_track import (
    Whose,
    track_card,
    track_question,
    tracks_question,
)
from bcf.reporting.dashboards.panels import Card, Dashboard, Question, kept
from bcf.reporting.dashboards.parts import parts_question
from bcf.reporting.dashboards.people import people_question
from bcf.reporting.dashboards.reading import PlanRead
from bcf.reporting.dashboards.refreshed import refreshed_question
from bcf.reporting.dashboards.risks import Risks, risks_of, risks_question
from bcf.reporting.dashboards.terms import terms_of, terms_question
from bcf.reporting.dashboards.tracking import Track, track_of
from bcf.reporting.dashboards.whose import begins, inherited_risks, of_board
from bcf.reporting.plan_tables import requirement_table, where_listed
from plans.models import Board


def dashboard_of(
    read: PlanRead,
    boards: Sequence[Board],
    choice: Chosen,
    today: date,
    agreements: Iterable[AgreementRow],
) -> Dashboard:
    """What a plan says to these boards, and which of these agreements are to be looked at.

    A year that is chosen leaves the others' money, metrics and benefits out; what has to be
    signed, what is at risk and what is late are the whole plan's.
    """
    of = together(read)
    record = of_year(read.record, choice.year) if choice.year else read.record
    summary = summarise(record.money)
    tracks = _tracks(record, read.record, boards)
    risks = risks_of(record.risks, record.cycle.risk_bands, inherited_risks(record))
    deciding = deciding_of(read.plan.status, record.sign_offs, read.findings.found, today)
    milestones = placed(record.milestones, today)
    where, areas = where_listed(record.money), [(board.slug, board.area) for board in boards]
    return Dashboard(
        cards=_cards(summary, list(tracks.values()), risks, deciding, milestones, of=of),
        questions=kept(
            [
                money_question(
                    summary, where=where, of=of, minimums=requirement_table(record.money)
                ),
                refreshed_question(read.refreshed),
                parts_question(record, summary, _areas(read), where, read.hidden_parts),
                _on_track(tracks, Chosen(plan=read.plan.slug, year=choice.year).query),
                people_question(record, areas),
                changes_question(record),
                risks_question(risks),
                deciding_question(deciding),
                checks_question(read.findings, read.plan.slug),
                terms_question(terms_of(agreements, today), boards),
                milestones_question(milestones, read.plan.slug, today),
            ]
        ),
    )


def _areas(read: PlanRead) -> list[tuple[str, str]]:
    """The boards whose plan it is, by slug and area."""
    return [(board.slug, board.area) for board in read.boards]


def without_plan(board: Board, agreements: Iterable[AgreementRow], today: date) -> Dashboard:
    """What can be said to a board that has no plan which the reader may see."""
    return Dashboard(questions=(terms_question(terms_of(agreements, today), [board]),))


def together(read: PlanRead) -> str:
    """`Havering and Redbridge together` where a plan is of several boards; else nothing."""
    areas = [each.area for each in read.boards]
    return f"{joined(areas)} together" if len(areas) > 1 else ""


def _tracks(record: Record, whole: Record, boards: Sequence[Board]) -> Mapping[Whose, Track]:
    return {
        Whose(board.slug, board.area): track_of(
            record.cycle.metrics, of_board(record, board.slug), begins(whole)
        )
        for board in boards
    }


def _on_track(tracks: Mapping[Whose, Track], query: str) -> Question:
    if len(tracks) == 1:
        ((whose, track),) = tracks.items()
        return track_question(track, whose, query)
    return tracks_question(tracks, query)


# -- at a glance ---------------------------------------------------------------------------


def _cards(
    summary: MoneySummary,
    tracks: Sequence[Track],
    risks: Risks,
    deciding: Deciding,
    milestones: Sequence[Placed],
    *,
    of: str,
) -> tuple[Card, ...]:
    """The few figures that are looked for first, each leading to its question."""
    return (
        *(_pooled(each, of) for each in summary.balances),
        track_card(tracks),
        _at_risk(risks),
        _to_sign(deciding),
        _late(milestones),
    )


def _pooled(each: Balance, of: str) -> Card:
    words = verdict_words(each) if each.difference is not None else "spend not stated"
    note = f"{words}, {of}" if of else words
    return Card(f"Pooled in {each.year.label}", each.income, note, "#money", "money")


def _at_risk(risks: Risks) -> Card:
    label, address = "High risks", "#risk"
    if not risks.scored or risks.high_from is None:
        words = f"{risks.every} entered, not scored" if risks.every else "none entered"
        return Card(label, "cannot be told", words, address, "text")
    note = f"rated {risks.high_from} of 25 or more"
    return Card(label, f"{risks.high} of {risks.every}", note, address, "text")


def _to_sign(deciding: Deciding) -> Card:
    if not deciding.every:
        return Card("Signatures wanting", "none entered", "", "#sign", "text")
    value = f"{deciding.wanting} of {deciding.every}"
    more = "; others are not entered at all" if deciding.absent else ""
    note = f"no date, no name or not ratified{more}"
    return Card("Signatures wanting", value, note, "#sign", "text")


def _late(milestones: Sequence[Placed]) -> Card:
    label, address = "Late milestones", "#late"
    if not milestones:
        return Card(label, "none entered", "", address, "text")
    return Card(label, number_late(milestones), "due before today, not done", address)
