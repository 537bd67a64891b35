"""Checks of who has signed a plan: everybody who has to, with a name and a date."""

from collections.abc import Iterable

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.naming import first_of, joined, quoted
from bcf.assurance.checks.record import BodyRow, Record, SignOffRow
from bcf.base.words import date_in_words
from governance.choices import SignOffRole
from plans.cycle_definitions import CheckRule, SignOffRule

SIGN_OFFS = "governance.signoff"
MOST = 6


def missing(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Every body that has to sign has a signature with a name and a date.

    Where several people sign for one body, it has as many.
    """
    required = {each.role: each for each in reversed(record.cycle.sign_offs) if each.is_required}
    if not required:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            "Signatures were not checked: who has to sign is not known for this cycle.",
        )
    for asked in record.cycle.sign_offs:
        if asked is required.get(asked.role):
            yield from _of_role(record, rule.key, asked)
            yield from _too_few(record, rule.key, asked.role)
    others = [row for row in record.own(record.sign_offs) if row.role not in required]
    for role in dict.fromkeys(row.role for row in others):
        rows = [row for row in others if row.role == role]
        yield from _incomplete(rule.key, Severity.WARNING, SignOffRole(role).label, rows)
    yield from to_come(record, rule.key)


def _of_role(record: Record, code: str, asked: SignOffRule) -> Iterable[Finding]:
    rows = [row for row in record.sign_offs if row.role == asked.role]
    bodies = _bodies(record, asked)
    if asked.each and not bodies:
        yield Finding(
            code,
            Severity.NOT_CHECKED,
            f"{asked.label}: signatures were not checked, because the plan does not name the "
            "bodies that sign in this role.",
            mend=Mend(SIGN_OFFS, record.slug),
        )
    faulty, spare = [], [row for row in rows if row.owner in record.family]
    absent = []
    for body in bodies if asked.each else (BodyRow("", asked.label),):
        own = [row for row in rows if not asked.each or body.key in (row.organisation, row.board)]
        if not own:
            absent.append(body.name)
        elif not any(map(_is_complete, own)):
            faulty += [row for row in own if row.name.strip()] or own
    loose = [row for row in rows if not row.body and _is_complete(row)]
    if absent:
        yield _absent(record, code, asked, absent, loose)
    yield from _incomplete(code, Severity.ERROR, asked.label, faulty)
    rest = [row for row in spare if row not in faulty]
    yield from _incomplete(code, Severity.WARNING, asked.label, rest)


def _too_few(record: Record, code: str, role: str) -> Iterable[Finding]:
    """Bodies for which somebody signed, and not everybody who signs for them."""
    asked = [each for each in record.cycle.sign_offs if each.role == role and each.is_required]
    signed = [row for row in record.sign_offs if row.role == role and _is_complete(row)]
    short = []
    for body in _bodies(record, asked[0]):
        count = sum(body.key in (row.organisation, row.board) for row in signed)
        if 0 < count < len(asked):
            short.append(f"{body.name} ({count} of {len(asked)})")
    if short:
        yield Finding(
            code,
            Severity.ERROR,
            f"{joined(each.label for each in asked)} all sign, and not all have signed for "
            f"{joined(short)}. Enter who else signs, in which position, and on which day.",
            joined(short),
            f"{len(asked)} signatures with a name and a date",
            Mend(SIGN_OFFS, record.slug),
        )


def _bodies(record: Record, asked: SignOffRule) -> tuple[BodyRow, ...]:
    if asked.role == SignOffRole.COUNCIL:
        return tuple({each.key: each for each in record.councils}.values())
    if asked.role == SignOffRole.NHS_COMMISSIONER:
        return record.commissioners
    if asked.role == SignOffRole.BOARD:
        return tuple(BodyRow(each.slug, each.name) for each in record.boards)
    return ()


def _is_complete(row: SignOffRow) -> bool:
    return bool(row.name.strip()) and row.signed_on is not None


def to_come(record: Record, code: str) -> Iterable[Finding]:
    """Nobody has signed on a day that is still to come."""
    for row in record.own(record.sign_offs):
        if row.signed_on and row.signed_on > record.today:
            day = date_in_words(row.signed_on)
            yield Finding(
                code,
                Severity.ERROR,
                f"{row.title}: the day of the signature, {day}, is still to come. Enter the day on "
                "which it was signed, or leave it empty until then.",
                day,
                f"{date_in_words(record.today)} or before",
                Mend.row(row.row, "signed_on"),
                record.area(row.owner),
                (row.row,),
            )


def _absent(
    record: Record, code: str, asked: SignOffRule, absent: list[str], loose: list[SignOffRow]
) -> Finding:
    mend = Mend(SIGN_OFFS, record.slug)
    if loose:
        return Finding(
            code,
            Severity.NOT_CHECKED,
            f"{asked.label}: whether somebody signed for {joined(absent)} was not checked, because "
            f"it is not said for whom {joined(row.title for row in loose)} signed. Choose the "
            "organisation or the board.",
            mend=Mend.row(loose[0].row, "organisation"),
        )
    whom = f"for {joined(absent)}" if asked.each else "in this role"
    remedy = "Enter who signs for each" if len(absent) > 1 else "Enter who signs"
    return Finding(
        code,
        Severity.ERROR,
        f"{asked.label}: no signature is entered {whom}. {remedy}, and on which day.",
        "no signature",
        "a name and a date",
        mend,
    )


def _incomplete(
    code: str, severity: Severity, label: str, rows: Iterable[SignOffRow]
) -> Iterable[Finding]:
    """Rows without a date, and rows without a name, as one finding each."""
    wanting = [row for row in rows if not _is_complete(row)]
    undated = [row for row in wanting if row.name.strip()]
    unnamed = [row for row in wanting if not row.name.strip()]
    if undated:
        is_one = len(undated) == 1
        what, of = ("date is", "the signature") if is_one else ("dates are", "the signatures")
        yield Finding(
            code,
            severity,
            f"{label}: no {what} entered for {of} of {first_of(map(_described, undated), MOST)}. "
            f"Enter the day of {'the' if is_one else 'each'} signature.",
            "no date",
            "a name and a date",
            Mend.row(undated[0].row, "signed_on"),
            rows=tuple(row.row for row in undated),
        )
    if unnamed:
        is_dated = all(row.signed_on for row in unnamed)
        yield Finding(
            code,
            severity,
            f"{label}: {'no name is' if is_dated else 'neither name nor date is'} entered for "
            f"{first_of(map(_described, unnamed), MOST)}. Enter who signed"
            f"{'' if is_dated else ', and on which day'}.",
            "no name",
            "a name and a date",
            Mend.row(unnamed[0].row, "name"),
            rows=tuple(row.row for row in unnamed),
        )


def _described(row: SignOffRow) -> str:
    """Who signs for whom; where nobody is named, in which position."""
    whom = f"for {row.body}" if row.body else "for a body that is not named"
    if row.name.strip():
        return f"{row.name} {whom}"
    return f"the signature {whom}" + (f" as {quoted(row.position)}" if row.position else "")


def unratified(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """What is signed under delegation has been ratified, or its day is still to come."""
    if not record.sign_offs:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            "Whether delegated signatures are ratified was not checked: no signature is entered.",
            mend=Mend(SIGN_OFFS, record.slug),
        )
    for row in record.own(record.sign_offs):
        day = row.to_be_ratified_on
        if not row.is_delegated or (day is not None and day >= record.today):
            continue
        when = (
            f"was to be ratified on {date_in_words(day)}, which has passed"
            if day
            else "no day is entered on which it is to be ratified"
        )
        yield Finding(
            rule.key,
            Severity.WARNING,
            f"{row.title}: this signature was given under delegation, and {'it ' if day else ''}"
            f"{when}. Clear “signed under delegation” once it is ratified; until then enter the "
            "day on which it will be.",
            date_in_words(day) if day else "no day",
            "a day to come",
            Mend.row(row.row, "to_be_ratified_on"),
            record.area(row.owner),
            (row.row,),
        )
