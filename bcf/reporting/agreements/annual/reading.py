"""Reads what a board's annual report is made of, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bcf.assurance.agreements.gathering import gather_agreements
from bcf.assurance.agreements.values import Agreement, Agreements, Note
from bcf.assurance.agreements.year_end import at_year_end, years_told
from bcf.assurance.figures import Choice
from bcf.assurance.measured import Measured, gather_board_measured
from bcf.base.worked import RowRef
from bcf.periods import FinancialYear, NotAPeriod
from bcf.ui.tables import Cell
from governance.choices import Arrangement
from governance.models import AgreementNote
from governance.queries import agreements_visible_to, notes_visible_to, passages_visible_to
from governance.report_forms import SECTION_75, ReportForm
from plans.cycle_definitions import CycleDefinition, definitions
from plans.models import Board
from plans.queries import Somebody, plans_visible_to


@dataclass(frozen=True)
class Written:
    """What people wrote in a section of the report; `number` is its row's."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class AnnualReading:
    """What the report of a board and a year is made of.

    `agreements` are those that ran in the year, on its last day's terms; `apart` those of plans of
    other years of which it is not known. `known` is every agreement that the reader may see, by
    slug. `written` is by the section's key, `metrics` are the national ones of the year's cycle,
    and `carrying` names the schedules that carry its plan. `addresses` lead to the agreements.
    """

    board: Choice
    area: str
    year: FinancialYear
    years: tuple[FinancialYear, ...]
    agreements: Agreements
    known: Mapping[str, Agreement]
    apart: tuple[Agreement, ...] = ()
    form: ReportForm = SECTION_75
    notes: tuple[Note, ...] = ()
    written: Mapping[str, Written] = field(default_factory=dict)
    measured: Measured = field(default_factory=Measured)
    metrics: tuple[Choice, ...] = ()
    carrying: frozenset[str] = frozenset()
    addresses: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is stated of the year, so that there is nothing to report."""
        return self.year not in self.years or not self.agreements.rows

    def named(self, agreement: Agreement) -> Cell:
        """The title of an agreement in a table, which leads to its page."""
        return Cell(agreement.title, url=self.addresses.get(agreement.slug, ""))

    @property
    def own(self) -> Agreements:
        """The agreements of this board alone."""
        return Agreements(tuple(each for each in self.agreements.rows if len(each.boards) < 2))

    @property
    def joint(self) -> Agreements:
        """Those that are other boards' too, whose funds are no one board's."""
        return Agreements(tuple(each for each in self.agreements.rows if len(each.boards) > 1))


def asked_year(asked: str) -> FinancialYear | None:
    """The financial year that an address names as `2017-18`; None where it names none."""
    try:
        return FinancialYear.parse(asked)
    except NotAPeriod:
        return None


def read_annual(user: Somebody, board: Board, year: FinancialYear | None) -> AnnualReading | None:
    """What the report is made of; the newest year with any figures where none is asked for.

    None where no year is asked for, and no agreement that the reader may see states one.
    """
    agreements = gather_agreements(agreements_visible_to(user).filter(boards=board))
    years = years_told(agreements)
    year = year or (years[-1] if years else None)
    if year is None:
        return None
    cycle = cycle_of(year)
    plans = _plans_of(user, board, cycle)
    ran = at_year_end(agreements, year)
    apart = tuple(each for each in ran.rows if _is_apart(each, plans, year))
    ran = Agreements(tuple(each for each in ran.rows if each not in apart))
    passages = passages_visible_to(user).filter(board=board, financial_year=year)
    return AnnualReading(
        board=Choice(board.slug, board.name),
        area=board.area,
        year=year,
        years=years,
        agreements=ran,
        known={each.slug: each for each in agreements.rows},
        apart=apart,
        notes=tuple(map(_note, notes_visible_to(user).filter(agreement=None, board=board))),
        written={each.section: Written(each.text, each.pk) for each in passages},
        measured=gather_board_measured(board),
        metrics=tuple(Choice(each.key, each.label) for each in cycle.metrics) if cycle else (),
        carrying=_carrying(ran, plans, SECTION_75.fund_names),
    )


def cycle_of(year: FinancialYear) -> CycleDefinition | None:
    """The planning cycle to which a year belongs: the last that has it; None where none has."""
    found = [each for each in definitions().values() if str(year) in each.years]
    return found[-1] if found else None


def _plans_of(user: Somebody, board: Board, cycle: CycleDefinition | None) -> frozenset[str]:
    """The slugs of a board's plans of a cycle that the reader may see."""
    found = plans_visible_to(user).filter(boards=board, cycle__key=cycle.key if cycle else "")
    return frozenset(found.values_list("slug", flat=True))


def _is_apart(agreement: Agreement, plans: frozenset[str], year: FinancialYear) -> bool:
    """Whether it belongs to a plan of other years, and states neither its end nor this year."""
    is_of_other = bool(agreement.plan.key) and agreement.plan.key not in plans
    is_end_known = agreement.is_open_ended or agreement.ends is not None
    return is_of_other and not is_end_known and year not in years_told(Agreements((agreement,)))


def _carrying(
    agreements: Agreements, plans: frozenset[str], names: tuple[str, ...]
) -> frozenset[str]:
    """Those that name the fund, or pool money for a plan, unless the plan is of another cycle."""
    return frozenset(
        each.slug
        for each in agreements.rows
        if (_names_fund(each, names) and (not each.plan.key or each.plan.key in plans))
        or (each.arrangement == Arrangement.POOLED_FUND and each.plan.key in plans)
    )


def _names_fund(agreement: Agreement, names: tuple[str, ...]) -> bool:
    titles = " ".join((agreement.title, *agreement.other_titles)).casefold()
    return any(name.casefold() in titles for name in names)


def _note(row: AgreementNote) -> Note:
    owner = row.board.slug if row.board else ""
    return Note(row.kind, row.text, RowRef(row._meta.label_lower, owner, row.ref, str(row)))
