"""Whether each template holds what there is: its questions, each once, and known blocks."""

from collections.abc import Iterator

from plans.cycle_definitions.blocks import BLOCKS, FIELDS, FIELDS_OF_A_YEAR
from plans.cycle_definitions.cycle import CycleDefinition
from plans.cycle_definitions.template import SectionEntry, TemplateForm

Found = Iterator[tuple[str, str]]


def misplaced(loaded: CycleDefinition) -> Found:
    """What the templates of a definition hold wrongly, or leave out: key path and reason."""
    versions = {version.key for version in loaded.template_versions}
    for form in loaded.templates:
        where = f"templates[{form.key}]"
        if form.key not in versions:
            yield where, f"there is no template version “{form.key}”"
            continue
        for path, entry in _entries(form):
            yield from _wrong(f"{where}.{path}", entry, loaded, form.key)
        yield from _repeated(where, form)
        yield from _left_out(where, form, loaded)


def _entries(form: TemplateForm) -> Iterator[tuple[str, SectionEntry]]:
    for path, section in form.all_sections():
        for position, entry in enumerate(section.entries, start=1):
            yield f"{path}.entries[{position}]", entry


def _wrong(where: str, entry: SectionEntry, loaded: CycleDefinition, form: str) -> Found:
    if sum(map(bool, (entry.question, entry.field, entry.block))) != 1:
        yield where, "must name one of a question, a field and a block"
    elif entry.question:
        yield from _wrong_question(where, entry, loaded, form)
    elif entry.field:
        yield from _wrong_field(where, entry, loaded)
    elif entry.block not in BLOCKS:
        yield f"{where}.block", f"there is no block “{entry.block}”"
    known = BLOCKS[entry.block].columns if entry.block in BLOCKS else ()
    for column in entry.columns:
        if column.key not in known:
            yield f"{where}.columns[{column.key}]", f"is no column of the block “{entry.block}”"


def _wrong_question(where: str, entry: SectionEntry, loaded: CycleDefinition, form: str) -> Found:
    if entry.question not in {question.key for question in loaded.questions}:
        yield f"{where}.question", f"there is no question “{entry.question}”"
    elif entry.question not in {question.key for question in loaded.questions_of(form)}:
        yield f"{where}.question", f"the form “{form}” does not ask “{entry.question}”"
    elif entry.label or entry.guidance or entry.year:
        yield where, "a question has its words in the list of questions"


def _wrong_field(where: str, entry: SectionEntry, loaded: CycleDefinition) -> Found:
    if entry.field not in FIELDS:
        yield f"{where}.field", f"there is no field “{entry.field}”"
    elif not entry.label:
        yield f"{where}.label", "is missing or blank"
    elif entry.field in FIELDS_OF_A_YEAR and entry.year not in loaded.years:
        yield f"{where}.year", f"must be one of {', '.join(loaded.years)}"
    elif entry.year and entry.field not in FIELDS_OF_A_YEAR:
        yield f"{where}.year", f"the field “{entry.field}” is of no year"


def _repeated(where: str, form: TemplateForm) -> Found:
    """Sections of one key, and what stands in two places of one form, each where it comes again."""
    sections = [(path, section.key) for path, section in form.all_sections()]
    entries = [(path, _name(entry)) for path, entry in _entries(form)]
    for named in (sections, entries):
        seen = set()
        for path, name in named:
            if name in seen:
                yield f"{where}.{path}", "stands twice in this form"
            seen.add(name)


def _name(entry: SectionEntry) -> tuple[str, str, str, str]:
    return entry.question, entry.field, entry.block, entry.year


def _left_out(where: str, form: TemplateForm, loaded: CycleDefinition) -> Found:
    placed = {entry.question for _, entry in _entries(form)}
    for question in loaded.questions_of(form.key):
        if question.key not in placed:
            yield where, f"has no place for the question “{question.key}”"
