"""How the plan meets the national conditions and the planning requirements of its cycle."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bcf.assurance.rows import Held
from bcf.reporting.documents.model import Answer, Origin, Tabled, Words
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import Shown, row_table, sources, tabled
from bcf.ui.tables import Cell, Column, Table, build_row, build_table
from governance.choices import ConditionStatus
from governance.models import ConditionResponse
from plans.cycle_definitions import Block as FormBlock
from plans.cycle_definitions import NationalCondition, PlanningRequirement


@dataclass(frozen=True)
class Confirmed:
    """A planning requirement with a response to it, where there is one."""

    requirement: PlanningRequirement
    response: ConditionResponse | None = None

    @property
    def words(self) -> str:
        """What is to be confirmed: its heading, and what it asks in a sentence."""
        return ": ".join(filter(None, (self.requirement.label, self.requirement.summary)))

    @property
    def status(self) -> str:
        if self.response is None:
            return "No response"
        return ", ".join(filter(None, (_status(self.response), self.response.status_in_words)))

    @property
    def citation(self) -> Any:
        return self.response and self.response.citation

    def of(self, name: str) -> str:
        """A field of the response; empty where there is none."""
        return getattr(self.response, name) if self.response else ""


def national_conditions(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Whether each condition is met, in one table, and then each response in full."""
    every = [*reading.held("conditions"), *reading.rows.inherited("conditions")]
    held = [each for each in every if not each.row.is_about_requirement]
    areas = list(dict.fromkeys(reading.area(each.plan) for each in held))
    if not held:
        yield Words("No national condition is answered.")
        return
    yield tabled(_statuses(reading, form, held, areas))
    for condition in reading.cycle.conditions:
        responses = [each for each in held if each.row.condition == condition.key]
        yield from _responses(reading, condition, responses, several=len(areas) > 1)


def _statuses(reading: Reading, form: FormBlock, held: list[Held], areas: list[str]) -> Table:
    stood = {(reading.area(each.plan), each.row.condition): each.row for each in held}

    def status(area: str, condition: NationalCondition) -> Cell:
        row = stood.get((area, condition.key))
        return Cell(row.get_status_display() if row else "No response")

    return build_table(
        form.key,
        "Whether the national conditions are met",
        [
            Column("National condition", is_row_header=True),
            *(Column(area if len(areas) > 1 else "Status") for area in areas),
        ],
        [
            build_row([_name(condition), *(status(area, condition) for area in areas)])
            for condition in reading.cycle.conditions
        ],
        notes=sources(each.row for each in held),
    )


def _name(condition: NationalCondition) -> str:
    return f"{condition.number} {condition.label}".strip()


def _responses(
    reading: Reading, condition: NationalCondition, held: list[Held], several: bool
) -> Iterator[Answer]:
    for number, each in enumerate(held):
        row = each.row
        notes = (
            ("Status", _status(row)),
            ("In the plan’s words", row.status_in_words),
            ("Action", row.action),
            ("Due", row.due_words),
        )
        is_inherited = each.plan is reading.rows.joint
        yield Answer(
            label=condition.label,
            number=condition.number,
            question="" if number else condition.summary,
            text=row.text,
            note=" ".join(f"{label}: {words.rstrip('.')}." for label, words in notes if words),
            whose=reading.area(each.plan) if several and not is_inherited else "",
            origin=reading.origin if is_inherited else None,
        )
    if not held:
        yield Answer(
            label=condition.label, number=condition.number, question=condition.summary, text=""
        )


def planning_requirements(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Whether each planning requirement is met; where it is not, what is done, and by when.

    Nothing where the cycle has none.
    """
    asked = reading.cycle.planning_requirements
    own, inherited = reading.held("conditions"), reading.rows.inherited("conditions")
    answered = {each.row.condition for each in (*own, *inherited)}
    missing = [Held(reading.plan, Confirmed(each)) for each in asked if each.key not in answered]
    made = [*_confirmed(asked, own), *missing]
    if made:
        in_order = sorted(made, key=lambda held: asked.index(held.row.requirement))
        yield _requirements(reading, form, in_order)
    if taken := _confirmed(asked, inherited):
        yield _requirements(reading, form, taken, reading.origin, "-inherited")


def _confirmed(asked: Sequence[PlanningRequirement], held: Sequence[Held]) -> list[Held]:
    """The responses to planning requirements, requirement by requirement."""
    return [
        Held(response.plan, Confirmed(each, response.row))
        for each in asked
        for response in held
        if response.row.condition == each.key
    ]


def _requirements(
    reading: Reading,
    form: FormBlock,
    rows: Sequence[Held],
    origin: Origin | None = None,
    suffix: str = "",
) -> Tabled:
    numbers = [Shown("number", "Code", lambda row: row.requirement.number)]
    columns = (
        *(numbers if all(held.row.requirement.number for held in rows) else []),
        Shown("requirement", "Planning requirement", lambda row: row.words),
        Shown("status", "Is it met?", lambda row: row.status),
        Shown("text", "Response", lambda row: row.of("text")),
        Shown("action", "Action where it is not met", lambda row: row.of("action"), optional=True),
        Shown("due", "Due", lambda row: row.of("due_words"), optional=True),
    )
    return row_table(
        reading,
        form,
        "Whether the planning requirements are met",
        columns,
        rows,
        key=f"{form.key}{suffix}",
        origin=origin,
        empty="No planning requirement is confirmed.",
    )


def _status(row: ConditionResponse) -> str:
    is_stated = row.status != ConditionStatus.NOT_STATED
    return row.get_status_display() if is_stated else ""
