"""The areas for which a plan plans: its parts, or else its boards."""

from dataclasses import dataclass

from bcf.assurance.checks.record import Record
from bcf.assurance.measured import MetricFigure

BOARD = " Health and Wellbeing Board"


@dataclass(frozen=True)
class Area:
    """An area with its name, empty where the plan has no other; `owner` is whose rows it has."""

    name: str
    owner: str
    joint: str
    boards: tuple[str, ...]

    def has(self, value: MetricFigure) -> bool:
        """Whether a figure that a plan states is of this area, or of all areas together."""
        if value.plan == self.owner and value.board in ("", *self.boards):
            return True
        return value.plan == self.joint and value.board in ("", *self.boards)


def areas_of(record: Record) -> tuple[Area, ...]:
    """The parts of a joint plan; of one without parts its boards, or itself where it names none."""
    if record.money.parts:
        return tuple(
            Area(part.area, part.slug, record.slug, _boards(record, part.slug))
            for part in record.money.parts
        )
    if len(record.boards) < 2:
        return (Area("", record.slug, record.slug, _boards(record, record.slug)),)
    return tuple(
        Area(board.name.removesuffix(BOARD), record.slug, record.slug, (board.slug,))
        for board in record.boards
    )


def _boards(record: Record, plan: str) -> tuple[str, ...]:
    return tuple(board.slug for board in record.boards if plan in board.plans)
