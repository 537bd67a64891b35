"""Who bears the surplus or deficit of an agreement, under its own rule and under each other."""

from collections.abc import Iterable, Sequence

from bcf.assurance.agreements.accounts import Account
from bcf.assurance.agreements.division import (
    Basis,
    Divided,
    NotDivided,
    account_divided,
    basis_of,
    divide_result,
    sharings_of,
)
from bcf.assurance.agreements.values import Agreement, Sharing
from bcf.money import format_pounds
from bcf.reporting.dashboards.panels import Link, Panel, Question
from bcf.ui.tables import Column, Table, Working, build_row, build_table
from governance.choices import RiskShareMethod

KEY, HEADING = "division", "Who bears what is left?"
NOBODY = "Borne by nobody"


def division_question(
    agreement: Agreement,
    above: Sequence[Agreement],
    asked: str = "",
    links: tuple[Link, ...] = (),
) -> Question:
    """How its risk share divides the result of the year asked for, or of the latest with one.

    `links` lead to where what it divides by is entered.
    """
    account = account_divided(agreement, asked)
    sharings, whose = sharings_of(agreement, above)
    recorded = tuple(_recorded(sharings, whose, agreement))
    basis = basis_of(account, sharings) if account else None
    if account is None or basis is None:
        words = (
            "No surplus or deficit of any year is known, so there is nothing to divide. Enter it, "
            "or what was paid in and spent, among the agreement’s amounts."
        )
        return Question(KEY, HEADING, (words, *recorded), (), links)
    return Question(
        KEY,
        HEADING,
        (_result_words(account, basis), *recorded),
        (
            *(_rule_panel(number, each, account) for number, each in enumerate(sharings, 1)),
            _each_rule_panel(basis, account),
        ),
        links,
    )


def _recorded(sharings: Sequence[Sharing], whose: Agreement, agreement: Agreement) -> Iterable[str]:
    if not sharings:
        yield (
            "No rule is recorded that says who bears an overspend and who gets back an "
            "underspend. Record it as a risk share of this agreement, with each partner’s share."
        )
    elif whose != agreement:
        yield (
            "This schedule has no rule of its own, so that of its overarching agreement, "
            f"“{whose.title}”, applies."
        )


def _result_words(account: Account, basis: Basis) -> str:
    size = format_pounds(abs(basis.result))
    if not basis.result:
        return f"{account.year.label} ended with neither a surplus nor a deficit."
    kind = "deficit" if basis.result < 0 else "surplus"
    origin = "as stated" if account.stated else "as it follows from what came in and was spent"
    return f"{account.year.label} ended with a {kind} of {size}, {origin}."


def _rule_panel(number: int, sharing: Sharing, account: Account) -> Panel:
    """One recorded rule, in words and in pounds."""
    basis = basis_of(account, [sharing])
    assert basis is not None
    key = f"rule-{number}"
    method = method_label(sharing.method)
    outcome = divide_result(sharing.method, basis)
    place = f" ({sharing.citation.place})" if sharing.citation else ""
    words = [f"The rule as recorded: “{sharing.rule}”{place}"]
    if sharing.amount is not None:
        words.append(f"Underwritten: {format_pounds(sharing.amount)}.")
    if isinstance(outcome, NotDivided):
        words.append(f"Not divided. {outcome.why}")
        return Panel(key, method, sentences=tuple(words))
    if outcome.note:
        words.append(outcome.note)
    caption = f"{method}: {account.year.label}, in pounds"
    return Panel(
        key, method, sentences=tuple(words), table=parts_table(key, caption, outcome), is_open=True
    )


def parts_table(key: str, caption: str, outcome: Divided) -> Table:
    """Each party's part with its working, what nobody bears, and the result as their total."""
    rows = [build_row([each.party.label, each.amount, each.working]) for each in outcome.parts]
    if outcome.unborne or outcome.method in (RiskShareMethod.NONE, RiskShareMethod.CAPPED):
        rows.append(build_row([NOBODY, outcome.unborne, "for the partners to settle"]))
    return build_table(
        key,
        caption,
        [Column("Party", is_row_header=True), Column("Part of the result", "money"), "Working"],
        rows,
        total=["Result", outcome.result, ""],
        notes=[
            "A part of a deficit, with a minus sign, is borne; a part of a surplus is given back. "
            "Parts are rounded to the penny so that they add to the result exactly."
        ],
    )


def _each_rule_panel(basis: Basis, account: Account) -> Panel:
    """What each kind of rule would give, with what is known of the agreement."""
    outcomes = [divide_result(method, basis) for method in RiskShareMethod.values]
    divided = [each for each in outcomes if isinstance(each, Divided)]
    lacking = [each for each in outcomes if isinstance(each, NotDivided)]
    return Panel(
        "each-rule",
        "Under each rule",
        points=tuple(f"{method_label(each.method)}: not divided. {each.why}" for each in lacking),
        table=_each_rule_table(divided, basis, account),
        is_open=True,
    )


def _each_rule_table(divided: Sequence[Divided], basis: Basis, account: Account) -> Table:
    return build_table(
        "each-rule",
        f"The result of {account.year.label} under each rule, in pounds",
        [
            Column("Rule", is_row_header=True),
            *(Column(party.label, "money") for party in basis.parties),
            Column(NOBODY, "money"),
            Column("Together", "money"),
        ],
        [
            build_row(
                [
                    method_label(each.method),
                    *(part.amount for part in each.parts),
                    each.unborne,
                    each.result,
                ]
            )
            for each in divided
        ],
        notes=[
            "Each line adds to the result of the year; none of them is agreed by being shown.",
            *(f"{method_label(each.method)}: {each.note}" for each in divided if each.note),
        ],
        workings=[
            Working(
                f"{method_label(each.method)}, {part.party.label}",
                format_pounds(part.amount),
                part.working,
            )
            for each in divided
            if each.method != RiskShareMethod.NONE
            for part in each.parts
        ],
    )


def method_label(method: str) -> str:
    """A rule's method in words."""
    return RiskShareMethod(method).label if method else "Method not stated"
