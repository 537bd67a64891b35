"""What a plan says in words: answers to questions, papers referred to, populations, options."""

from collections.abc import Iterable, Iterator, Sequence

from bcf.assurance.rows import Held
from bcf.reporting.documents.model import Answer
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import Shown, row_table
from plans.cycle_definitions import Block as FormBlock
from plans.cycle_definitions import Question
from plans.models import Answer as AnswerRow


def answers_to(reading: Reading, question: Question) -> Iterator[Answer]:
    """The answers of the plan and its parts, else those inherited, else that there is none."""
    own = _answers(reading, reading.held("answers"), question)
    inherited = _answers(reading, reading.rows.inherited("answers"), question, inherited=True)
    yield from own or inherited or [_answer(question, ())]


def _answers(
    reading: Reading, rows: Iterable[Held], question: Question, inherited: bool = False
) -> list[Answer]:
    grouped: dict[str, list[AnswerRow]] = {}
    for held in rows:
        if held.row.question == question.key:
            grouped.setdefault(reading.area(held.plan), []).append(held.row)
    return [
        _answer(question, found, area if reading.parts else "", reading if inherited else None)
        for area, found in grouped.items()
    ]


def _answer(
    question: Question,
    rows: Sequence[AnswerRow],
    whose: str = "",
    inherits: Reading | None = None,
) -> Answer:
    return Answer(
        label=question.label,
        question=question.text,
        number=question.section,
        text="\n\n".join(row.text for row in rows),
        note=_note(rows),
        whose=whose,
        origin=inherits.origin if inherits else None,
    )


def _note(rows: Sequence[AnswerRow]) -> str:
    """What is known of an answer besides its text: how far it is, by when, and its place."""
    notes = [
        *(f"Status: {row.status_in_words}." for row in rows if row.status_in_words),
        *(f"Due: {row.due.label}." for row in rows if row.due),
        *(f"Source: {row.citation.place}." for row in rows if row.citation and row.citation.place),
    ]
    return " ".join(dict.fromkeys(notes))


def related_documents(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The papers that a plan refers to."""
    yield row_table(
        reading,
        form,
        "Related documents",
        (
            Shown("title", "Document", lambda row: row.title),
            Shown("reference", "Reference", lambda row: row.printed_ref),
            Shown("synopsis", "What it says", lambda row: row.synopsis),
            Shown("link", "Web address", lambda row: row.address, optional=True),
        ),
        reading.held("related_documents"),
        empty="No related document is named.",
    )


def populations(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """How many people the plan is for, as it counts them."""
    yield row_table(
        reading,
        form,
        "Population",
        (
            Shown("who", "Who", lambda row: row.who),
            Shown("period", "Period", lambda row: row.period_label),
            Shown("count", "People", lambda row: row.figure),
            Shown("basis", "How counted", lambda row: row.basis, optional=True),
        ),
        reading.held("populations"),
        empty="No population is stated.",
    )


def metric_options(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Local metrics that the plan considered, with its ratings and reasons."""
    yield row_table(
        reading,
        form,
        "Local metrics considered",
        (
            Shown("metric", "Indicator", lambda row: row.indicator),
            Shown("relevance", "Relevance", lambda row: row.relevance_reason),
            Shown("rating", "Rating of relevance", lambda row: row.relevance),
            Shown("accuracy", "Accuracy", lambda row: row.accuracy_reason),
            Shown("accuracy-rating", "Rating of accuracy", lambda row: row.accuracy),
            Shown("feasibility", "Feasibility", lambda row: row.feasibility_reason),
            Shown("feasibility-rating", "Rating of feasibility", lambda row: row.feasibility),
        ),
        reading.held("metric_options"),
        empty="No local metric is under consideration.",
    )
