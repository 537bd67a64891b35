"""A plan's rows of money as plain values, made of the columns that the database gives.

What recurs from row to row is made once: the words of a key, a scheme's name, a citation.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from bcf.assurance import figures
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.base.prepared import Prepared, Values
from bcf.base.published import citation_of, differs_from_print
from bcf.money import PENNY
from plans.cycle_definitions import Choice as Entry
from plans.cycle_definitions import CycleDefinition
from plans.models import Contribution, Requirement
from schemes.models import SpendLine
from schemes.rules import scheme_title

R = TypeVar("R", figures.Contribution, figures.SpendLine, figures.Requirement)
V = TypeVar("V")
Columns = Mapping[str, Values]

CITED = ("citation_title", "citation_date", "citation_place")
AS_PRINTED = ("rounded_to", "printed", "unit_meant", "printed_unit")
SCHEME = ("scheme__ref", "scheme__reference", "scheme__name")
TYPE = ("scheme__scheme_type", "scheme__sub_type", "scheme__type_specified")
OF_A_ROW = ("plan_id", "ref", "financial_year", *AS_PRINTED, *CITED)

CONTRIBUTIONS = Prepared(
    Contribution,
    (
        *OF_A_ROW,
        *("funding_source", "sub_source", "contributor__key", "contributor__name", "amount"),
    ),
)
SPEND_LINES = Prepared(
    SpendLine,
    (
        *OF_A_ROW,
        *("description", "funding_source", "theme", *SCHEME, *TYPE),
        *("area_of_spend", "area_specified", "commissioner", "nhs_percent", "la_percent"),
        *("provider_type", "provider__key", "provider__name", "amount", "in_pool"),
        *("breaks_down__ref", "planned_output", "output_unit"),
        *("primary_objective", "new_or_existing", "comment"),
    ),
)
REQUIREMENTS = Prepared(Requirement, (*OF_A_ROW, "rule", "minimum", "actual"))


class Words(dict[str, Choice]):
    """What these entries call each key; a key that none of them has is its own name."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__({"": NOT_STATED})
        self.entries = entries

    def __missing__(self, key: str) -> Choice:
        label = next((each.label for each in self.entries if each.key == key), key)
        return self.setdefault(key, Choice(key, label))

    def of(self, keys: Values) -> list[Choice]:
        return list(map(self.__getitem__, keys))


class MadeRows:
    """Makes rows of plans of one cycle, named by their slugs, in the words of the cycle."""

    def __init__(self, cycle: CycleDefinition, slugs: Mapping[int, str]) -> None:
        self.cycle, self.slugs = cycle, slugs
        self.sources = Words(cycle.funding_sources)

    def contributions(self, read: Columns) -> list[figures.Contribution]:
        sources, subs, amounts = read["funding_source"], read["sub_source"], read["amount"]
        return _rows(
            figures.Contribution,
            **self._of_a_row(read, amounts),
            source=self.sources.of(sources),
            sub_source=_each(self._sub_source, sources, subs),
            contributor=_each(_organisation, read["contributor__key"], read["contributor__name"]),
            amount=amounts,
        )

    def _sub_source(self, source: str, key: str) -> Choice:
        found = [each.sub_sources for each in self.cycle.funding_sources if each.key == source]
        return Words(found[0] if found else ())[key]

    def spend_lines(self, read: Columns) -> list[figures.SpendLine]:
        cycle, amounts = self.cycle, read["amount"]
        types = _each(self._type, *(read[name] for name in ("scheme__ref", *TYPE)))
        scheme_types, sub_types, specified = zip(*types, strict=True) if types else ((), (), ())
        return _rows(
            figures.SpendLine,
            **self._of_a_row(read, amounts),
            description=read["description"],
            source=self.sources.of(read["funding_source"]),
            theme=Words(()).of(read["theme"]),
            scheme=_each(_scheme, *(read[name] for name in SCHEME)),
            area=Words(cycle.areas_of_spend).of(read["area_of_spend"]),
            provider=_each(_organisation, read["provider__key"], read["provider__name"]),
            amount=amounts,
            in_pool=read["in_pool"],
            breaks_down=[ref or "" for ref in read["breaks_down__ref"]],
            scheme_type=scheme_types,
            sub_type=sub_types,
            type_specified=specified,
            area_specified=read["area_specified"],
            commissioner=Words(cycle.commissioners).of(read["commissioner"]),
            nhs_percent=read["nhs_percent"],
            la_percent=read["la_percent"],
            provider_type=Words(cycle.provider_types).of(read["provider_type"]),
            planned_output=read["planned_output"],
            output_unit=read["output_unit"],
            primary_objective=Words(cycle.primary_objectives).of(read["primary_objective"]),
            new_or_existing=read["new_or_existing"],
            comment=read["comment"],
        )

    def _type(
        self, scheme: str | None, key: str, sub: str, words: str
    ) -> tuple[Choice, Choice, str]:
        """The type and sub type of a line's scheme, in the words of the cycle."""
        if not scheme or not key:
            return NOT_STATED, NOT_STATED, ""
        found = [each.sub_types for each in self.cycle.scheme_types if each.key == key]
        return (
            Words(self.cycle.scheme_types)[key],
            Words(found[0] if found else ())[sub],
            words,
        )

    def requirements(self, read: Columns) -> list[figures.Requirement]:
        rules = [self.cycle.requirement_rule(key) for key in read["rule"]]
        own = self._of_a_row(read, read["minimum"])
        del own["is_changed"]
        return _rows(
            figures.Requirement,
            **own,
            rule=[Choice(rule.key, rule.label) for rule in rules],
            is_total_pool=[rule.is_total_pool for rule in rules],
            minimum=read["minimum"],
            actual=read["actual"],
            counts=[rule.counts for rule in rules],
        )

    def _of_a_row(self, read: Columns, amounts: Values) -> dict[str, Values]:
        """What every kind has; a figure that was typed here is exact to the penny."""
        _, printed, meant, units = (read[name] for name in AS_PRINTED)
        changed = [
            differs_from_print(*each)
            for each in zip(amounts, printed, map(_first, meant, units), strict=True)
        ]
        return {
            "plan": list(map(self.slugs.__getitem__, read["plan_id"])),
            "ref": read["ref"],
            "year": read["financial_year"],
            "rounded_to": list(map(_rounding, read["rounded_to"], changed)),
            "citation": _each(citation_of, *(read[name] for name in CITED)),
            "is_changed": changed,
        }


def _rows(kind: type[R], **columns: Values) -> list[R]:
    """Rows of a kind, of a column for each of its fields."""
    return list(map(kind._make, zip(*map(columns.__getitem__, kind._fields), strict=True)))


def _each(make: Callable[..., V], *columns: Values) -> list[V]:
    """What is made of the values of each row; of those that recur it is made once."""
    rows = list(zip(*columns, strict=True))
    made = {values: make(*values) for values in set(rows)}
    return [made[values] for values in rows]


def _first(meant: str, printed: str) -> str:
    return meant or printed


def _rounding(step: Decimal | None, is_changed: bool) -> Decimal:
    """To how many pounds a figure is rounded."""
    return PENNY if step is None or is_changed else step


def _organisation(key: str | None, name: str | None) -> Choice:
    return Choice(key, name or "") if key else NOT_STATED


def _scheme(ref: str | None, reference: str | None, name: str | None) -> Choice:
    return Choice(ref, scheme_title(reference or "", name or "")) if ref else NOT_STATED
