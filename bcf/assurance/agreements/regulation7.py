"""What a pooled fund agreement has to specify, each head answered or a gap.

Source: regulation 7 of the NHS Bodies and Local Authorities Partnership Arrangements Regulations
2000 (SI 2000/617): its heads (a) to (g), and the partner that hosts the fund, which appoints its
manager. A schedule takes from the agreement above it what that says of all its schedules.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bcf.assurance.agreements.sums import of_party, years_of
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.naming import counted, joined, quoted
from bcf.assurance.figures import Choice
from bcf.periods import Period
from governance.choices import Arrangement, NoteKind, ValueMeasure

CODE = "agreement.regulation-7"
AMOUNTS = "governance.agreementvalue"


@dataclass(frozen=True)
class Head:
    """One head of the regulation, and how an agreement answers it.

    `answer` is empty where it is a gap, which `finding` then tells; `by` is the agreement above
    that answers it, where the agreement itself does not.
    """

    key: str
    place: str
    asks: str
    answer: str = ""
    by: Choice | None = None
    finding: Finding | None = None

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)


@dataclass(frozen=True)
class _Asked:
    """A head: where it stands, what it asks, the field that answers it, and what to do of a gap."""

    key: str
    place: str
    asks: str
    field: str
    lacks: str
    remedy: str
    answer: Callable[[Agreement], str]
    is_from_above: bool = True


def is_asked(agreement: Agreement) -> bool:
    """Whether the regulation asks anything: of a pooled fund under section 75."""
    pools = agreement.arrangement == Arrangement.POOLED_FUND
    return agreement.is_section_75 and (
        pools or bool(years_of(agreement, ValueMeasure.POOLED_FUND))
    )


def heads_of(agreement: Agreement, above: Iterable[Agreement] = ()) -> tuple[Head, ...]:
    """Every head, answered by the agreement, by one above it, the nearest first, or by none.

    Nothing of an agreement of which the regulation asks nothing.
    """
    if not is_asked(agreement):
        return ()
    higher = tuple(above)
    return tuple(_head(asked, agreement, higher) for asked in _HEADS)


def gaps(heads: Iterable[Head]) -> tuple[Finding, ...]:
    """The findings of the heads that nothing answers."""
    return tuple(head.finding for head in heads if head.finding)


def _head(asked: _Asked, agreement: Agreement, above: Sequence[Agreement]) -> Head:
    head = Head(asked.key, asked.place, asked.asks)
    if own := asked.answer(agreement):
        return replace(head, answer=own)
    for each in above if asked.is_from_above else ():
        if answer := asked.answer(each):
            return replace(head, answer=answer, by=Choice(each.slug, each.title))
    return replace(head, finding=_gap(asked, agreement))


def _gap(asked: _Asked, agreement: Agreement) -> Finding:
    is_amount = asked.field == AMOUNTS
    return Finding(
        f"{CODE}-{asked.key}",
        Severity.WARNING,
        f"{quoted(agreement.title)} does not say {asked.lacks} (regulation {asked.place}). "
        f"{asked.remedy}",
        "not stated",
        asked.asks,
        Mend(AMOUNTS, agreement.slug)
        if is_amount
        else Mend.row(agreement.row, _field(asked, agreement)),
        rows=(agreement.row,),
    )


def _field(asked: _Asked, agreement: Agreement) -> str:
    """The field to fill in; of the two dates of a term, the one that is wanting."""
    return "ends" if asked.key == "duration" and agreement.starts else asked.field


def _text(name: str) -> Callable[[Agreement], str]:
    return lambda agreement: agreement.says.get(name, "")


def _aims(agreement: Agreement) -> str:
    """Its purpose, and how many outcomes are intended."""
    outcomes = sum(note.kind == NoteKind.OUTCOME for note in agreement.notes)
    said = [agreement.says.get("purpose", "")]
    said += [f"{counted(outcomes, 'intended outcome')} recorded."] if outcomes else []
    return " ".join(filter(None, said))


def _contributions(agreement: Agreement) -> str:
    """What each party pays in, in the latest year for which that is stated of all."""
    for year in reversed(years_of(agreement, ValueMeasure.CONTRIBUTION)):
        found = _by_party(agreement, year)
        if found and len(found) == len(agreement.parties):
            return f"{year.label}: {joined(found)}."
    return ""


def _by_party(agreement: Agreement, year: Period) -> list[str]:
    amounts = (
        (party, of_party(agreement, ValueMeasure.CONTRIBUTION, year, party.key))
        for party in agreement.parties
    )
    return [f"{party.label} {amount.words}" for party, amount in amounts if amount]


def _duration(agreement: Agreement) -> str:
    """From when until when, where both are known."""
    if not agreement.starts or not (agreement.ends or agreement.is_open_ended):
        return ""
    if agreement.ends:
        return f"{agreement.starts.label} to {agreement.ends.label}."
    return f"From {agreement.starts.label}, with no end."


_HEADS = (
    _Asked(
        "aims",
        "7(a)",
        "Agreed aims and outcomes",
        "purpose",
        "what its aims and outcomes are",
        "Fill in “aims and purpose”, or record its intended outcomes as notes.",
        _aims,
    ),
    _Asked(
        "contributions",
        "7(b)",
        "What each partner contributes",
        AMOUNTS,
        "what each partner contributes",
        "Enter each party’s contribution for the year among the agreement’s amounts.",
        _contributions,
        is_from_above=False,
    ),
    _Asked(
        "contributions-varied",
        "7(b)",
        "How contributions may be varied",
        "contributions_varied",
        "how contributions may be varied",
        "Fill in “how contributions may be varied”.",
        _text("contributions_varied"),
    ),
    _Asked(
        "functions",
        "7(c)",
        "NHS and health-related functions covered",
        "functions",
        "which functions it covers",
        "Fill in “NHS and health-related functions covered”.",
        _text("functions"),
    ),
    _Asked(
        "services",
        "7(d)",
        "People and kinds of services covered",
        "services",
        "for which people and which kinds of services it is",
        "Fill in “people and kinds of services covered”.",
        _text("services"),
    ),
    _Asked(
        "resources",
        "7(e)",
        "Staff, goods, services and accommodation that the partners provide",
        "resources",
        "which staff, goods, services or accommodation the partners provide",
        "Fill in “staff, goods, services and accommodation that the partners provide”; say so "
        "where there are none.",
        _text("resources"),
    ),
    _Asked(
        "duration",
        "7(f)",
        "How long it lasts",
        "starts",
        "how long it lasts",
        "Enter when it starts and when it ends, or tick “has no end”.",
        _duration,
    ),
    _Asked(
        "ending",
        "7(f)",
        "How it is reviewed, varied and ended",
        "ending",
        "how it is reviewed, varied and ended",
        "Fill in “how it is reviewed, varied and ended”.",
        _text("ending"),
    ),
    _Asked(
        "management",
        "7(g)",
        "How the fund is managed and monitored",
        "management",
        "how the fund is managed and monitored",
        "Fill in “how the fund is managed and monitored”.",
        _text("management"),
    ),
    _Asked(
        "host",
        "7(4)",
        "The host partner, responsible for accounts and audit",
        "host",
        "which partner hosts the fund",
        "Choose its “host”.",
        lambda agreement: agreement.host.label if agreement.host.key else "",
    ),
    _Asked(
        "manager",
        "7(4)",
        "The pool manager, who reports each quarter and each year",
        "pooled_fund_manager",
        "who manages the pooled fund",
        "Fill in the “pooled fund manager”.",
        lambda agreement: agreement.fund_manager,
    ),
)
