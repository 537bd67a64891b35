"""Checks of risks and of milestones."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from bcf.assurance.checks.finding import Finding, Mend, Severity, not_entered
from bcf.assurance.checks.naming import FEW, counted, first_of, joined, led, quoted
from bcf.assurance.checks.record import MilestoneRow, Record, RiskRow
from bcf.assurance.checks.terms import when
from bcf.base.words import date_in_words
from governance.rules import risk_rating
from plans.cycle_definitions import CheckRule

RISKS = "governance.risk"
MILESTONES = "schemes.milestone"
NOT_KNOWN = frozenset({"", "tbc", "tba", "to be confirmed", "to be agreed", "not known"})


def rating_differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """A printed rating is likelihood times impact; ratings in words cannot be told."""
    own = record.own(record.risks)
    for risk in own:
        yield from _of_rating(record, rule.key, risk)
    yield from _not_rated(rule.key, own)
    yield from _mixed_words(rule.key, own)
    if not record.risks:
        yield not_entered(rule.key, "Ratings of risks were", RISKS, record.slug, "risk")


def _of_rating(record: Record, code: str, risk: RiskRow) -> Iterable[Finding]:
    rating = risk_rating(risk.likelihood, risk.impact)
    printed = _number(risk.printed_rating)
    if rating is None or printed is None or rating == printed:
        return
    yield Finding(
        code,
        Severity.WARNING,
        f"Risk {quoted(risk.title)}: its rating is printed as {printed}, but likelihood "
        f"{risk.likelihood} times impact {risk.impact} is {rating}. Change the scores or the "
        "rating.",
        str(printed),
        str(rating),
        Mend.row(risk.row, "printed_rating"),
        record.area(risk.owner),
        (risk.row,),
    )


def _number(printed: str) -> int | None:
    text = printed.strip()
    return int(text) if text.isdecimal() else None


def _not_rated(code: str, risks: Iterable[RiskRow]) -> Iterable[Finding]:
    """Why ratings could not be held against scores: one finding a reason."""
    for is_so, why, remedy in (
        (_is_in_words, "rated in words and not in a number", " Enter likelihood and impact."),
        (_is_unscored, "rated in a number, but not scored", " Enter likelihood and impact."),
        (_is_neither, "neither scored nor rated", " Enter likelihood and impact."),
    ):
        found = [risk for risk in risks if is_so(risk)]
        if not found:
            continue
        are, their = ("is", "its rating was") if len(found) == 1 else ("are", "their ratings were")
        yield Finding(
            code,
            Severity.NOT_CHECKED,
            f"{counted(len(found), 'risk')} {are} {why}, so {their} not checked: "
            f"{first_of(quoted(risk.title) for risk in found)}.{remedy}",
            mend=Mend.row(found[0].row, "likelihood"),
            rows=tuple(risk.row for risk in found),
        )


def _is_in_words(risk: RiskRow) -> bool:
    return bool(risk.printed_rating.strip()) and _number(risk.printed_rating) is None


def _is_unscored(risk: RiskRow) -> bool:
    is_scored = risk_rating(risk.likelihood, risk.impact) is not None
    return _number(risk.printed_rating) is not None and not is_scored


def _is_neither(risk: RiskRow) -> bool:
    is_scored = risk_rating(risk.likelihood, risk.impact) is not None
    return not risk.printed_rating.strip() and not is_scored


def _mixed_words(code: str, risks: Iterable[RiskRow]) -> Iterable[Finding]:
    """Risks of one rating before mitigation that are given different words after it."""
    words: dict[int, dict[str, list[RiskRow]]] = {}
    for risk in risks:
        rating, after = risk_rating(risk.likelihood, risk.impact), risk.rating_after_mitigation
        if rating is not None and after.strip() and _number(after) is None:
            words.setdefault(rating, {}).setdefault(after.strip(), []).append(risk)
    mixed = {rating: given for rating, given in sorted(words.items()) if len(given) > 1}
    if not mixed:
        return
    said = "; ".join(
        f"{rating} becomes "
        + joined(f"{word} ({joined(map(_short, found))})" for word, found in given.items())
        for rating, given in mixed.items()
    )
    found = [risk for given in mixed.values() for of_word in given.values() for risk in of_word]
    yield Finding(
        code,
        Severity.NOTE,
        "Risks of one and the same rating are given different ratings after mitigation: "
        f"{said}. Check that each is meant.",
        mend=Mend.row(found[0].row, "rating_after_mitigation"),
        rows=tuple(risk.row for risk in found),
    )


def _short(risk: RiskRow) -> str:
    return risk.printed_ref or quoted(risk.name)


def unmitigated(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Every risk says what is done about it."""
    for plan in record.family:
        found = [row for row in record.risks if row.owner == plan and not row.mitigation.strip()]
        if not found:
            continue
        area = record.area(plan)
        have, each = ("has", "it") if len(found) == 1 else ("have", "each")
        yield Finding(
            rule.key,
            Severity.WARNING,
            led(
                area,
                f"{counted(len(found), 'risk')} {have} no mitigation: "
                f"{first_of(quoted(risk.title) for risk in found)}. Say what is done about "
                f"{each}.",
            ),
            "no mitigation",
            "a mitigation for every risk",
            Mend.row(found[0].row, "mitigation"),
            area,
            tuple(risk.row for risk in found),
        )
    if not record.risks:
        yield not_entered(rule.key, "Mitigation of risks was", RISKS, record.slug, "risk")


def undated(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Every milestone has a date, or at least a financial year, and the two agree."""
    for plan in record.family:
        area = record.area(plan)
        found = [row for row in _milestones_of(record, plan) if late_after(row) is None]
        without = [row for row in found if row.when_in_words.strip().casefold() in NOT_KNOWN]
        in_words = [row for row in found if row not in without]
        if without:
            have, each = ("has", "it") if len(without) == 1 else ("have", "each")
            sentence = (
                f"{counted(len(without), 'milestone')} {have} no date: "
                f"{first_of(quoted(row.title) for row in without)}. Enter when {each} is due."
            )
            yield _of_milestones(rule.key, Severity.WARNING, sentence, without, area)
        if in_words:
            have, each = ("has", "it") if len(in_words) == 1 else ("have", "each")
            named = first_of(f"{quoted(row.title)} ({row.when_in_words})" for row in in_words)
            sentence = (
                f"{counted(len(in_words), 'milestone')} {have} a time in words but no date: "
                f"{named}. Enter a date where one is known."
            )
            yield _of_milestones(rule.key, Severity.NOTE, sentence, in_words, area)
        if astray := [row for row in _milestones_of(record, plan) if _is_astray(row)]:
            named = joined(
                f"{quoted(row.title)} is due {when(row.due)}, but stands under {row.year.label}"
                for row in astray[:FEW]
                if row.due
            )
            more = f" ({len(astray) - FEW} more are so)" if len(astray) > FEW else ""
            sentence = f"{named}{more}. Check the date and the year."
            yield _of_milestones(rule.key, Severity.NOTE, sentence, astray, area, field="due")
    if not record.milestones:
        yield not_entered(
            rule.key, "Dates of milestones were", MILESTONES, record.slug, "milestone"
        )


def overdue(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """What was due before today has been done."""
    for plan in record.family:
        area = record.area(plan)
        own = _milestones_of(record, plan)
        if ahead := [row for row in own if row.done_on and row.done_on > record.today]:
            sentence = _done_ahead(ahead)
            yield _of_milestones(rule.key, Severity.WARNING, sentence, ahead, area, field="done_on")
        open_ones = [row for row in own if row.done_on is None]
        days = {row.ref: late_after(row) for row in open_ones}
        dated = [(day, row) for row in open_ones if (day := days[row.ref]) is not None]
        dated.sort(key=lambda pair: pair[0])
        late = [row for day, row in dated if day < record.today]
        if late:
            were, done = ("was", "it was") if len(late) == 1 else ("were", "they were")
            some = "The earliest are" if len(late) > FEW else "They are"
            it, each = ("It is", "it") if len(late) == 1 else (some, "each")
            sentence = (
                f"{counted(len(late), 'milestone')} {were} due before "
                f"{date_in_words(record.today)}, and it is not entered when {done} done. {it} "
                f"{joined(f'{quoted(row.title)} ({due_words(row)})' for row in late[:FEW])}. "
                f"Enter the day on which {each} was done, or a new date."
            )
            yield _of_milestones(rule.key, Severity.WARNING, sentence, late, area)
        if unknown := [row for row in open_ones if days[row.ref] is None]:
            them = "it" if len(unknown) == 1 else "them"
            be = "is" if len(unknown) == 1 else "are"
            sentence = (
                f"Whether {counted(len(unknown), 'milestone')} {be} late was not checked: neither "
                f"a date nor a year is entered for {them}."
            )
            yield _of_milestones(rule.key, Severity.NOT_CHECKED, sentence, unknown, area)
    if not record.milestones:
        yield not_entered(
            rule.key, "Whether milestones are late was", MILESTONES, record.slug, "milestone"
        )


def _done_ahead(rows: list[MilestoneRow]) -> str:
    days = [(row, row.done_on) for row in rows if row.done_on]
    named = first_of(f"{quoted(row.title)} ({date_in_words(day)})" for row, day in days)
    are, on = ("is", "a day") if len(rows) == 1 else ("are", "days")
    return (
        f"{counted(len(rows), 'milestone')} {are} entered as done on {on} still to come: {named}. "
        "Enter the day on which it was done, or leave it empty until then."
    )


def _of_milestones(
    code: str,
    severity: Severity,
    sentence: str,
    rows: list[MilestoneRow],
    area: str,
    *,
    field: str = "",
) -> Finding:
    mended = field or ("done_on" if late_after(rows[0]) else "due")
    return Finding(
        code,
        severity,
        led(area, sentence),
        mend=Mend.row(rows[0].row, mended),
        area=area,
        rows=tuple(row.row for row in rows),
    )


def _milestones_of(record: Record, plan: str) -> list[MilestoneRow]:
    return [row for row in record.milestones if row.owner == plan]


def _is_astray(row: MilestoneRow) -> bool:
    """Whether no day of it lies in the financial year that is stated for it."""
    first, last = row.year.starts_on, row.year.ends_on
    if row.due is None or first is None or last is None:
        return False
    begins = (row.starts or row.due).first_day
    return row.due.last_day < first or begins > last


def late_after(row: MilestoneRow) -> date | None:
    """The last day on which it is not late; None where neither its date nor its year is known."""
    return row.due.last_day if row.due else row.year.ends_on


def due_words(row: MilestoneRow) -> str:
    """Its date as far as it is known, else its year."""
    return row.due.label if row.due else row.year.label


EVERY: Mapping[str, Callable[[Record, CheckRule], Iterable[Finding]]] = {
    "risk.rating-differs": rating_differs,
    "risk.unmitigated": unmitigated,
    "milestone.undated": undated,
    "milestone.overdue": overdue,
}
