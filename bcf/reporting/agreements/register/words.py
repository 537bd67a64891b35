"""What the register says of an agreement in words: its state, its end, its notice, its parties."""

from collections.abc import Sequence
from datetime import date

from bcf.assurance.agreements.positions import Position, State
from bcf.assurance.agreements.register import Heading, Line, Pooled, Register
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.checks.naming import counted
from bcf.assurance.figures import Choice
from bcf.base.words import date_in_words
from bcf.money import format_pounds
from bcf.ui.tables import format_number
from governance.choices import AgreementKind, Arrangement, ClientGroup

SUPERSEDED = ("Superseded", "grey")
SHOWN = {
    State.IN_FORCE: ("In force", "green"),
    State.ENDING: ("Ends soon", "red"),
    State.ENDED: ("Ended", "grey"),
    State.NOT_KNOWN: ("Not known", "yellow"),
}
# Less than this is told in days, and from two years on months count no more.
FEW_DAYS, YEAR, TWO_YEARS = 92, 12, 24


def state_of(position: Position) -> tuple[str, str]:
    """How an agreement stands, and the colour of the tag that says so."""
    return SUPERSEDED if position.successor.key else SHOWN[position.state]


def days_in_words(position: Position) -> str:
    """`867 days left`, `ended 5 years ago`; nothing where no end is stated.

    An end of which the month is not known may be that much earlier.
    """
    days, ends = position.days_left, position.term.ends
    if days is None or ends is None:
        return ""
    if days < 0:
        ago = time_between(ends.last_day, position.day)
        return f"ended {'at least ' if ends.month is None else ''}{ago} ago"
    if days == 0:
        return "its last day"
    left = f"{format_number(days)} day{'' if days == 1 else 's'} left"
    return f"at most {left}" if ends.month is None else left


def time_between(first: date, last: date) -> str:
    """From a day to a later one: `14 days`, `8 months`, `5 years`; whole ones alone."""
    days = (last - first).days
    if days < FEW_DAYS:
        return counted(days, "day")
    months = (last.year - first.year) * YEAR + last.month - first.month - (last.day < first.day)
    return counted(months, "month") if months < TWO_YEARS else counted(months // YEAR, "year")


def successor_note(position: Position) -> str:
    """What superseded it."""
    return f"by {position.successor.label}" if position.successor.key else ""


def term_of(position: Position) -> str | None:
    """`April 2017 to March 2021`, `August 2013, no end`; None where neither is stated."""
    term = position.term
    if not term.starts and not term.is_end_known:
        return None
    starts = term.starts.label if term.starts else "start not stated"
    if term.is_open_ended:
        return f"{starts}, no end"
    return f"{starts} to {term.ends.label}" if term.ends else f"{starts}, end not stated"


def term_note(position: Position) -> str:
    """How long it still runs, or since when it does not; and which dates are not its own."""
    told = [days_in_words(position)]
    if position.is_start_of_above and position.is_end_of_above:
        told.append("as the agreement above it")
    elif position.is_start_of_above:
        told.append("starts as the agreement above it")
    elif position.is_end_of_above:
        told.append("ends as the agreement above it")
    return "; ".join(filter(None, told))


def notice_of(position: Position) -> str:
    """The notice period: `6 months’ notice`."""
    months = position.term.notice_months
    if months is None:
        return "Notice not stated"
    return f"{counted(months, 'month')}{'’s' if months == 1 else '’'} notice"


def due_note(position: Position) -> str:
    """By when notice is to be given, when it was, and when the review is due."""
    it = position.agreement
    is_over = position.state is State.ENDED
    by = position.notice_by
    told = [f"give by {date_in_words(by)}" if by and not is_over else ""]
    told.append(f"given {it.notice.label}" if it.notice else "")
    told.append(f"review due {it.review.label}" if it.review else "review not stated")
    return "; ".join(filter(None, told))


def names_of(choices: Sequence[Choice]) -> str | None:
    """Names with commas between them; None where there is none."""
    return ", ".join(each.label for each in choices) or None


def arranged(agreement: Agreement) -> str:
    """What they do together, and who is the host."""
    it = agreement
    what = Arrangement(it.arrangement).label if it.arrangement else "arrangement not stated"
    return f"{what}; {f'host: {it.host.label}' if it.host.key else 'host not stated'}"


def about(line: Line) -> str:
    """What kind of agreement it is, and what it covers."""
    it = line.agreement
    kind = AgreementKind(it.kind).label
    if line.parent:
        kind = f"{kind} of {line.parent.label}"
    if not it.is_section_75:
        kind = f"{kind}, not under section 75"
    return f"{kind}. {it.says.get('purpose', '')}".strip()


def pooled_note(pooled: Pooled) -> str:
    """How a document prints the amount, and another one that it prints without a year."""
    told = [pooled.value.put_right_in_words if pooled.value else ""]
    if pooled.elsewhere:
        beside = f"{format_pounds(pooled.elsewhere.amount)} is stated without a year"
        printed = pooled.elsewhere.put_right_in_words
        told.append(f"{beside} ({printed})" if printed else beside)
    return "; ".join(filter(None, told))


def group_label(client_group: str) -> str:
    return ClientGroup(client_group).label if client_group else "Client group not stated"


def heading_label(heading: Heading) -> str:
    """`Barnet`, `Havering and Redbridge together`."""
    areas = [board.label for board in heading.boards]
    if len(areas) < 2:
        return "".join(areas) or "No board stated"
    return f"{', '.join(areas[:-1])} and {areas[-1]} together"


def counts_in_words(register: Register) -> str:
    """How many agreements there are, and how they stand."""
    states = [line.position.state for line in register.lines]
    ending, ended, unknown = (
        states.count(each) for each in (State.ENDING, State.ENDED, State.NOT_KNOWN)
    )
    day = date_in_words(register.day)
    told = [
        f"{ending or 'None'} of {counted(len(states), 'agreement')} "
        f"{'ends' if ending < 2 else 'end'} within 12 months of {day}",
        f"{ended or 'none'} {'have' if ended != 1 else 'has'} ended before",
    ]
    said = f"{', and '.join(told)}."
    if not unknown:
        return said
    runs = "it runs" if unknown == 1 else "they run"
    return f"{said} For {unknown} no end is stated, so it cannot be told whether {runs}."
