"""Who agreed, how the plan is governed, and at what risk."""

from collections.abc import Iterable, Iterator
from typing import Any

from bcf.assurance.rows import Held
from bcf.reporting.documents.model import (
    Fact,
    Facts,
    Origin,
    Section,
    Signature,
    Signatures,
    Tabled,
    Words,
)
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import Shown, inherited_pair, row_table
from bcf.ui.templatetags.ui import british_date
from governance.choices import SignOffRole
from governance.models import SignOff
from plans.cycle_definitions import Block as FormBlock
from plans.models import Plan

NOT_SIGNED = "Not signed yet"


def authorisation(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """A signature block for each who signed or is to sign, and those of the joint plan."""
    own = [_signature(reading, form, held.plan, held.row) for held in reading.held("sign_offs")]
    missing = [each for plan in reading.family for each in _unsigned(reading, form, plan)]
    inherited = [
        _signature(reading, form, held.plan, held.row, reading.origin)
        for held in reading.rows.inherited("sign_offs")
    ]
    yield Signatures((*own, *missing, *inherited))


def _signature(
    reading: Reading, form: FormBlock, plan: Plan, row: SignOff, origin: Origin | None = None
) -> Signature:
    signed = british_date(row.signed_on) if row.signed_on else ""
    more = (
        ("Signed under delegation", "Yes" if row.is_delegated else ""),
        ("To be ratified on", british_date(row.to_be_ratified_on) if row.to_be_ratified_on else ""),
        ("Remark", row.note),
    )
    # A sign-off that names nobody but its role is of the whole area's board or body.
    whom = str(row.organisation or row.board or row.get_role_display())
    if not (row.organisation or row.board) and reading.parts:
        whom = f"{whom}, {reading.area(plan)}"
    return Signature(
        heading=f"Signed on behalf of {whom}",
        facts=(
            *_places(form, row.name, row.position, signed),
            *(Fact(label, answer) for label, answer in more if answer),
        ),
        origin=origin,
    )


def _places(form: FormBlock, name: str, position: str, signed: str) -> tuple[Fact, ...]:
    return (
        Fact(form.column_label("name", "By"), name or NOT_SIGNED),
        Fact(form.column_label("position", "Position"), position or "Not stated"),
        Fact(form.column_label("date", "Date"), signed or "Not stated"),
    )


def _unsigned(reading: Reading, form: FormBlock, plan: Plan) -> Iterator[Signature]:
    """Places for those who are to sign by the cycle's rules and of whom nothing is entered."""
    if reading.parts and plan is reading.plan:
        return  # its parts' bodies sign
    held = [*reading.held("sign_offs"), *reading.rows.inherited("sign_offs")]
    entered = {(each.row.role, str(each.row.organisation or each.row.board)) for each in held}
    for role, names in _signatories(plan).items():
        if role in {rule.role for rule in reading.cycle.sign_offs if rule.each}:
            for name in names:
                if (role, name) not in entered:
                    yield Signature(f"Signed on behalf of {name}", _places(form, "", "", ""))


def _signatories(plan: Plan) -> dict[str, list[str]]:
    return {
        SignOffRole.NHS_COMMISSIONER: [str(each) for each in plan.commissioners.all()],
        SignOffRole.COUNCIL: [str(board.authority) for board in plan.boards.all()],
        SignOffRole.BOARD: [str(board) for board in plan.boards.all()],
    }


def governance_structure(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The bodies that decide, and to whom each reports."""

    def make(rows: list[Held], origin: Origin | None, suffix: str) -> Tabled:
        return row_table(
            reading,
            form,
            "Governance bodies",
            (
                Shown("body", "Body", lambda row: row.name),
                Shown("kind", "Kind", lambda row: row.kind),
                Shown("level", "Level", lambda row: row.level),
                Shown("reports-to", "Reports to", _reports_to, optional=True),
                Shown("remit", "Remit", lambda row: row.remit),
            ),
            rows,
            key=f"{form.key}{suffix}",
            origin=origin,
            empty="No governance body is entered.",
        )

    yield from inherited_pair(reading, "bodies", make)


def _reports_to(row: Any) -> str:
    return ", ".join(str(each) for each in row.reports_to.all())


def risk_log(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The risks with their scores, their rating, and what is done about them."""

    def make(rows: list[Held], origin: Origin | None, suffix: str) -> Tabled:
        return row_table(
            reading,
            form,
            "Risk log",
            (
                Shown("risk", "Risk", str),
                Shown("likelihood", "Likelihood (1–5)", lambda row: row.likelihood, "number"),
                Shown("impact", "Impact (1–5)", lambda row: row.impact, "number"),
                Shown("rating", "Rating (of 25)", lambda row: row.rating, "number"),
                Shown(
                    "printed-rating", "Rating as printed", lambda row: row.printed_rating, "number"
                ),
                Shown("mitigation", "Mitigation", lambda row: row.mitigation),
                Shown("owner", "Owner", lambda row: row.owner),
                Shown("after", "After mitigation", lambda row: row.rating_after_mitigation),
            ),
            rows,
            key=f"{form.key}{suffix}",
            origin=origin,
            empty="No risk is entered.",
            notes=("The rating is likelihood times impact.",)
            if any(held.row.rating for held in rows)
            else (),
        )

    yield from inherited_pair(reading, "risks", make)


def risk_share(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """How an over- or underspend is divided."""

    def make(rows: list[Held], origin: Origin | None, suffix: str) -> Tabled:
        return row_table(
            reading,
            form,
            "How over- and underspends are shared",
            (
                Shown("rule", "Rule", lambda row: row.rule),
                Shown("method", "Method", lambda row: row.get_method_display()),
                Shown("amount", "Amount underwritten", lambda row: row.amount, "money"),
            ),
            rows,
            key=f"{form.key}{suffix}",
            origin=origin,
            empty="No rule for sharing an over- or underspend is entered.",
        )

    yield from inherited_pair(reading, "risk_shares", make)


def maturity(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The High Impact Change Model: how far each change has come, and what is planned."""

    def make(rows: list[Held], origin: Origin | None, suffix: str) -> Tabled:
        return row_table(
            reading,
            form,
            "High Impact Change Model",
            (
                Shown("change", "Change", str),
                Shown("current", "Maturity now", lambda row: row.current_level),
                Shown("planned", "Maturity planned", lambda row: row.planned_level),
                Shown("milestone", "Milestone", lambda row: row.milestone),
                Shown("due", "When", lambda row: row.due_in_words or _date(row.due)),
                Shown("success", "Measure of success", lambda row: row.success_measure),
            ),
            rows,
            key=f"{form.key}{suffix}",
            origin=origin,
            empty="No change of the High Impact Change Model is assessed.",
        )

    yield from inherited_pair(reading, "maturity", make)


def _date(value: Any) -> str:
    return value.label if value else ""


def provider_commentary(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """What each provider says of the plan's figures."""
    held = reading.held("commentaries")
    if not held:
        yield Words("No provider has commented.")
    for each in held:
        row = each.row
        signed = ", ".join(filter(None, (row.signatory, row.position)))
        answers = (
            ("provider", "Provider", str(row.provider)),
            ("signatory", "Signed by", signed),
            ("agrees", "Agrees with the figures", row.get_agrees_display()),
            ("figures", "Figures", row.figures),
            ("commentary", "Commentary", row.text),
        )
        yield Section(
            key=f"commentary-{each.plan.slug}-{row.ref}",
            heading=str(row.provider),
            blocks=(
                Facts(
                    tuple(
                        Fact(form.column_label(key, label), words) for key, label, words in answers
                    )
                ),
            ),
            is_listed=False,
        )
