"""Pages of rows: which one is asked for, how many rows there are, and what comes next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from bcf.base.api.errors import Problem, Refused
from bcf.base.api.filters import PAGE, PAGE_SIZE
from bcf.base.reads import part_of

USUAL_SIZE, BIGGEST_SIZE = 100, 1000
LAST_PAGE = 1_000_000


@dataclass(frozen=True)
class Page:
    """A page of so many rows, counted from 1."""

    number: int
    size: int

    @classmethod
    def of(cls, request: Request) -> "Page":
        """The page that is asked for; raises `Refused` where it can be none."""
        return cls(
            _whole(request, PAGE, 1, LAST_PAGE),
            _whole(request, PAGE_SIZE, USUAL_SIZE, BIGGEST_SIZE),
        )

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        return self.number * self.size

    def rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows on the page."""
        return part_of(rows, self.start, self.end)

    def answer(self, count: int, request: Request) -> dict[str, Any]:
        """How many rows there are in all, and the addresses of the next page and the one before.

        Raises `Refused` for a page behind the last.
        """
        if self.number > 1 and self.start >= count:
            last = max(1, -(-count // self.size))
            raise Refused(
                [
                    Problem(
                        "invalid-page", f"There is no page {self.number}. The last is {last}.", PAGE
                    )
                ]
            )
        return {
            "count": count,
            "next": self._address(request, self.number + 1) if self.end < count else None,
            "previous": self._address(request, self.number - 1) if self.number > 1 else None,
        }

    def _address(self, request: Request, number: int) -> str:
        query = request.query_params.copy()
        query[PAGE] = str(number)
        return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))


def _whole(request: Request, name: str, usual: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return usual
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most:
        return int(text)
    code = "invalid-page" if name == PAGE else "invalid-page-size"
    raise Refused([Problem(code, f"Give {name} a whole number from 1 to {most:,}.", name)])
