"""What an agreement carries of a plan, and whether it says what regulation 7 asks."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from bcf.assurance.agreements.carried import PoolHeld, lines_carried, pools_held
from bcf.assurance.agreements.regulation7 import AMOUNTS, Head, gaps, heads_of
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.checks.finding import Finding
from bcf.assurance.checks.naming import counted
from bcf.assurance.figures import NOT_STATED, SpendLine
from bcf.assurance.money_tables import NO_ROW, VERDICTS
from bcf.assurance.totals import Line, Verdict, lines_by, total_line
from bcf.base.words import uncapped
from bcf.base.worked import Figure
from bcf.desk.index import admin_address
from bcf.money import format_pounds
from bcf.periods import Period
from bcf.reporting.agreements.page.reading import AgreementRead, Carried
from bcf.reporting.check_views import COLOURS, Shown
from bcf.reporting.dashboards.panels import Link, Panel, Question
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table

CARRIED, REGULATION = "carried", "regulation-7"


# -- what it carries -----------------------------------------------------------------------


def carried_question(agreement: Agreement, carried: Carried | None) -> Question:
    """The plan, its schemes and spend lines, and the two pools beside each other."""
    heading = "What does it carry?"
    if carried is None:
        words = (
            "No plan is recorded that this agreement carries. Choose the plan, and its schemes "
            "where it carries some of them alone; their spend lines show here."
        )
        return Question(CARRIED, heading, (words,))
    lines = lines_carried(carried.money, carried.schemes.keys())
    years = tuple(sorted({line.year for line in lines} | set(carried.money.years)))
    return Question(
        CARRIED,
        heading,
        tuple(_carried_sentences(carried, lines)),
        (
            _pools_panel(agreement, carried),
            _schemes_panel(lines, years),
            _lines_panel(lines, carried),
        ),
        (Link(f"The plan: {carried.plan.title}", carried.plan.get_absolute_url()),),
    )


def _carried_sentences(carried: Carried, lines: Sequence[SpendLine]) -> Iterable[str]:
    counts = counted(len(lines), "spend line")
    if carried.schemes:
        schemes = counted(len(carried.schemes), "scheme")
        yield f"It carries {schemes} of the plan {carried.plan.title}, with {counts}."
    else:
        yield (
            f"It carries the plan {carried.plan.title}. No scheme is chosen for it, so these are "
            f"the {counts} of the plan’s whole pool."
        )
    if carried.hidden_parts:
        parts = counted(carried.hidden_parts, "part")
        is_draft = "is a draft" if carried.hidden_parts == 1 else "are drafts"
        yield f"{parts} of the plan {is_draft} that you may not read, and in no figure here."


def _pools_panel(agreement: Agreement, carried: Carried) -> Panel:
    held = pools_held(agreement, carried.money)
    table = build_table(
        "pools",
        "The agreement’s pooled fund and the plan’s pool, in pounds",
        [
            Column("Financial year", is_row_header=True),
            Column("Pooled fund of the agreement", "money"),
            Column("Pool of the plan", "money"),
            Column("Difference", "money"),
            Column("Equal?"),
        ],
        [_pool_row(each) for each in held],
        notes=["The difference is the agreement’s pooled fund less the plan’s pool."]
        + (
            ["The agreement carries some schemes of the plan alone, so its fund may be smaller."]
            if carried.schemes
            else []
        ),
    )
    words = tuple(_pool_words(each) for each in held)
    return Panel("pools", "Is its pool the plan’s?", sentences=words, table=table, is_open=True)


def _pool_words(held: PoolHeld) -> str:
    year, off = held.year.label, held.difference
    if off is None:
        which = [
            words
            for words, figure in (
                ("the agreement’s pooled fund", held.agreed),
                ("the plan’s pool", held.planned),
            )
            if figure is None
        ]
        return f"{year}: {' and '.join(which)} {'is' if len(which) == 1 else 'are'} not stated."
    if not off.value:
        return f"{year}: the two are equal."
    by = format_pounds(abs(off.rounded(2)))
    way = "more" if off.value > 0 else "less"
    why = ", which rounding explains" if held.verdict is Verdict.WITHIN_ROUNDING else ""
    return f"{year}: the agreement’s pooled fund is {by} {way} than the plan’s pool{why}."


def _pool_row(held: PoolHeld) -> Row:
    words, colour = VERDICTS[held.verdict]
    words = {Verdict.BALANCED: "Equal", Verdict.WITHIN_ROUNDING: "Equal within rounding"}.get(
        held.verdict, words
    )
    return build_row(
        [
            held.year.label,
            _pounds(held.agreed),
            _pounds(held.planned),
            _pounds(held.difference),
            Cell(words, tag_colour=colour),
        ]
    )


def _pounds(figure: Figure | None) -> Cell:
    return Cell(figure.rounded(2) if figure else None)


def _schemes_panel(lines: Sequence[SpendLine], years: Sequence[Period]) -> Panel:
    """Spend by scheme and year, with the total of all that it carries."""
    whole = total_line(lines, years)
    table = build_table(
        "carried-schemes",
        "Spend that it carries, by scheme, in pounds",
        [
            Column("Scheme", is_row_header=True),
            *(Column(year.label, "money") for year in years),
            Column("All years", "money"),
        ],
        [_line_row(each) for each in lines_by(lines, years, lambda line: line.scheme)],
        total=_line_row(whole),
        empty="No spend line is entered yet for what this agreement carries.",
        notes=[f"{NO_ROW} means that there is no line for that year."]
        if any(0 in each.row_counts for each in lines_by(lines, years, lambda line: line.scheme))
        else [],
    )
    return Panel("carried-schemes", "By scheme", table=table)


def _line_row(line: Line) -> Row:
    name = "Scheme not stated" if line.choice == NOT_STATED else line.choice.label
    amounts = [
        amount if amount is not None or rows else NO_ROW
        for amount, rows in zip(line.amounts, line.row_counts, strict=True)
    ]
    return build_row([name, *amounts, line.total])


def _lines_panel(lines: Sequence[SpendLine], carried: Carried) -> Panel:
    whole = total_line(lines, sorted({line.year for line in lines}))
    table = build_table(
        "carried-lines",
        "Spend lines that it carries, in pounds",
        [
            Column("Spend line", is_row_header=True),
            Column("Scheme"),
            Column("Financial year"),
            Column("Provider"),
            Column("Amount", "money"),
        ],
        [_spend_row(line) for line in lines],
        total=["Total", "", "", "", whole.total],
        empty="No spend line is entered yet for what this agreement carries.",
    )
    return Panel("carried-lines", "Line by line", table=table)


def _spend_row(line: SpendLine) -> Row:
    asked = urlencode({"of": line.plan, "ref": line.ref})
    address = f"{reverse('plan-spend-lines', args=[line.plan])}?{asked}"
    return build_row(
        [
            Cell(line.description or "Not described", url=address),
            line.scheme.label if line.scheme != NOT_STATED else None,
            line.year.label,
            line.provider.label if line.provider != NOT_STATED else None,
            line.amount,
        ]
    )


# -- regulation 7 --------------------------------------------------------------------------


def regulation_question(agreement: Agreement, above: Sequence[Agreement]) -> Question:
    """Each head of regulation 7, with its answer and whose it is."""
    heading = "Does it say what regulation 7 asks?"
    heads = heads_of(agreement, above)
    if not heads:
        words = (
            "Nothing is asked: regulation 7 is about pooled funds under section 75, and this "
            f"agreement {'has no pooled fund' if agreement.is_section_75 else 'is not one'}."
        )
        return Question(REGULATION, heading, (words,))
    answered = sum(head.is_answered for head in heads)
    gaps_left = len(heads) - answered
    words = (
        f"Of {len(heads)} heads, {answered} {_is_or_are(answered)} answered and {gaps_left} "
        f"{_is_or_are(gaps_left)} not."
    )
    panel = Panel("regulation-7-heads", table=_heads_table(heads), is_open=True)
    return Question(REGULATION, heading, (words,), (panel,))


def _is_or_are(number: int) -> str:
    return "is" if number == 1 else "are"


def _heads_table(heads: Iterable[Head]) -> Table:
    return build_table(
        "regulation-7-heads",
        "What the agreement has to specify",
        [
            Column("Head", is_row_header=True),
            Column("Regulation"),
            Column("Answered?"),
            Column("With what"),
        ],
        [_head_row(head) for head in heads],
        notes=[
            "Source: NHS Bodies and Local Authorities Partnership Arrangements Regulations 2000 "
            "(SI 2000/617), regulation 7."
        ],
    )


def _head_row(head: Head) -> Row:
    if not head.is_answered:
        state = Cell("Gap", tag_colour="orange")
    elif head.by:
        state = Cell(
            "By the agreement above",
            url=reverse("agreement", args=[head.by.key]),
            note=head.by.label,
        )
    else:
        state = Cell("Answered", tag_colour="green")
    return build_row([head.asks, head.place, state, head.answer or None])


def regulation_findings(
    read: AgreementRead, agreement: Agreement, above: Sequence[Agreement]
) -> tuple[Shown, ...]:
    """The gaps, each with the way to the field that mends it for who may change it."""
    found = gaps(heads_of(agreement, above))
    return tuple(Shown(each, COLOURS[each.severity], tuple(_mending(read, each))) for each in found)


def _mending(read: AgreementRead, finding: Finding) -> Iterable[tuple[str, str]]:
    if not read.may_edit or finding.mend is None:
        return
    page = admin_address(type(read.row), "change", read.row.pk)
    field = "values-group" if finding.mend.kind == AMOUNTS else f"id_{finding.mend.field}"
    yield f"Edit the agreement: {uncapped(finding.required)}", f"{page}#{field}"
