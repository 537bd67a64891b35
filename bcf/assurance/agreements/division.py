"""How a risk share divides the surplus or deficit of a year between the parties, to the penny.

A part has the sign of the result: of a deficit, which is below nought, it is what a party bears,
and of a surplus what it gets back. The parts and what nobody bears add to the result exactly.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bcf.assurance.agreements.accounts import Account, account_of, years_with_account
from bcf.assurance.agreements.values import Agreement, Share, Sharing
from bcf.assurance.checks.naming import joined
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.base.worked import Figure
from bcf.money import MINUS, ZERO, NotDivisible, format_pounds, total
from bcf.periods import FinancialYear
from bcf.ui.tables import format_number
from governance.choices import RiskShareMethod
from governance.rules import (
    Division,
    bear_own,
    share_by_percent,
    share_capped,
    share_fixed,
    share_in_proportion,
)

Amounts = Mapping[Choice, Decimal]


class Wanted(StrEnum):
    """What of an agreement a rule cannot do without."""

    CONTRIBUTIONS = "contributions"
    SPEND = "spend"
    PERCENTS = "percents"
    AMOUNTS = "amounts"
    METHOD = "method"


@dataclass(frozen=True)
class Basis:
    """What rules divide and by what: a result in pounds, below nought where it is a deficit.

    Of each party in pounds what it paid in and what it spent in the year, and its fixed amount or
    cap; `percents` are its shares in per cent. What is not stated is absent.
    """

    result: Decimal
    parties: tuple[Choice, ...]
    contributed: Amounts = field(default_factory=dict)
    spent: Amounts = field(default_factory=dict)
    percents: Amounts = field(default_factory=dict)
    amounts: Amounts = field(default_factory=dict)

    @property
    def overspend(self) -> Decimal:
        """What was spent beyond what there was, as the rules take it."""
        return -self.result


@dataclass(frozen=True)
class Part:
    """A party's part of the result in pounds, and how it was worked out."""

    party: Choice
    amount: Decimal
    working: str


@dataclass(frozen=True)
class Divided:
    """A result divided by a rule; `unborne` is the part of it that the rule gives to nobody."""

    method: str
    parts: tuple[Part, ...]
    unborne: Decimal
    note: str = ""

    @property
    def result(self) -> Decimal:
        """The parts and what nobody bears, added: what was divided."""
        return total(part.amount for part in self.parts) + self.unborne


@dataclass(frozen=True)
class NotDivided:
    """Why a rule does not divide a result, and what it lacks."""

    method: str
    why: str
    wanted: Wanted


class _Lacking(Exception):
    """A rule lacks something; the sentence says what, and where it is entered."""

    def __init__(self, why: str, wanted: Wanted) -> None:
        super().__init__(why)
        self.wanted = wanted


def divide_result(method: str, basis: Basis) -> Divided | NotDivided:
    """The result divided by a rule, or the sentence that says what is missing for it."""
    rule = _RULES.get(method)
    if rule is None:
        why = "The rule does not say how it divides. Choose its method at the risk share."
        return NotDivided(method, why, Wanted.METHOD)
    try:
        return rule(basis)
    except _Lacking as lack:
        return NotDivided(method, str(lack), lack.wanted)
    except NotDivisible as refusal:
        return NotDivided(method, str(refusal), _WEIGHED_BY[method])


# -- what is divided ------------------------------------------------------------------------


def account_divided(agreement: Agreement, asked: str = "") -> Account | None:
    """The account of the year asked for, or of the latest with a surplus or deficit."""
    accounts = [account_of(agreement, year) for year in years_with_account(agreement)]
    known = [each for each in accounts if each.result]
    chosen = next((each for each in known if str(each.year) == asked), None)
    return chosen or (known[-1] if known else None)


def years_divided(agreement: Agreement) -> tuple[FinancialYear, ...]:
    """The years with a surplus or deficit, in order."""
    every = (account_of(agreement, year) for year in years_with_account(agreement))
    return tuple(each.year for each in every if each.result)


def sharings_of(
    agreement: Agreement, above: Iterable[Agreement]
) -> tuple[tuple[Sharing, ...], Agreement]:
    """The rules of an agreement, or else of the nearest above it that has one, and whose they are.

    `above` are the agreements of which it is a schedule, the nearest first.
    """
    for each in (agreement, *above):
        if each.risk_shares:
            return each.risk_shares, each
    return (), agreement


def basis_of(account: Account, sharings: Iterable[Sharing] = ()) -> Basis | None:
    """What there is to divide of an account, and by what; None where there is no result.

    Of several rules each party's first percentage and amount count.
    """
    if account.result is None:
        return None
    shares = [share for sharing in sharings for share in sharing.shares]
    parties = [each.party for each in account.parties] + [share.party for share in shares]
    return Basis(
        result=account.result.rounded(2),
        parties=tuple(dict.fromkeys(parties)),
        contributed=_known((each.party, each.contributed) for each in account.parties),
        spent=_known((each.party, each.spent) for each in account.parties),
        percents=_first(shares, lambda share: share.percent),
        amounts=_first(shares, lambda share: share.amount),
    )


def _known(figures: Iterable[tuple[Choice, Figure | None]]) -> dict[Choice, Decimal]:
    return {party: figure.rounded(2) for party, figure in figures if figure}


def _first(shares: Iterable[Share], of: Callable[[Share], Decimal | None]) -> dict[Choice, Decimal]:
    found: dict[Choice, Decimal] = {}
    for share in shares:
        value = of(share)
        if value is not None:
            found.setdefault(share.party, value)
    return found


# -- rules ----------------------------------------------------------------------------------


def _in_proportion(basis: Basis) -> Divided:
    weights, note = _weights(basis)
    division = share_in_proportion(basis.overspend, weights)
    working = {party: _of_all(basis, weights, party) for party in weights}
    return _divided(RiskShareMethod.PROPORTION, basis, division, working, note)


def _by_percent(basis: Basis) -> Divided:
    percents = _stated(basis.percents, "percentage", Wanted.PERCENTS)
    division = share_by_percent(basis.overspend, percents)
    working = {party: _percent_of(basis, party) for party in percents}
    return _divided(RiskShareMethod.PERCENT, basis, division, working)


def _own(basis: Basis) -> Divided:
    paid, spent = basis.contributed, basis.spent
    _all_stated(basis, paid, "paid in", Wanted.CONTRIBUTIONS)
    _all_stated(basis, spent, "spent", Wanted.SPEND)
    borne = bear_own(paid, spent)
    division = Division(borne.borne, basis.overspend - borne.difference)
    working = {
        party: f"{format_pounds(paid[party])} {MINUS} {format_pounds(spent[party])}"
        for party in paid
    }
    note = (
        "The parties’ own amounts do not add to the result: what is left is brought forward, or "
        "stated otherwise."
    )
    return _divided(RiskShareMethod.OWN, basis, division, working, note if division.unborne else "")


def _fixed(basis: Basis) -> Divided:
    amounts = _stated(basis.amounts, "fixed amount", Wanted.AMOUNTS)
    division = share_fixed(basis.overspend, amounts)
    is_whole = dict(division.borne) == dict(amounts)
    working = {
        party: f"its amount, {format_pounds(amount)}"
        if is_whole
        else _of_all(basis, amounts, party)
        for party, amount in amounts.items()
    }
    return _divided(RiskShareMethod.FIXED, basis, division, working)


def _capped(basis: Basis) -> Divided:
    caps = _stated(basis.amounts, "cap", Wanted.AMOUNTS)
    if basis.percents:
        whole, note = share_by_percent(basis.overspend, basis.percents), ""
        working = {party: _percent_of(basis, party) for party in basis.percents}
    else:
        weights, note = _weights(basis)
        whole = share_in_proportion(basis.overspend, weights)
        working = {party: _of_all(basis, weights, party) for party in weights}
    division = share_capped(whole, caps)
    for party, part in division.borne.items():
        if part != whole.borne[party]:
            working[party] += f", capped at {format_pounds(caps[party])}"
    if basis.result > 0:
        note = f"{note} A cap limits what is borne, not what is given back.".strip()
    return _divided(RiskShareMethod.CAPPED, basis, division, working, note)


def _none(basis: Basis) -> Divided:
    return _divided(RiskShareMethod.NONE, basis, Division({}, basis.overspend), {})


_RULES: Mapping[str, Callable[[Basis], Divided]] = {
    RiskShareMethod.PROPORTION: _in_proportion,
    RiskShareMethod.PERCENT: _by_percent,
    RiskShareMethod.OWN: _own,
    RiskShareMethod.FIXED: _fixed,
    RiskShareMethod.CAPPED: _capped,
    RiskShareMethod.NONE: _none,
}
_WEIGHED_BY: Mapping[str, Wanted] = {
    RiskShareMethod.PROPORTION: Wanted.CONTRIBUTIONS,
    RiskShareMethod.PERCENT: Wanted.PERCENTS,
    RiskShareMethod.FIXED: Wanted.AMOUNTS,
    RiskShareMethod.CAPPED: Wanted.PERCENTS,
}


def _divided(
    method: str,
    basis: Basis,
    division: Division[Choice],
    working: Mapping[Choice, str],
    note: str = "",
) -> Divided:
    """A rule's division with the sign of the result; who has no share in it has nothing."""
    parties = dict.fromkeys((*basis.parties, *division.borne))
    parts = (
        Part(party, ZERO - division.borne.get(party, ZERO), working.get(party, "no share"))
        for party in parties
    )
    return Divided(method, tuple(parts), ZERO - division.unborne, note)


def _weights(basis: Basis) -> tuple[Amounts, str]:
    """What the parties paid in; where none of that is stated, what they spent stands for it."""
    if basis.contributed or len(_lacking(basis, basis.spent)) > 0:
        _all_stated(basis, basis.contributed, "paid in", Wanted.CONTRIBUTIONS)
        return basis.contributed, ""
    note = (
        "What each party paid in is not stated, so what each spent stands for it. Enter the "
        "contributions among the agreement’s amounts to divide by them."
    )
    return basis.spent, note


def _all_stated(basis: Basis, found: Amounts, did: str, wanted: Wanted) -> None:
    lacking = _lacking(basis, found)
    if lacking or not found:
        who = joined(party.label for party in lacking) if lacking else "each party"
        raise _Lacking(
            f"What {who} {did} is not stated. Enter it among the agreement’s amounts.", wanted
        )


def _lacking(basis: Basis, found: Amounts) -> list[Choice]:
    return [party for party in basis.parties if party != NOT_STATED and party not in found]


def _stated(found: Amounts, what: str, wanted: Wanted) -> Amounts:
    if not found:
        raise _Lacking(
            f"No {what} of any party is stated. Enter it as the party’s share of the risk.", wanted
        )
    return found


def _of_all(basis: Basis, weights: Amounts, party: Choice) -> str:
    """`£1,075,000 × £1,230,000 ÷ £3,642,000`."""
    return (
        f"{format_pounds(abs(basis.result))} × {format_pounds(weights[party])} ÷ "
        f"{format_pounds(total(weights.values()))}"
    )


def _percent_of(basis: Basis, party: Choice) -> str:
    return f"{format_pounds(abs(basis.result))} × {format_number(basis.percents[party])}%"
