"""Reads the register for a person: the agreements that they may see, as of the day asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import QueryDict

from bcf.assurance.agreements.gathering import gather_register
from bcf.assurance.agreements.positions import once_parties
from bcf.assurance.agreements.register import (
    Asked,
    Heading,
    Register,
    pooled_years,
    register_on,
    year_shown,
)
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.figures import Choice
from bcf.periods import Period
from bcf.reporting.agreements.register.form import RegisterForm
from governance import models
from governance.queries import agreements_visible_to
from plans.models import Board, Organisation
from plans.queries import Somebody

# A page has so many agreements, or those of one heading where these are more.
PAGE_SIZE = 60


@dataclass(frozen=True)
class RegisterRead:
    """What was asked, and the register that answers it; `board` where one was asked for."""

    form: RegisterForm
    asked: Asked
    board: Board | None
    year: Period
    today: date
    register: Register

    @property
    def day(self) -> date:
        """The day on which one looks at the agreements."""
        return self.register.day

    @property
    def is_narrowed(self) -> bool:
        """Whether only some agreements were asked for, beside those of a board."""
        return self.asked != Asked(board=self.asked.board)

    @cached_property
    def pages(self) -> list[list[Heading]]:
        """The headings by page; none is divided."""
        pages: list[list[Heading]] = []
        count = PAGE_SIZE
        for heading in self.register.headings:
            count += len(heading.lines)
            if count > PAGE_SIZE:
                pages.append([])
                count = len(heading.lines)
            pages[-1].append(heading)
        return pages


def read_register(user: Somebody, asked: QueryDict, today: date) -> RegisterRead:
    """The register as an address asks for it; what it asks wrongly is told by the form."""
    boards = list(Board.objects.order_by("name"))
    form = RegisterForm(asked, boards)
    wanted, day = form.asked, form.chosen_day or today
    agreements = _gathered(user, wanted.board)
    register = register_on(day, agreements, wanted, _names(agreements))
    of_board = register_on(day, agreements, Asked(board=wanted.board), {}).agreements
    years = pooled_years(of_board.rows)
    year = form.chosen_year or year_shown(years, day)
    form.offer_years(years, year)
    board = next((each for each in boards if each.slug == wanted.board), None)
    return RegisterRead(form, wanted, board, year, today, register)


def _gathered(user: Somebody, board: str) -> tuple[Agreement, ...]:
    """All that the person may read; of one board, with what its agreements are under or became."""
    rows = agreements_visible_to(user)
    return gather_register(_of_board(rows, board) if board else rows).rows


def _of_board(rows: QuerySet[models.Agreement], board: str) -> QuerySet[models.Agreement]:
    own = rows.filter(boards__slug=board).values("pk")
    near = Q(pk__in=own) | Q(schedules__in=own) | Q(schedules__schedules__in=own)
    return rows.filter(near | Q(supersedes__agreement__in=own)).distinct()


def _names(agreements: Iterable[Agreement]) -> Mapping[str, Choice]:
    """The organisations that were once parties, by key."""
    rows = Organisation.objects.filter(key__in=once_parties(agreements))
    return {key: Choice(key, name) for key, name in rows.values_list("key", "name")}
