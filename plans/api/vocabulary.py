"""The vocabulary over the cycles: every entry of every cycle with the line that it is of.

Definitions are no rows of the database, so this is no collection; it answers in the same shape.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from bcf.base.api import openapi
from bcf.base.api.csv_files import quoted
from bcf.base.api.described import Described, many, part, text, thing, truth, year
from bcf.base.api.errors import Problem, Refused
from bcf.base.api.filters import FORMAT, PAGE, PAGE_SIZE
from bcf.base.api.formats import CSV, JSON, MEDIA_TYPES, SEPARATOR, WORDS
from bcf.base.api.kinds import BOOLEAN
from bcf.base.api.paging import Page
from bcf.base.api.views import ReadView
from bcf.files.formula_marks import mark
from plans.cycle_definitions import (
    LISTS,
    NOT_KNOWN,
    CycleDefinition,
    Line,
    Term,
    definitions,
    lines,
)

KEY = "vocabulary"
LIST_NAMES = tuple(name for name in LISTS if name != NOT_KNOWN)
ROW = thing(
    "An entry of a cycle’s definition. Entries of one line are one thing over the cycles, so that "
    "figures of several years join on their cycle and key to the line.",
    list=text("The list, as the definition calls it.", enum=list(LIST_NAMES)),
    line=text("The line, by the key of its newest entry; unique in its list."),
    line_label=text("The line, as the newest cycle calls it."),
    cycle=text("The cycle, by its key."),
    key=text("The entry, by the key that rows of this cycle have."),
    label=text("The entry, as its cycle calls it."),
    verified=truth("Whether it was held against its source."),
    source=text("The document that says so, or what else it is known from."),
    follows=many(
        "The keys of earlier cycles whose place it takes, where they are others.",
        {"type": "string"},
    ),
    change=text(
        "What was defined anew: figures before and after are not of one kind.", is_optional=True
    ),
    first_year=year("The first financial year of the cycle."),
)
FILTERS = {
    "list": "Entries of this list.",
    "line": "Entries of lines of this key.",
    "cycle": "Entries of this cycle.",
    "key": "Entries of this key.",
    "verified": "Entries that were held against their source (true), or were not (false).",
}
TOLD = (
    "Funding sources, scheme types, conditions, metrics and all else that cycles list, over the "
    "cycles: what is the same thing from one to the next."
)

Plain = dict[str, Any]


def vocabulary(cycles: Iterable[CycleDefinition]) -> Iterator[Plain]:
    """Every entry by list and line, oldest first; cycles are given oldest first."""
    known = tuple(cycles)
    for name in LIST_NAMES:
        for line in lines(known, name):
            yield from (_row(name, line, term) for term in line.terms)


def _row(name: str, line: Line, term: Term) -> Plain:
    entry = term.entry
    return {
        "list": name,
        "line": line.key,
        "line_label": line.label,
        "cycle": term.cycle.key,
        "key": entry.key,
        "label": entry.label,
        "verified": entry.verified,
        "source": entry.source,
        "follows": list(entry.follows),
        "change": entry.change or None,
        "first_year": term.cycle.years[0],
    }


class VocabularyView(ReadView):
    """The vocabulary, filtered and paged, or all of it as a CSV file."""

    formats = (JSON, CSV)

    def get(self, request: Request) -> HttpResponseBase:
        asked = self.format_of(request)
        self.refuse_unknown(request, *FILTERS, PAGE, PAGE_SIZE)
        wanted = _wanted(request)
        rows = [row for row in vocabulary(definitions().values()) if wanted(row)]
        if asked == CSV:
            name = {"Content-Disposition": f'attachment; filename="{KEY}.csv"'}
            return StreamingHttpResponse(_csv(rows), content_type=MEDIA_TYPES[CSV], headers=name)
        page = Page.of(request)
        body = page.answer(len(rows), request)
        return self.json(request, {**body, "results": rows[page.start : page.end]})


def _wanted(request: Request) -> Callable[[Plain], bool]:
    """What keeps a row: of each filter that is given, one of its values."""
    known: Mapping[str, Iterable[str]] = {"list": LIST_NAMES, "cycle": definitions()}
    asked: dict[str, list[Any]] = {}
    problems = []
    for name in FILTERS:
        if values := request.query_params.getlist(name):
            asked[name] = list(values)
            problems += [
                _unknown(name, each, known[name]) for each in _strange(name, values, known)
            ]
    try:
        asked |= {"verified": [BOOLEAN.read(each) for each in asked.get("verified", ())]}
    except ValueError as error:
        problems.append(Problem("invalid-value", str(error), "verified"))
    if problems:
        raise Refused(problems)
    return lambda row: all(row[name] in values for name, values in asked.items() if values)


def _strange(name: str, values: Iterable[str], known: Mapping[str, Iterable[str]]) -> Iterator[str]:
    return (each for each in values if name in known and each not in known[name])


def _unknown(name: str, value: str, choices: Iterable[str]) -> Problem:
    message = f"“{value}” is none of the choices: {', '.join(choices)}."
    return Problem("invalid-value", message, name)


def _csv(rows: Iterable[Plain]) -> Iterator[str]:
    """Lines as the files of collections have them: no mark at the start, nothing of a null."""
    yield _line(ROW["properties"])
    yield from (_line(map(_cell, row.values())) for row in rows)


def _line(cells: Iterable[str]) -> str:
    return f"{','.join(quoted([cell])[0] for cell in cells)}\r\n"


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return WORDS[value]
    return mark(SEPARATOR.join(value) if isinstance(value, list) else value or "")


def vocabulary_path(base: str) -> Described:
    """The address in the document of the API."""
    choices = {
        "list": list(LIST_NAMES),
        "cycle": list(definitions()),
    }
    parameters = [
        openapi.parameter(
            name,
            {"type": "array", "items": _item(name, choices)},
            f"{told} Given several times, any of them.",
            style="form",
            explode=True,
        )
        for name, told in FILTERS.items()
    ]
    formats = {"type": "string", "enum": [JSON, CSV], "default": JSON}
    told = "A page as JSON, or all rows as CSV."
    return {
        f"{base}{KEY}/": openapi.operation(
            "listVocabulary",
            tag="cycles",
            told=TOLD,
            answer=openapi.paged("A page of the vocabulary.", part("VocabularyEntry")),
            parameters=[*parameters, *openapi.PAGING, openapi.parameter(FORMAT, formats, told)],
            types=(CSV,),
            refusals=("400", "401"),
        )
    }


def _item(name: str, choices: Mapping[str, list[str]]) -> Described:
    if name == "verified":
        return {"type": "boolean"}
    return {"type": "string", **({"enum": choices[name]} if name in choices else {})}
