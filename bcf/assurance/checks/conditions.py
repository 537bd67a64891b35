"""Checks of national conditions and planning requirements, of questions, and of shares."""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.naming import FEW, counted, first_of, joined, quoted
from bcf.assurance.checks.record import BoardRow, ConditionRow, Record, ShareRow
from bcf.assurance.checks.signing import missing, unratified
from bcf.ui.tables import format_number
from governance.choices import ConditionStatus
from plans.cycle_definitions import CheckRule, NationalCondition, PlanningRequirement, Question

RESPONSES = "governance.conditionresponse"
ANSWERS = "plans.answer"
MANY = 10
WHOLE = Decimal(100)


def unanswered(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Every national condition that the plan's form asks about has a response.

    So has every planning requirement; responses to all that belong to a condition serve for it.
    """
    if not record.cycle.confirmed:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            "Responses to national conditions were not checked: none is known for this cycle.",
        )
        return
    unasked = []
    for condition in record.cycle.confirmed:
        lacking = _lacking(record, _responding(record, condition))
        if lacking and not _is_asked(record, condition):
            unasked.append(quoted(condition.label))
        elif lacking:
            yield _unanswered(record, rule.key, condition, lacking)
    if unasked:
        it, have = ("it", "has") if len(unasked) == 1 else ("them", "have")
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            f"{first_of(unasked)} {have} no response. Whether the plan needs one was not checked, "
            f"because its form asks nothing about {it}.",
            mend=Mend(RESPONSES, record.slug),
        )


def _unanswered(
    record: Record, code: str, condition: NationalCondition, lacking: tuple[str, ...]
) -> Finding:
    begun = [
        row
        for row in record.conditions
        if row.condition == condition.key and row.owner in lacking and not _says_something(row)
    ]
    is_doubtful = isinstance(condition, PlanningRequirement) and not condition.verified
    doubt = " This is a warning only, because the requirement could not be verified."
    return Finding(
        code,
        Severity.WARNING if is_doubtful else Severity.ERROR,
        f"{_called(condition)} is not answered{_whose(record, lacking)}. Write the response, and "
        f"say whether the {_kind(condition)} is met.{doubt if is_doubtful else ''}",
        "no response",
        f"a response to every {_kind(condition)}",
        Mend.row(begun[0].row, "text") if begun else Mend(RESPONSES, lacking[0]),
        record.area(lacking[0]) if len(lacking) == 1 else "",
    )


def _responding(record: Record, condition: NationalCondition) -> set[str]:
    """The plans that respond to a condition: to itself, or to all questions about it.

    Or to all planning requirements that belong to it.
    """
    of = [each for each in record.cycle.planning_requirements if each.condition == condition.key]
    asked = [each for each in record.cycle.questions if each.condition == condition.key]
    return (
        _stating(record, condition)
        | _in_all(_answering(record, each) for each in asked)
        | _in_all(_stating(record, each) for each in of)
    )


def _stating(record: Record, condition: NationalCondition) -> set[str]:
    return {
        row.owner
        for row in record.conditions
        if row.condition == condition.key and _says_something(row)
    }


def _in_all(plans: Iterable[set[str]]) -> set[str]:
    """The plans that are in every set; none where there is no set."""
    sets = list(plans)
    return set.intersection(*sets) if sets else set()


def _says_something(row: ConditionRow) -> bool:
    return bool(row.text.strip()) or row.status != ConditionStatus.NOT_STATED


def _is_asked(record: Record, condition: NationalCondition) -> bool:
    """Whether the form asks about a condition; each where its questions are about none.

    What it lists as a planning requirement it asks.
    """
    if isinstance(condition, PlanningRequirement):
        return True
    asked = {
        *(each.condition for each in record.cycle.questions),
        *(each.condition for each in record.cycle.planning_requirements),
    } - {""}
    return not asked or condition.key in asked


def _called(condition: NationalCondition) -> str:
    is_requirement = isinstance(condition, PlanningRequirement)
    what = "planning requirement" if is_requirement else "national condition"
    if condition.number:
        return f"{what.capitalize()} {condition.number}, {quoted(condition.label)},"
    return f"The {what} {quoted(condition.label)}"


def _kind(condition: NationalCondition) -> str:
    return "requirement" if isinstance(condition, PlanningRequirement) else "condition"


def _lacking(record: Record, given: Collection[str]) -> tuple[str, ...]:
    """The plans without something that these plans give: what a joint plan gives, its parts have.

    The plan itself stands for all its parts where none of them has it.
    """
    if record.slug in given or (record.joint and record.joint in given):
        return ()
    parts = [each.slug for each in record.money.parts]
    lacking = tuple(slug for slug in parts if slug not in given)
    return lacking if len(lacking) < len(parts) else (record.slug,)


def _whose(record: Record, lacking: tuple[str, ...]) -> str:
    """In words, whose answer is wanting, where it is that of parts of a joint plan."""
    if lacking == (record.slug,):
        return ", here or in the joint plan" if record.joint else ""
    areas = joined(map(record.area, lacking))
    return f" by {areas}, nor by the joint plan for {'it' if len(lacking) == 1 else 'them'}"


def not_met_without_action(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """A condition or requirement that is not met yet has an action that will meet it."""
    own = [row for row in record.own(record.conditions) if _says_something(row)]
    acting = {(row.owner, row.condition) for row in record.conditions if row.action.strip()}
    for condition in record.cycle.confirmed:
        for status, severity in (
            (ConditionStatus.NOT_MET, Severity.ERROR),
            (ConditionStatus.IN_PROGRESS, Severity.WARNING),
        ):
            wanting = [
                row
                for row in own
                if (row.condition, row.status) == (condition.key, status)
                and not acting & {(each, row.condition) for each in _above(record, row)}
            ]
            if wanting:
                yield _without_action(record, rule.key, condition, severity, wanting)
    yield from _of_unknown_status(record, rule.key, own)


def _above(record: Record, row: ConditionRow) -> tuple[str, ...]:
    """The plans whose action serves for a row: its own, and the joint plan over it."""
    return tuple(filter(None, (row.owner, record.slug, record.joint)))


def _without_action(
    record: Record,
    code: str,
    condition: NationalCondition,
    severity: Severity,
    wanting: list[ConditionRow],
) -> Finding:
    status = "not met" if severity is Severity.ERROR else "still in progress"
    plans = [record.area(row.owner) or "the joint plan" for row in wanting]
    by = f" by {joined(plans)}" if record.money.parts else ""
    return Finding(
        code,
        severity,
        f"{_called(condition)} is {status}, and no action is given{by}. Say in “action where it "
        "is not met” what will be done to meet it, and by when.",
        "no action",
        f"an action for every {_kind(condition)} that is not met",
        Mend.row(wanting[0].row, "action"),
        record.area(wanting[0].owner) if len(wanting) == 1 else "",
        tuple(row.row for row in wanting),
    )


def _of_unknown_status(record: Record, code: str, own: list[ConditionRow]) -> Iterable[Finding]:
    silent = [row for row in own if row.status == ConditionStatus.NOT_STATED]
    keys = {row.condition for row in silent}
    asked = [each for each in record.cycle.confirmed if each.key in keys]
    labels = [quoted(each.label) for each in asked]
    if labels:
        kinds = " or ".join(dict.fromkeys(map(_kind, asked)))
        it, they = ("it", "it is") if len(labels) == 1 else ("they", "each is")
        needs = "needs" if it == "it" else "need"
        yield Finding(
            code,
            Severity.NOT_CHECKED,
            f"{first_of(labels)}: whether {it} {needs} an action was not checked, because the "
            f"response does not say whether the {kinds} is met. Choose whether {they} met.",
            mend=Mend.row(silent[0].row, "status"),
            rows=tuple(row.row for row in silent),
        )
    elif not any(map(_says_something, record.conditions)):
        yield Finding(
            code,
            Severity.NOT_CHECKED,
            "Whether national conditions need an action was not checked: no response to one is "
            "entered.",
            mend=Mend(RESPONSES, record.slug),
        )


def unanswered_questions(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Every question of the plan's form has an answer."""
    questions = record.cycle.questions
    if not questions:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            "Answers were not checked: the questions of the plan’s form are not known.",
        )
    if not record.form and len(record.cycle.template_versions) > 1:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            "Answers were not checked: it is not chosen which of the cycle’s forms the plan fills "
            "in. Choose the template version.",
            mend=Mend("plans.plan", record.slug, record.slug, "template_version"),
        )
        return
    groups: dict[tuple[tuple[str, ...], bool], list[Question]] = {}
    for each in questions:
        if lacking := _lacking(record, _answering(record, each)):
            groups.setdefault((lacking, each.verified), []).append(each)
    for (lacking, is_verified), wanting in groups.items():
        yield _unanswered_questions(record, rule.key, lacking, is_verified, wanting)


def _answering(record: Record, question: Question) -> set[str]:
    return {row.owner for row in record.answers if row.question == question.key}


def _unanswered_questions(
    record: Record,
    code: str,
    lacking: tuple[str, ...],
    is_verified: bool,
    wanting: list[Question],
) -> Finding:
    number, of = len(wanting), len(record.cycle.questions)
    names = joined(each.heading for each in wanting)
    if number > MANY:
        numbers = joined(each.section for each in wanting[FEW:])
        names = f"{', '.join(each.heading for each in wanting[:FEW])}, and {numbers}"
    which = "None" if number == of else str(number)
    is_one = which in ("None", "1")
    remedy = "Answer it." if number == 1 else "Answer them."
    doubt = (
        ""
        if is_verified
        else " This is a warning only, because the form’s questions could not be verified."
    )
    return Finding(
        code,
        Severity.ERROR if is_verified else Severity.WARNING,
        f"{which} of the {counted(of, 'question')} of the plan’s form {'is' if is_one else 'are'} "
        f"{'' if which == 'None' else 'not '}answered{_whose(record, lacking)}: {names}. "
        f"{remedy}{doubt}",
        counted(of - number, "answer"),
        counted(of, "answer"),
        Mend(ANSWERS, lacking[0]),
        record.area(lacking[0]) if len(lacking) == 1 else "",
    )


def shares_not_whole(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """The shares that commissioners have of a board's money add to 100%."""
    unstated = []
    for board in record.boards:
        shares = [each for each in record.shares if each.board == board.slug]
        if shares:
            yield from _not_whole(board, rule.key, shares)
        else:
            unstated.append(board.name)
    if unstated and len(record.commissioners) != 1:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            "Whether the NHS commissioners’ shares add to 100% was not checked for "
            f"{joined(unstated)}: no shares are entered. An administrator "
            "enters them with the Board.",
        )


def _not_whole(board: BoardRow, code: str, shares: list[ShareRow]) -> Iterable[Finding]:
    added = sum((each.percent for each in shares), Decimal(0))
    if added == WHOLE:
        return
    step = Decimal(1).scaleb(-max(_decimals(each.percent) for each in shares))
    is_explained = abs(added - WHOLE) <= step * len(shares) / 2
    named = joined(f"{each.commissioner} {format_number(each.percent)}%" for each in shares)
    remedy = (
        "Rounding explains the difference, but money can be divided by them only once they add "
        "to 100%."
        if is_explained
        else "An administrator changes them with the Board."
    )
    yield Finding(
        code,
        Severity.NOTE if is_explained else Severity.WARNING,
        f"{board.name}: the NHS commissioners’ shares of its money add to "
        f"{format_number(added)}% ({named}). {remedy}",
        f"{format_number(added)}%",
        "100%",
    )


def _decimals(percent: Decimal) -> int:
    exponent = percent.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


EVERY: Mapping[str, Callable[[Record, CheckRule], Iterable[Finding]]] = {
    "condition.unanswered": unanswered,
    "condition.not-met-without-action": not_met_without_action,
    "answer.missing": unanswered_questions,
    "signoff.missing": missing,
    "signoff.unratified": unratified,
    "share.not-100": shares_not_whole,
}
